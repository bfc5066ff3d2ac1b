import { layers } from '@cutwater/core/ladder/Layer.ts'
import type * as Api from '@cutwater/host/api/schemas.ts'
import * as Format from '../../charts/Format.ts'
import { layerNames } from '../../charts/Theme.ts'
import { useAnswer } from '../../client/useAnswer.ts'
import { useMoment } from '../../client/useRecord.ts'
import { go, useRoute } from '../../client/useRoute.ts'
import { Answered, Empty, Loading } from '../../parts/States.tsx'

/** Both futures at the moment that is shown, line by line. */
export function Futures() {
  const { at, branch, versus } = useRoute()
  const { data: taken } = useAnswer<Api.Branches>('/api/branches')
  const here = useMoment({ at, branch })
  return (
    <section aria-labelledby="futures-title">
      <h2 id="futures-title">Both futures</h2>
      <BranchChoice taken={taken?.branches ?? []} />
      {versus === null ? (
        <Empty title="One future is shown.">Take a branch, or choose one, to see both side by side.</Empty>
      ) : (
        <Answered answer={here}>{(state) => <Beside here={state} versus={versus} at={at} />}</Answered>
      )}
    </section>
  )
}

function BranchChoice({ taken }: { taken: readonly Api.Branch[] }) {
  const { versus } = useRoute()
  if (taken.length === 0) return null
  return (
    <div className="fields">
      <label>
        Compare with
        <select value={versus ?? ''} onChange={(event) => go({ versus: event.target.value || null })}>
          <option value="">nothing</option>
          {taken.map(({ id, policy, posture, level, at }) => (
            <option key={id} value={id}>
              {`${policy}, ${posture}, level ${level}, from ${Format.time(at).slice(0, 16)}`}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}

function Beside({ here, versus, at }: { here: Api.State; versus: string; at: number | null }) {
  const there = useMoment({ at: at ?? here.at, branch: versus })
  if (there.data === undefined) {
    return there.error === null ? (
      <Loading lines={6} />
    ) : (
      <Empty title="This branch is gone.">{there.error.what}. Take it again from its moment.</Empty>
    )
  }
  const other = there.data
  return (
    <div className="scroll">
      <table>
        <thead>
          <tr>
            <th>At {Format.time(here.at)} UTC</th>
            <th className="n">
              {here.policy}
              <small>
                {here.posture}, level {here.level}
              </small>
            </th>
            <th className="n">
              {other.policy}
              <small>
                {other.posture}, level {other.level}
              </small>
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ name, of }) => {
            const [a, b] = [of(here), of(other)]
            return (
              <tr key={name} className={a === b ? undefined : 'differs'}>
                <th scope="row">{name}</th>
                <td className="n">{a}</td>
                <td className="n">{b}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

const lines: readonly { readonly name: string; readonly of: (state: Api.State) => string }[] = [
  { name: 'State', of: ({ alarm }) => alarm },
  { name: 'Value locked', of: ({ lockedUsd }) => Format.usd(lockedUsd) },
  {
    name: 'Most that can be lost',
    of: ({ boundUsd }) => (boundUsd === null ? 'everything' : Format.usd(boundUsd)),
  },
  { name: 'Legs that wait', of: ({ waitingCount }) => Format.count(waitingCount) },
  { name: 'Stops in force', of: ({ pauses }) => Format.count(pauses.length) },
  ...layers.map((layer) => ({
    name: `Weight of ${layerNames[layer]}`,
    of: ({ weights }: Api.State) => Format.percent(weights[layer]),
  })),
  ...layers.map((layer) => ({
    name: `Stress of ${layerNames[layer]}`,
    of: ({ stress }: Api.State) => stress[layer].toFixed(2),
  })),
  { name: 'Cover in force', of: ({ coverUsd }) => Format.usd(coverUsd) },
  { name: 'Reserve', of: ({ reserveUsd }) => Format.usd(reserveUsd) },
]
