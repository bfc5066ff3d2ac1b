/** A value with its 95% interval on a common scale, zero marked; nothing where nothing could be measured. */
export function Interval(props: {
  value: number | null
  low: number | null
  high: number | null
  reach: number
}) {
  const { value, low, high, reach } = props
  if (value === null) return null
  const x = (each: number) => 60 + 56 * Math.max(-1, Math.min(1, each / (reach || 1)))
  const [from, to] = [x(low ?? value), x(high ?? value)]
  return (
    <svg className="interval" viewBox="0 0 120 16" aria-hidden="true">
      <line className="zero" x1={60} x2={60} y1={0} y2={16} />
      <line className="span" x1={from} x2={to} y1={8} y2={8} />
      <circle cx={x(value)} cy={8} r={3.5} />
    </svg>
  )
}
