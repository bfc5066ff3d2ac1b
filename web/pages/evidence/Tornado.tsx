import type { Translation } from '@cutwater/engine/translate/Translation.ts'
import * as Format from '../../charts/Format.ts'
import { Interval } from '../../parts/Interval.tsx'

/** How the main answer moves with each assumption, widest first; those that turn it round are marked. */
export function Tornado({ tornado }: { tornado: Translation['tornado'] }) {
  const { asAssumedPct, cheapestWall, bars, flips } = tornado
  const reach = Math.max(
    ...bars.flatMap(({ atLowPct, atHighPct }) => [Math.abs(atLowPct.value), Math.abs(atHighPct.value)]),
    1,
  )
  return (
    <section className="apart" aria-labelledby="tornado-title">
      <h2 id="tornado-title">What the answer hangs on</h2>
      <p className="quiet">
        As assumed the ladder saves {Format.fixed(asAssumedPct, 1)}% against the cheapest single wall,{' '}
        {cheapestWall}.{' '}
        {flips.length === 0
          ? 'No single assumption turns that round.'
          : `It is turned round by ${flips.join(', ')}.`}
      </p>
      <Bars bars={bars.slice(0, mostShown)} middle={asAssumedPct} reach={reach} />
      {bars.length > mostShown && (
        <details>
          <summary>{Format.counted(bars.length - mostShown, 'assumption')} that move it less</summary>
          <Bars bars={bars.slice(mostShown)} middle={asAssumedPct} reach={reach} />
        </details>
      )}
    </section>
  )
}

const mostShown = 12

type BarsProps = {
  readonly bars: Translation['tornado']['bars']
  /** the answer as assumed, percent */
  readonly middle: number
  readonly reach: number
}

function Bars({ bars, middle, reach }: BarsProps) {
  return (
    <div className="scroll">
      <table className="stacking">
        <thead>
          <tr>
            <th>Assumption</th>
            <th className="n">From – to</th>
            <th>Saved, from low to high</th>
            <th className="n">
              Saved<small>%</small>
            </th>
          </tr>
        </thead>
        <tbody>
          {bars.map(({ name, low, high, atLowPct, atHighPct, flips: turns }) => (
            <tr key={name} className={turns ? 'differs' : undefined}>
              <th scope="row">{name}</th>
              <td className="n" data-head="From – to">
                {Format.plain(low)} – {Format.plain(high)}
              </td>
              <td data-head="Saved, low to high">
                <Interval value={middle} low={atLowPct.value} high={atHighPct.value} reach={reach} />
              </td>
              <td className="n" data-head="Saved, %">
                {Format.fixed(atLowPct.value, 1)} to {Format.fixed(atHighPct.value, 1)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
