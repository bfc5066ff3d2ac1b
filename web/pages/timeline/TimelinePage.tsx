import { layers } from '@cutwater/core/ladder/Layer.ts'
import type * as Api from '@cutwater/host/api/schemas.ts'
import { useCallback, useMemo, useState } from 'react'
import * as Format from '../../charts/Format.ts'
import type { View } from '../../charts/parts.ts'
import { layerNames } from '../../charts/Theme.ts'
import { type Life, timelineChart, timelineHeight } from '../../charts/timelineChart.ts'
import { useBridge, useSeries } from '../../client/useRecord.ts'
import { go, useRoute } from '../../client/useRoute.ts'
import { useSettled } from '../../client/useSettled.ts'
import { Chart } from '../../parts/Chart.tsx'
import { Export } from '../../parts/Export.tsx'
import { Key } from '../../parts/Key.tsx'
import { NotBegun } from '../../parts/NotBegun.tsx'
import { Answered, Empty } from '../../parts/States.tsx'
import { Futures } from './Futures.tsx'
import { TakeBranch } from './TakeBranch.tsx'
import { spansOf, windowOf } from './window.ts'

/** The bridge's life on one axis, any moment of it, and what would have come of it under another policy. */
export function TimelinePage() {
  const { at, branch, versus } = useRoute()
  const { data: bridge } = useBridge()
  const [span, setSpan] = useState<number | null>(null)
  const range = bridge?.range ?? null
  const settled = useSettled(at, 600)
  const window = windowOf(range, span, settled)
  const series = useSeries(window, 720, branch)
  const other = useSeries(window, 720, versus)
  if (bridge !== undefined && range === null) return <NotBegun title="Timeline" />
  return (
    <>
      <header className="page-head">
        <h1>Timeline</h1>
        <fieldset className="choice">
          <legend className="unseen">How much time is shown</legend>
          {spansOf(range).map(({ seconds, text }) => (
            <label key={text}>
              <input type="radio" name="span" checked={span === seconds} onChange={() => setSpan(seconds)} />
              <span>{text}</span>
            </label>
          ))}
        </fieldset>
        {series.data !== undefined && <Export name="timeline" rows={rowsOf(series.data)} hasPicture />}
      </header>
      <Answered answer={series} lines={12}>
        {(data) => (
          <Drawing
            series={data}
            other={versus === null ? null : (other.data ?? null)}
            window={window}
            at={at}
          />
        )}
      </Answered>
      <div className="columns">
        <TakeBranch />
        <Futures />
      </div>
    </>
  )
}

type LifeProps = {
  readonly series: Api.Series
  readonly other: Api.Series | null
  readonly window: { readonly from: number | null; readonly to: number | null }
  readonly at: number | null
}

function Drawing({ series, other, window, at }: LifeProps) {
  const life = useMemo(() => lifeOf(series, window), [series, window])
  const versus = useMemo(() => (other === null ? null : lifeOf(other, window)), [other, window])
  const option = useCallback(
    (view: View) => timelineChart(life, { cursorAt: at, versus }, view),
    [life, versus, at],
  )
  if (series.at.length === 0) return <Empty title="Nothing happened in this time." />
  return (
    <>
      <Key entries={key} />
      <Chart
        label="Value locked, loss bound, flows, stress, weights and findings over time"
        option={option}
        height={timelineHeight}
        picture="timeline"
        onPick={(value) => go({ at: Math.round(value / 1000) })}
        readout={{
          values: life.at.map((seconds) => seconds * 1000),
          read: (index) => ({ heading: `${Format.time(life.at[index]!)} UTC`, lines: linesOf(life, index) }),
        }}
      />
    </>
  )
}

const key = [
  { name: 'value locked', colour: 'near' },
  { name: 'loss bound', colour: 'alarm' },
  ...layers.map((layer) => ({ name: layerNames[layer], colour: layer })),
] as const

function lifeOf(series: Api.Series, { from, to }: LifeProps['window']): Life {
  const { at, stepSeconds, columns } = series
  return { span: { from: from ?? at[0] ?? 0, to: to ?? at.at(-1) ?? 1 }, at, stepSeconds, columns }
}

function linesOf({ columns }: Life, index: number): readonly (readonly [string, string])[] {
  const value = (name: string) => columns[name]?.[index] ?? null
  const dollars = (name: string) => {
    const amount = value(name)
    return amount === null ? 'none' : Format.usd(amount)
  }
  const three = (kind: string, format: (value: number) => string) =>
    ['Near', 'Mid', 'Far'].map((layer) => format(value(`${kind}${layer}`) ?? 0)).join(' · ')
  return [
    ['value locked', dollars('lockedUsd')],
    ['loss bound', dollars('boundUsd')],
    ['in', dollars('inflowUsd')],
    ['out', dollars('outflowUsd')],
    ['stress', three('stress', (share) => share.toFixed(2))],
    ['weights', three('weight', Format.percent)],
    ['findings', `${Format.count(value('findings') ?? 0)}, ${Format.count(value('hard') ?? 0)} hard`],
    ['waiting', Format.count(value('waiting') ?? 0)],
  ]
}

function rowsOf({ at, columns }: Api.Series): readonly Readonly<Record<string, unknown>>[] {
  return at.map((seconds, i) => ({
    at: seconds,
    ...Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[i] ?? null])),
  }))
}
