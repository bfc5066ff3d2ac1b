import type { BacktestResult } from '@cutwater/engine/backtest/BacktestResult.ts'
import { useCallback, useMemo } from 'react'
import { equityChart, equityHeight, equityLines, underwater } from '../../charts/equityChart.ts'
import * as Format from '../../charts/Format.ts'
import { timesOf, type View } from '../../charts/parts.ts'
import { Chart } from '../../parts/Chart.tsx'
import { Export } from '../../parts/Export.tsx'
import { Key } from '../../parts/Key.tsx'

/** The account under every variant, and how far each stood below its highest. */
export function Variants({ result }: { result: BacktestResult }) {
  const { at, span } = useMemo(() => timesOf(result.series.dates), [result])
  const lines = useMemo(() => equityLines(result.series.variants), [result])
  const option = useCallback((view: View) => equityChart({ span, at, lines }, view), [span, at, lines])
  const drawdowns = useMemo(() => lines.map(({ equity }) => underwater(equity)), [lines])
  return (
    <section aria-labelledby="variants-title">
      <div className="row between">
        <h2 id="variants-title">The account under each variant</h2>
        <Export name="variants" rows={result.variants} hasPicture />
      </div>
      <Key entries={lines} />
      <Chart
        label="The account under each variant, and how far it stood below its highest"
        option={option}
        height={equityHeight}
        picture="variants"
        readout={{
          values: at.map((seconds) => seconds * 1000),
          read: (index) => ({
            heading: Format.date(at[index]!),
            lines: lines.map(({ name, equity }, i) => [
              name,
              equity[index] == null
                ? '–'
                : `${Format.usd(equity[index])}, ${Format.percent(-(drawdowns[i]![index] ?? 0))} below`,
            ]),
          }),
        }}
      />
      <div className="scroll">
        <table className="stacking">
          <thead>
            <tr>
              <th>Variant</th>
              <th className="n">
                A year<small>95%</small>
              </th>
              <th className="n">Deepest drawdown</th>
              <th className="n">
                CVaR 99<small>a day</small>
              </th>
              <th className="n">Won</th>
              <th className="n">
                Hedge a year<small>95%</small>
              </th>
            </tr>
          </thead>
          <tbody>
            {result.variants.map(
              ({
                name,
                what,
                from,
                cagr,
                maxDrawdown,
                cvar99,
                winRate,
                trades,
                hedgeCostPerYear,
                intervals,
              }) => (
                <tr key={name}>
                  <th scope="row" title={what}>
                    {name}
                    <small>from {from}</small>
                  </th>
                  <td className="n" data-head="A year">
                    {Format.signedPercent(cagr)}
                    <small>{Format.between(intervals.cagr)}</small>
                  </td>
                  <td className="n" data-head="Deepest drawdown">
                    {Format.signedPercent(maxDrawdown)}
                  </td>
                  <td className="n" data-head="CVaR 99 a day">
                    {Format.signedPercent(cvar99)}
                  </td>
                  <td className="n" data-head="Won">
                    {winRate === null ? '–' : Format.signedPercent(winRate)}
                    <small>of {Format.count(trades)}</small>
                  </td>
                  <td className="n" data-head="Hedge a year">
                    {Format.signedPercent(hedgeCostPerYear)}
                    <small>{Format.between(intervals.hedgeCostPerYear)}</small>
                  </td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      </div>
    </section>
  )
}
