import type * as Api from '@cutwater/host/api/schemas.ts'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useCallback, useMemo } from 'react'
import * as Format from '../../charts/Format.ts'
import type { View } from '../../charts/parts.ts'
import { twinsChart, twinsHeight } from '../../charts/twinsChart.ts'
import { parts, type WaterfallRow, waterfallChart, waterfallHeight } from '../../charts/waterfallChart.ts'
import { ask } from '../../client/ask.ts'
import { asAnswer } from '../../client/useAnswer.ts'
import { Chart } from '../../parts/Chart.tsx'
import { Key } from '../../parts/Key.tsx'
import { Sentence } from '../../parts/Sentence.tsx'
import { Answered, Empty } from '../../parts/States.tsx'

type RunProps = { readonly id: string; readonly scenarios: Api.LabScenarios['scenarios'] }

/** One attack on both twins, as it goes on and as it ended. */
export function Run({ id, scenarios }: RunProps) {
  const path = `/api/lab/runs/${encodeURIComponent(id)}`
  const query = useQuery<Api.LabRun>({
    queryKey: [path],
    queryFn: ({ signal }) => ask<Api.LabRun>(path, signal),
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? 1_000 : false),
  })
  return (
    <Answered answer={asAnswer(query)} lines={8}>
      {(run) => (
        <article aria-labelledby="run-title">
          <h2 id="run-title">
            {run.name} <small>{phases[run.phase]}</small>
          </h2>
          <Twins run={run} />
          {run.result === null ? (
            <Ending run={run} />
          ) : (
            <Outcome
              result={run.result}
              limitedBy={scenarios.find(({ name }) => name === run.name)?.limitedBy ?? ''}
            />
          )}
          <div className="columns">
            <Lines title="What was found" lines={run.found} />
            <Lines title="What was done" lines={run.done} />
          </div>
        </article>
      )}
    </Answered>
  )
}

const phases: Readonly<Record<Api.LabRun['phase'], string>> = {
  starting: 'the chains are starting',
  calm: 'honest traffic',
  attack: 'under attack',
  after: 'after the attack',
  over: 'over',
}

function Ending({ run }: { run: Api.LabRun }): ReactNode {
  if (run.status !== 'failed') return <progress aria-label="The attack goes on" />
  return (
    <p className="refused" role="alert">
      It could not be run to its end: {run.says}
    </p>
  )
}

function Twins({ run: { blocks, phase } }: { run: Api.LabRun }) {
  const isOver = phase === 'over'
  const option = useCallback((view: View) => twinsChart(blocks, view), [blocks])
  const last = blocks.at(-1)
  return (
    <>
      <div className="twins">
        <Twin name="With the layers" usd={last?.onLostUsd ?? 0} isOver={isOver} side="near" />
        <Twin name="Without" usd={last?.offLostUsd ?? 0} isOver={isOver} side="alarm" />
      </div>
      {last === undefined ? (
        <Empty title="No block yet." />
      ) : (
        <Chart
          label={`Lost by block ${last.block}: ${Format.usd(last.onLostUsd)} with the layers, ${Format.usd(last.offLostUsd)} without`}
          option={option}
          height={twinsHeight}
          readout={{
            values: blocks.map(({ block }) => block),
            read: (index) => ({
              heading: `block ${blocks[index]!.block}`,
              lines: [
                ['with layers', Format.usd(blocks[index]!.onLostUsd)],
                ['without', Format.usd(blocks[index]!.offLostUsd)],
              ],
            }),
          }}
        />
      )}
    </>
  )
}

type TwinProps = {
  readonly name: string
  readonly usd: number
  readonly isOver: boolean
  readonly side: 'near' | 'alarm'
}

function Twin({ name, usd, isOver, side }: TwinProps) {
  return (
    <div className={`twin ${side}`}>
      <span>{name}</span>
      <b>{Format.usd(usd)}</b>
      <small>{isOver ? 'lost' : 'lost so far'}</small>
    </div>
  )
}

type Result = NonNullable<Api.LabRun['result']>

function Outcome({ result, limitedBy }: { result: Result; limitedBy: string }) {
  const rows = useMemo(() => rowsOf(result), [result])
  const option = useCallback((view: View) => waterfallChart(rows, view), [rows])
  const { blocksToContain, boundUsd } = result.on
  return (
    <figure className="apart">
      <h3>Who bore it</h3>
      <Key entries={parts.map(({ name, colour }) => ({ name, colour }))} />
      <Chart
        label={`With the layers users lose ${Format.usd(result.on.shortfallUsd)}, without them ${Format.usd(result.off.lostUsd)}`}
        option={option}
        height={waterfallHeight(rows)}
      />
      <figcaption>
        {blocksToContain === null
          ? 'Nothing contained it'
          : `Contained after ${Format.counted(blocksToContain, 'block')}`}
        {result.detectedBy.length > 0 && `, seen as ${result.detectedBy.join(', ')}`}. The stated loss bound
        was {Format.usd(boundUsd)}
        {limitedBy === '' ? '' : `; what bounds it: ${limitedBy}`}.
      </figcaption>
    </figure>
  )
}

function rowsOf({ on, off }: Result): readonly WaterfallRow[] {
  const none = { preventedUsd: 0, coveredUsd: 0, backstoppedUsd: 0 }
  return [
    { label: 'with layers', ...on },
    { label: 'without', ...none, lostUsd: off.lostUsd, shortfallUsd: off.lostUsd },
  ]
}

function Lines({ title, lines }: { title: string; lines: readonly string[] }) {
  return (
    <section>
      <h3>{title}</h3>
      {lines.length === 0 ? (
        <p className="quiet">Nothing yet.</p>
      ) : (
        <ol className="lines">
          {lines.toReversed().map((line, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same may be said twice
            <li key={`${lines.length - i}`}>
              <Sentence text={line} />
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
