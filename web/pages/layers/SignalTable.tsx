import type { SignalState } from '@cutwater/engine/assess/Assessment.ts'
import * as Format from '../../charts/Format.ts'
import { layerNames } from '../../charts/Theme.ts'
import { Reading } from '../../parts/Reading.tsx'

/** Every signal, those that press first; the ones without data are counted, not hidden. */
export function SignalTable({ signals }: { signals: readonly SignalState[] }) {
  const known = signals.filter(({ value }) => value !== null).toSorted((a, b) => b.rank - a.rank)
  const silent = signals.filter(({ value }) => value === null)
  return (
    <section className="apart" aria-labelledby="signal-title">
      <h2 id="signal-title">Signals</h2>
      <div className="scroll">
        <table className="stacking">
          <thead>
            <tr>
              <th>Signal</th>
              <th>Layer</th>
              <th className="n">Value</th>
              <th>Rank in its own past</th>
              <th>In words</th>
            </tr>
          </thead>
          <tbody>
            {known.map(({ name, unit, layer, value, rank, sentence }) => (
              <tr key={name}>
                <th scope="row">{Format.words(name)}</th>
                <td data-head="Layer">{layerNames[layer]}</td>
                <td className="n" data-head="Value">
                  <Reading value={value} unit={unit} />
                </td>
                <td className="rank" data-head="Rank">
                  <span>
                    <meter min={0} max={1} value={rank} aria-label={`Rank of ${name}`} /> {rank.toFixed(2)}
                  </span>
                </td>
                <td className="words">{sentence}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {silent.length > 0 && (
        <details>
          <summary>
            {Format.counted(silent.length, 'signal')} without data: neutral, they press nothing
          </summary>
          <ul className="notes">
            {silent.map(({ name, sentence }) => (
              <li key={name}>
                <b>{Format.words(name)}</b> {sentence}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}
