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
              In the options book<small>{unitOf(concepts.map(({ options }) => options))}</small>
            </th>
            <th>
              On a bridge<small>{unitOf(concepts.map(({ bridge }) => bridge))}</small>
            </th>
            <th>Verdict</th>
          </tr>
        </thead>
        <tbody>
          {concepts.map(({ name, options, bridge, verdict, why }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <SideCell head="In the options book" side={options} reach={reach} />
              <SideCell head="On a bridge" side={bridge} reach={reach} />
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

// One unit a column, so that a row need not repeat it.
function unitOf(sides: readonly Side[]): string {
  const units = new Set(sides.filter(({ effect }) => effect !== null).map(({ unit }) => unit))
  return `${[...units].join(' or ')}, with the 95% interval`
}

function SideCell({ head, side, reach }: { head: string; side: Side; reach: number }) {
  const { definition, effect, low, high, measured, unit } = side
  return (
    <td data-head={head}>
      {effect === null ? (
        <span className="quiet">not measured</span>
      ) : (
        <span className="effect">
          <Interval value={effect} low={low} high={high} reach={reach} />
          <b title={unit}>{bp(effect)} bp</b>
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

// A tenth of a basis point is as fine as any of these is known.
function bp(value: number): string {
  return Format.fixed(value, Math.abs(value) < 100 ? 1 : 0)
}
