import type { Parameter } from '@cutwater/engine/assess/Assessment.ts'
import * as Format from '../../charts/Format.ts'

/** Every assumption by name, with its range and where it is from. */
export function Parameters({ parameters }: { parameters: readonly Parameter[] }) {
  return (
    <details className="apart">
      <summary>{Format.counted(parameters.length, 'assumption')} these figures follow from</summary>
      <div className="scroll">
        <table>
          <thead>
            <tr>
              <th>Name</th>
              <th className="n">Value</th>
              <th className="n">Range</th>
              <th>Unit</th>
              <th>Source</th>
            </tr>
          </thead>
          <tbody>
            {parameters.map(({ name, value, low, high, unit, source }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className="n">{Format.plain(value)}</td>
                <td className="n">
                  {low === undefined || high === undefined
                    ? ''
                    : `${Format.plain(low)} to ${Format.plain(high)}`}
                </td>
                <td>{unit}</td>
                <td className="words">{source}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
