import type * as Api from '@cutwater/host/api/schemas.ts'
import * as Format from '../../charts/Format.ts'

/** What is read of the bridge, each signal with its rank in its own past. */
export function Signals({ state }: { state: Api.State }) {
  return (
    <section aria-labelledby="signals-title">
      <h2 id="signals-title">What presses</h2>
      <ul className="signals">
        {state.readings.map(({ name, value, unit, rank }) => (
          <li key={name}>
            <b>{name}</b>
            <span className="quiet">
              {value === null ? 'no value' : Format.plain(Math.abs(value) < 1e-9 ? 0 : value)} · {unit}
            </span>
            <meter min={0} max={1} value={rank} aria-label={`Rank of ${name} in its own past`} />
            <span>rank {rank.toFixed(2)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
