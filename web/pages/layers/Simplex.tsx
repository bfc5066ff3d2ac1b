import type { SimulationResult, SplitResult } from '@cutwater/engine/simulate/SimulationResult.ts'
import { useCallback } from 'react'
import * as Format from '../../charts/Format.ts'
import type { View } from '../../charts/parts.ts'
import { type Point, simplexChart } from '../../charts/simplexChart.ts'
import { Chart } from '../../parts/Chart.tsx'
import { Export } from '../../parts/Export.tsx'
import { Empty } from '../../parts/States.tsx'

/** All splits of one budget as a triangle, and what each policy comes to. */
export function Simplex({ simulation }: { simulation: SimulationResult }) {
  const { sweep } = simulation
  const option = useCallback(
    (view: View) =>
      simplexChart(
        (sweep?.splits ?? []).map(point),
        { marked: point(sweep!.ladder), best: point(sweep!.best) },
        view,
      ),
    [sweep],
  )
  return (
    <>
      {sweep === null ? (
        <Empty title="No splits were swept.">The simulation ran without --sweep.</Empty>
      ) : (
        <figure>
          <Chart
            label={saysOf(sweep)}
            option={option}
            height={({ width }) => (width < 560 ? 300 : 420)}
            picture="splits"
          />
          <div className="row between">
            <figcaption>
              {saysOf(sweep)} Each dot is a fixed split of the same budget; the redder, the dearer, by rank.
            </figcaption>
            <Export name="splits" rows={sweep.splits.map(point)} hasPicture />
          </div>
        </figure>
      )}
      <div className="scroll">
        <table className="stacking">
          <thead>
            <tr>
              <th>Policy</th>
              <th className="n">
                Cost a year<small>95%</small>
              </th>
              <th className="n">
                Users lose<small>95%</small>
              </th>
              <th className="n">
                Worst hundredth<small>CVaR99</small>
              </th>
              <th className="n">Ruin a year</th>
            </tr>
          </thead>
          <tbody>
            {simulation.policies.map(({ name, costUsd, shortfallUsd, cvar99Usd, ruin }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className="n" data-head="Cost a year">
                  {withError(costUsd)}
                </td>
                <td className="n" data-head="Users lose">
                  {withError(shortfallUsd)}
                </td>
                <td className="n" data-head="Worst hundredth">
                  {Format.usd(cvar99Usd.value)}
                </td>
                <td className="n" data-head="Ruin a year">
                  {Format.percent(ruin.value)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="quiet">
        {Format.count(simulation.paths)} paths over {Format.usd(simulation.bridge.valueUsd)} of value.
      </p>
    </>
  )
}

function saysOf({ best, ladder }: NonNullable<SimulationResult['sweep']>): string {
  const above = (100 * (ladder.totalUsd - best.totalUsd)) / best.totalUsd
  const split = [best.weights.near, best.weights.mid, best.weights.far].map((share) =>
    Math.round(100 * share),
  )
  return `4/4/2 costs ${above.toFixed(1)}% more than the cheapest split tried, ${split.join('/')}.`
}

function point({ weights, totalUsd }: SplitResult): Point {
  return { ...weights, usd: totalUsd }
}

function withError({ value, high }: { readonly value: number; readonly high: number }): string {
  return `${Format.usd(value)} ± ${Format.usd(high - value)}`
}
