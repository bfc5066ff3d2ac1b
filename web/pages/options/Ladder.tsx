import { layers } from '@cutwater/core/ladder/Layer.ts'
import type { BacktestResult } from '@cutwater/engine/backtest/BacktestResult.ts'
import { useCallback, useMemo } from 'react'
import * as Format from '../../charts/Format.ts'
import { timesOf, type View } from '../../charts/parts.ts'
import { tenorChart, tenorHeight } from '../../charts/tenorChart.ts'
import { Chart } from '../../parts/Chart.tsx'
import { Export } from '../../parts/Export.tsx'
import { Key } from '../../parts/Key.tsx'

/** The hedge by tenor: how many calls each layer held, above VIX. */
export function Ladder({ result }: { result: BacktestResult }) {
  const { at, span } = useMemo(() => timesOf(result.series.dates), [result])
  const { ladder, vix } = result.series
  const option = useCallback(
    (view: View) => tenorChart({ span, at, ladder, vix }, view),
    [span, at, ladder, vix],
  )
  return (
    <section className="apart" aria-labelledby="ladder-title">
      <div className="row between">
        <h2 id="ladder-title">The hedge ladder by tenor</h2>
        <Export name="ladder" rows={rowsOf(result)} hasPicture />
      </div>
      <Key entries={layers.map((layer) => ({ name: tenors[layer], colour: layer }))} />
      <Chart
        label="VIX calls held by layer over time, above VIX"
        option={option}
        height={tenorHeight}
        picture="ladder"
        readout={{
          values: at.map((seconds) => seconds * 1000),
          read: (index) => ({
            heading: Format.date(at[index]!),
            lines: [
              ...layers.map((layer) => [tenors[layer], Format.count(ladder[layer][index] ?? 0)] as const),
              ['VIX', (vix[index] ?? 0).toFixed(2)],
            ],
          }),
        }}
      />
    </section>
  )
}

function rowsOf({ series: { dates, ladder, vix } }: BacktestResult) {
  return dates.map((date, i) => ({
    date,
    near: ladder.near[i],
    mid: ladder.mid[i],
    far: ladder.far[i],
    vix: vix[i],
  }))
}

const tenors = { near: 'near, 30 days', mid: 'mid, 110 days', far: 'far, 220 days' } as const
