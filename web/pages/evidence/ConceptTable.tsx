import type { Concept, Side } from '@cutwater/engine/translate/Translation.ts'
import * as Format from '../../charts/Format.ts'
import { Interval } from '../../parts/Interval.tsx'

type TableProps = {
  readonly concepts: readonly Concept[]
  /** the effect at which the scale of the intervals ends, basis points */
  readonly reach: number
}

/** One row a concept: what it is and what it is worth in both books, on one scale. */
export function ConceptTable({ concepts, reach }: TableProps) {
  return (
    <div className="scroll">
      <table className="concepts stacking">
        <thead>
          <tr>
            <th>Concept</th>
            <th>
              In the options book<small>95% interval</small>
            </th>
            <th>
              On a bridge<small>95% interval</small>
            </th>
            <th>Verdict</th>
          </tr>
        </thead>
        <tbody>
          {concepts.map(({ name, options, bridge, verdict, why }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <SideCell side={options} reach={reach} />
              <SideCell side={bridge} reach={reach} />
              <td className={`verdict ${verdict.replaceAll(' ', '-')}`}>
                <b>{verdict}</b>
                <small>{why}</small>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function SideCell({ side, reach }: { side: Side; reach: number }) {
  const { definition, effect, low, high, measured, unit } = side
  return (
    <td>
      {effect === null ? (
        <span className="quiet">not measured</span>
      ) : (
        <span className="effect">
          <Interval value={effect} low={low} high={high} reach={reach} />
          <b>
            {bp(effect)} {unit}
          </b>
          {low !== null && high !== null && (
            <span className="quiet">
              {bp(low)} to {bp(high)}
            </span>
          )}
        </span>
      )}
      <small title={measured}>{definition}</small>
    </td>
  )
}

function bp(value: number): string {
  return Format.plain(value).replace('-', '−')
}
