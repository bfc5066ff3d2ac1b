import { layers } from '@cutwater/core/ladder/Layer.ts'
import type * as Api from '@cutwater/host/api/schemas.ts'
import * as Format from '../../charts/Format.ts'
import { layerNames } from '../../charts/Theme.ts'
import { useBridge, useMoment } from '../../client/useRecord.ts'
import { useRoute } from '../../client/useRoute.ts'
import { NotBegun } from '../../parts/NotBegun.tsx'
import { Pier } from '../../parts/Pier.tsx'
import { Answered } from '../../parts/States.tsx'
import { Alarm } from './Alarm.tsx'
import { Decisions } from './Decisions.tsx'
import { Held } from './Held.tsx'
import { JustNow } from './JustNow.tsx'
import { Signals } from './Signals.tsx'
import { StopBridge } from './StopBridge.tsx'

/** The bridge at one moment, to be read from across a room first and from near after that. */
export function NowPage() {
  const route = useRoute()
  const answer = useMoment(route)
  const { data: bridge } = useBridge()
  if (bridge !== undefined && bridge.range === null) return <NotBegun title="Not begun" />
  return (
    <Answered answer={answer} lines={8}>
      {(state) => (
        <>
          <Alarm
            state={state}
            says={bridge?.says ?? null}
            isLive={(bridge?.live ?? false) && route.at === null}
          />
          <div className="now-grid">
            <figure className="pier-figure">
              <Pier {...state} />
            </figure>
            <Figures state={state} />
          </div>
          <JustNow />
          <div className="columns">
            <Held state={state} />
            <Decisions />
          </div>
          <Signals state={state} />
          {bridge !== undefined && <StopBridge bridge={bridge} />}
        </>
      )}
    </Answered>
  )
}

function Figures({ state }: { state: Api.State }) {
  const { lockedUsd, boundUsd, coverUsd, reserveUsd, stress } = state
  return (
    <dl className="figures">
      <Figure name="Value locked" value={Format.usd(lockedUsd)} />
      <Figure
        name="Most that can be lost"
        value={boundUsd === null ? 'everything' : Format.usd(boundUsd)}
        note={
          boundUsd === null
            ? 'nothing bounds a loss under this policy'
            : `${Format.percent(lockedUsd > 0 ? boundUsd / lockedUsd : 0)} of what is locked; the loss bound in force`
        }
        isLoud={boundUsd === null}
      />
      <Figure
        name="Cover in force"
        value={Format.usd(coverUsd)}
        note={`and ${Format.usd(reserveUsd)} in reserve`}
      />
      <div className="stress">
        <dt>Stress, 0 calm to 1 acute</dt>
        {layers.map((layer) => (
          <dd key={layer}>
            <span>{layerNames[layer]}</span>
            <meter
              className={layer}
              min={0}
              max={1}
              value={stress[layer]}
              aria-label={`Stress of ${layerNames[layer]}`}
            />
            <b>{stress[layer].toFixed(2)}</b>
          </dd>
        ))}
      </div>
    </dl>
  )
}

function Figure(props: { name: string; value: string; note?: string; isLoud?: boolean }) {
  const { name, value, note, isLoud = false } = props
  return (
    <div>
      <dt>{name}</dt>
      <dd className={isLoud ? 'loud' : undefined}>
        {value}
        {note !== undefined && <small>{note}</small>}
      </dd>
    </div>
  )
}
