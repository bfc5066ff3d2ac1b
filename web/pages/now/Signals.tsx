import type * as Api from '@cutwater/host/api/schemas.ts'
import * as Format from '../../charts/Format.ts'
import { Reading } from '../../parts/Reading.tsx'

/** What is read of the bridge, each signal with its rank in its own past. */
export function Signals({ state }: { state: Api.State }) {
  return (
    <section aria-labelledby="signals-title">
      <h2 id="signals-title">What presses</h2>
      <ul className="signals">
        {state.readings.map(({ name, value, unit, rank }) => (
          <li key={name}>
            <b>{Format.words(name)}</b>
            <Reading value={value} unit={unit} />
            <meter min={0} max={1} value={rank} aria-label={`Rank of ${name} in its own past`} />
            <span>rank {rank.toFixed(2)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
