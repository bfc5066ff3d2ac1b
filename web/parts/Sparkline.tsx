import type { Series } from '@cutwater/host/api/schemas.ts'
import { memo } from 'react'

/** Value locked behind the slider, and where hard findings lie: what there is to rewind to. */
export const Sparkline = memo(function Sparkline(props: { series: Series; from: number; to: number }) {
  const { series, from, to } = props
  const { lockedUsd = [], hard = [] } = series.columns
  const largest = lockedUsd.reduce<number>((most, value) => Math.max(most, value ?? 0), 1)
  const x = (at: number) => ((at - from) / Math.max(1, to - from)) * 1000
  const points = series.at.map(
    (at, i) => `${x(at).toFixed(1)},${(40 - 36 * ((lockedUsd[i] ?? 0) / largest)).toFixed(1)}`,
  )
  const marks = series.at.filter((_, i) => (hard[i] ?? 0) > 0)
  return (
    <svg className="sparkline" viewBox="0 0 1000 40" preserveAspectRatio="none" aria-hidden="true">
      <polygon points={`${x(series.at[0] ?? from)},40 ${points.join(' ')} 1000,40`} />
      {marks.map((at) => (
        <rect key={at} x={Math.min(997, x(at))} width={3} y={0} height={40} />
      ))}
    </svg>
  )
})
