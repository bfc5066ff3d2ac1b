import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import type { Figures } from './BacktestResult.ts'

/** A value a day with its date; what every figure is computed from. */
export type Path = { readonly dates: readonly UnixTime.UnixTime[]; readonly values: ArrayLike<number> }

/** Growth a year between the first and the last value; -1 for a path that ends at nothing. */
export function cagr({ dates, values }: Path): number {
  const years = (dates.at(-1)! - dates[0]!) / UnixTime.year
  const growth = values[dates.length - 1]! / values[0]!
  if (!(growth > 0)) return -1
  // A few days of great luck would be more a year than a number holds.
  return years > 0 ? Math.min(growth ** (1 / years), mostGrowth) - 1 : 0
}

/** Change from each value to the next, a fraction; 0 from a value that is not above 0. */
export function returnsOf(values: ArrayLike<number>): Float64Array {
  const returns = new Float64Array(Math.max(0, values.length - 1))
  for (let i = 0; i < returns.length; i++) returns[i] = values[i]! > 0 ? values[i + 1]! / values[i]! - 1 : 0
  return returns
}

/**
 * The deepest fall from a highest value, with where it began and ended.
 *
 * @example
 * drawdown([100, 120, 90, 130]) // { depth: 0.25, from: 1, to: 2 }
 */
export function drawdown(values: ArrayLike<number>): { depth: number; from: number; to: number } {
  const worst = { depth: 0, from: 0, to: 0 }
  let peak = 0
  for (let i = 1; i < values.length; i++) {
    if (values[i]! > values[peak]!) peak = i
    const depth = values[peak]! > 0 ? 1 - values[i]! / values[peak]! : 0
    if (depth > worst.depth) Object.assign(worst, { depth, from: peak, to: i })
  }
  return worst
}

/** Mean of numbers; 0 of none. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return values.length === 0 ? 0 : sum / values.length
}

/** Standard deviation of a sample; 0 of fewer than two. */
export function deviation(values: ArrayLike<number>): number {
  const middle = mean(values)
  let squares = 0
  for (let i = 0; i < values.length; i++) squares += (values[i]! - middle) ** 2
  return values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1))
}

/**
 * Pearson's correlation; 0 where one of the two does not vary.
 *
 * @example
 * correlation([1, 2, 3], [2, 4, 6]) // 1
 */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [middleA, middleB] = [mean(a), mean(b)]
  let [ab, aa, bb] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]! - middleA, b[i]! - middleB]
    ab += x * y
    aa += x * x
    bb += y * y
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0
}

/** Mean of the lowest share of the numbers, at least one of them; 0 of none. */
export function tailMean(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort()
  return mean(sorted.subarray(0, Math.max(1, Math.floor(share * sorted.length))))
}

/** The last value of each month, with the month as `2020-03`; the first value leads. */
export function monthly({ dates, values }: Path): { readonly months: string[]; readonly values: number[] } {
  const months: string[] = []
  const ends: number[] = []
  for (let i = 0; i < dates.length; i++) {
    const month = UnixTime.formatDate(dates[i]!).slice(0, 7)
    if (months.at(-1) === month) ends[ends.length - 1] = values[i]!
    else {
      months.push(month)
      ends.push(values[i]!)
    }
  }
  return { months: ['', ...months], values: [values[0]!, ...ends] }
}

/** The figures of a path, with SPX over the same days beside it. */
export function figuresOf(path: Path, spx: ArrayLike<number>): Figures {
  const { dates, values } = path
  const daily = returnsOf(values)
  const { depth, from, to } = drawdown(values)
  const own = monthly(path)
  const ownReturns = returnsOf(own.values)
  const market = returnsOf(monthly({ dates, values: spx }).values)
  const worst = ownReturns.indexOf(Math.min(...ownReturns))
  return {
    cagr: cagr(path),
    vol: deviation(daily) * Math.sqrt(daysPerYear(dates)),
    maxDrawdown: depth,
    maxDrawdownFrom: UnixTime.formatDate(dates[from]!),
    maxDrawdownTo: UnixTime.formatDate(dates[to]!),
    cvar99: tailMean(daily, 0.01),
    worstMonth: { month: own.months[worst + 1]!, return: ownReturns[worst]! },
    correlation: correlation(ownReturns, market),
    capture: { up: captured(ownReturns, market, 1), down: captured(ownReturns, market, -1) },
  }
}

/** How many values a year has; 252 for trading days, 12 for months. */
export function daysPerYear(dates: readonly UnixTime.UnixTime[]): number {
  const years = (dates.at(-1)! - dates[0]!) / UnixTime.year
  return years > 0 ? (dates.length - 1) / years : 0
}

const mostGrowth = 1e12

function captured(own: Float64Array, market: Float64Array, side: 1 | -1): number {
  const months = [...market.keys()].filter((i) => market[i]! * side > 0)
  const of = (returns: Float64Array) => mean(months.map((i) => returns[i]!))
  return months.length === 0 ? 0 : of(own) / of(market)
}
