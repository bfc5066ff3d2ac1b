import * as UnixTime from '@cutwater/core/units/UnixTime.ts'

/**
 * Dollars to the precision worth reading; what is not nothing never reads as zero.
 *
 * @example
 * Format.usd(159577684.91) // '$159.58M'
 * Format.usd(41234) // '$41.2k'
 * Format.usd(0) // '$0'
 */
export function usd(dollars: number): string {
  const size = Math.abs(dollars)
  const sign = dollars < 0 ? '−' : ''
  if (size >= 999_995_000) return `${sign}$${(size / 1e9).toFixed(2)}B`
  if (size >= 999_950) return `${sign}$${(size / 1e6).toFixed(2)}M`
  if (size >= 9_999.5) return `${sign}$${(size / 1e3).toFixed(1)}k`
  if (size >= 100) return `${sign}$${count(Math.round(size))}`
  return size === 0 ? '$0' : `${sign}$${size.toFixed(2)}`
}

/**
 * Dollars for an axis or a tight label: two or three figures.
 *
 * @example
 * Format.usdShort(159577684.91) // '$160M'
 * Format.usdShort(9250000) // '$9.3M'
 */
export function usdShort(dollars: number): string {
  const size = Math.abs(dollars)
  const sign = dollars < 0 ? '−' : ''
  const unit = [
    { by: 1e9, name: 'B' },
    { by: 1e6, name: 'M' },
    { by: 1e3, name: 'k' },
  ].find(({ by }) => size >= by)
  const value = size / (unit?.by ?? 1)
  const digits = value >= 9.95 || Number.isInteger(value) ? 0 : 1
  return `${sign}$${value.toFixed(digits)}${unit?.name ?? ''}`
}

/** One unit for a whole column of dollars, so that its figures line up. */
export type Scale = { readonly by: number; readonly unit: string }

/**
 * The unit that suits the largest of `values`.
 *
 * @example
 * Format.scaleOf([12, 159577684.91]) // { by: 1000000, unit: '$M' }
 */
export function scaleOf(values: readonly number[]): Scale {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  if (largest >= 1e6) return { by: 1e6, unit: '$M' }
  if (largest >= 1e4) return { by: 1e3, unit: '$k' }
  return { by: 1, unit: '$' }
}

/**
 * A column's figure, two decimals; what rounds to nothing but is not nothing says so.
 *
 * @example
 * Format.scaled(9250000, { by: 1000000, unit: '$M' }) // '9.25'
 * Format.scaled(1200, { by: 1000000, unit: '$M' }) // '<0.01'
 */
export function scaled(dollars: number, scale: Scale): string {
  const value = dollars / scale.by
  if (value === 0) return '0'
  if (Math.abs(value) < 0.005) return '<0.01'
  return fixed(value, 2)
}

/**
 * A whole number with its thousands set apart.
 *
 * @example
 * Format.count(33943) // '33,943'
 */
export function count(value: number): string {
  return fixed(value, 0)
}

/**
 * A number to so many decimals, its thousands set apart; nothing has no sign.
 *
 * @example
 * Format.fixed(-1234.56, 1) // '−1,234.6'
 * Format.fixed(-0.04, 1) // '0.0'
 */
export function fixed(value: number, digits: number): string {
  const rounded = Number(value.toFixed(digits)) === 0 ? 0 : value
  return minus(
    rounded.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  )
}

/**
 * A share as percent, finer where it is small.
 *
 * @example
 * Format.percent(0.058) // '5.8%'
 * Format.percent(0.97) // '97%'
 * Format.percent(0.0004) // '<0.1%'
 */
export function percent(share: number): string {
  if (share === 0) return '0%'
  const value = share * 100
  if (Math.abs(value) < 0.1) return '<0.1%'
  if (Math.abs(value) < 9.95) return minus(`${value.toFixed(1)}%`)
  return share < 1 && value > 99 ? `${Math.min(value, 99.99).toFixed(2)}%` : minus(`${value.toFixed(0)}%`)
}

/**
 * A share as percent with its sign, to a number of decimals.
 *
 * @example
 * Format.signedPercent(-0.0312) // '−3.1%'
 * Format.signedPercent(-0.0004) // '0.0%'
 */
export function signedPercent(share: number, digits = 1): string {
  return `${fixed(100 * share, digits)}%`
}

/** An interval of shares as one cell. */
export function between([low, high]: readonly [number, number], digits = 1): string {
  return `${signedPercent(low, digits)} to ${signedPercent(high, digits)}`
}

/**
 * A span of time in the one unit that suits it.
 *
 * @example
 * Format.seconds(36) // '36 s'
 * Format.seconds(60) // '1 min'
 * Format.seconds(5400) // '90 min'
 * Format.seconds(93600) // '26 h'
 */
export function seconds(span: number): string {
  const isWholeMinutes = span >= UnixTime.minute && span % UnixTime.minute === 0
  if (span < 120 && !isWholeMinutes) return `${plain(span)} s`
  if (span < 3 * UnixTime.hour) return `${plain(span / UnixTime.minute)} min`
  if (span < 3 * UnixTime.day) return `${plain(span / UnixTime.hour)} h`
  return `${plain(span / UnixTime.day)} d`
}

/** Hours, to a tenth below a hundred. */
export function hours(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.05) return '<0.1'
  return Math.abs(value) < 100 ? fixed(value, value === 0 ? 0 : 1) : count(value)
}

/**
 * A number of unknown kind, at most four decimals, no trailing zeros.
 *
 * @example
 * Format.plain(2.5) // '2.5'
 * Format.plain(13320) // '13,320'
 */
export function plain(value: number): string {
  if (value !== 0 && Math.abs(value) < 1e-4) return value.toExponential(2)
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 4
  const rounded = Number(value.toFixed(Number.isInteger(value) ? 0 : digits))
  return minus(rounded.toLocaleString('en-US', { maximumFractionDigits: 4 }))
}

/**
 * A reading with what is left of its unit: dollars are written as dollars, a rounding error as nothing.
 *
 * @example
 * Format.reading(202433352, 'USD locked') // { text: '$202.43M', unit: 'locked' }
 * Format.reading(0.147, 'RSI of value locked') // { text: '0.147', unit: 'RSI of value locked' }
 */
export function reading(value: number, unit: string): { readonly text: string; readonly unit: string } {
  const dollars = /^USD (.+)/.exec(unit)?.[1]
  if (dollars !== undefined) return { text: usd(value), unit: dollars }
  return { text: plain(Math.abs(value) < 1e-9 ? 0 : value), unit }
}

/**
 * A name of the program as words.
 *
 * @example
 * Format.words('advanceDecline') // 'advance decline'
 * Format.words('lockedRsi') // 'locked RSI'
 */
export function words(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/\b(?:rsi|macd|gdp|cpi|ppi|reer|vix|wacc|irr|ddm|mev|apy|roe)\b/g, (word) => word.toUpperCase())
}

/**
 * A UTC date as a person writes it.
 *
 * @example
 * Format.date(1659389551) // '1 Aug 2022'
 */
export function date(at: UnixTime.UnixTime): string {
  const [year, month, dayOfMonth] = UnixTime.formatDate(at).split('-').map(Number)
  return `${dayOfMonth} ${months[month! - 1]} ${year}`
}

/**
 * A UTC time to the second.
 *
 * @example
 * Format.time(1659389551) // '2022-08-01 21:32:31'
 */
export function time(at: UnixTime.UnixTime): string {
  return UnixTime.format(at).replace('T', ' ').replace('Z', '')
}

/** "1 release", "2 releases". */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`
}

/** A sign as wide as the plus, which no line breaks after. */
function minus(text: string): string {
  return text.replace('-', '−')
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
