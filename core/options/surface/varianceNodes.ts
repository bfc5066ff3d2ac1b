import * as UnixTime from '../../units/UnixTime.ts'
import type { IndexName, MarketDay } from '../market/MarketDay.ts'
import * as TradingCalendar from '../settlement/TradingCalendar.ts'
import { betweenCloses } from '../settlement/years.ts'
import * as VarianceClock from './VarianceClock.ts'

/** Model-free variance of the SPX, total, up to a variance time in trading days. */
export type VarianceNode = { readonly traded: number; readonly variance: number }

/** How far the indices of other tenors follow the VIX where they were not published. */
export type Reversion = {
  /** the level that volatility returns to, per year */
  readonly usual: number
  /** how fast, per year */
  readonly speed: number
}

/**
 * Fitted to VIX9D, VIX3M and VIX6M over the VIX, 2011-01-04 to 2017-12-29; `node scripts/fitSurface.ts` prints it with the
 * errors of the years after.
 */
export const fittedReversion: Reversion = { usual: 0.284, speed: 2.58 }

/**
 * Model-free variance by tenor from the indices of a day.
 *
 * Published since (in the tables at hand): VIX 1990, VIX1Y 2007, VIX6M 2008, VIX3M 2009-09-18, VIX9D 2011-01-04,
 * VIX1D 2022-05-13. Where VIX9D, VIX3M, VIX6M or VIX1Y is absent the VIX takes its place, returning to a usual level:
 * `ln σ(d) = ln u + (ln VIX − ln u)·B(d)/B(30)`, `B(d) = (1 − e^(−κd))/(κd)`. Without VIX1D the next day is as the nine
 * days. Total variance never falls with time; where an index would have it so it is held, and the index is named.
 *
 * @example
 * const day = { date: UnixTime.parse('1995-06-01'), vix: { close: 12 }, indices: {} }
 * varianceNodes(day).assumed // ['vix1d', 'vix9d', 'vix3m', 'vix6m', 'vix1y']
 */
export function varianceNodes(
  { date, vix, indices }: Pick<MarketDay, 'date' | 'indices'> & { readonly vix: { readonly close: number } },
  reversion: Reversion = fittedReversion,
): { readonly nodes: readonly VarianceNode[]; readonly assumed: readonly IndexName[] } {
  const assumed: IndexName[] = []
  const volatility = vix.close / 100
  const found = tenors.map(({ name, days }) => {
    const level = name === 'vix' ? vix.close : indices[name]
    if (level === undefined) assumed.push(name as IndexName)
    const own = level === undefined ? reverting(volatility, days, reversion) : level / 100
    return { traded: tradedAt(date, days), variance: (own ** 2 * days) / 365 }
  })
  const nodes = [nextDay(date, indices.vix1d, found[0]!), ...found]
  if (indices.vix1d === undefined) assumed.unshift('vix1d')
  return { nodes: rising(nodes), assumed }
}

/** The volatility at a tenor when only the VIX is known, per year. */
export function reverting(volatility: number, days: number, { usual, speed }: Reversion): number {
  const mean = (tenor: number) => -Math.expm1((-speed * tenor) / 365) / ((speed * tenor) / 365)
  return usual * (volatility / usual) ** (mean(days) / mean(30))
}

const tenors = [
  { name: 'vix9d', days: 9 },
  { name: 'vix', days: 30 },
  { name: 'vix3m', days: 93 },
  { name: 'vix6m', days: 184 },
  { name: 'vix1y', days: 365 },
] as const

// An index is the straight line, by calendar days, between the variances of the Fridays before and after its tenor (Cboe,
// "Volatility index methodology", 2023, step 3; until October 2014 between third Fridays, which makes no difference on the
// chains of 2011). So it measures the trading days of that line: holidays count where they fall.
function tradedAt(date: UnixTime.UnixTime, days: number): number {
  const sinceFriday = (UnixTime.weekday(date + days * UnixTime.day) + 2) % 7
  const [before, after] = [days - sinceFriday, days - sinceFriday + 7].map((each) =>
    VarianceClock.elapsed(date, betweenCloses(date, date + each * UnixTime.day)),
  ) as [number, number]
  return before + (sinceFriday / 7) * (after - before)
}

// VIX1D is of the time to the next close and a year of 252 such days; its weekends are of trading time, as ours are.
function nextDay(date: UnixTime.UnixTime, vix1d: number | undefined, nine: VarianceNode): VarianceNode {
  const traded = VarianceClock.elapsed(date, betweenCloses(date, TradingCalendar.next(date)))
  const variance = vix1d === undefined ? (nine.variance * traded) / nine.traded : (vix1d / 100) ** 2 / 252
  return { traded, variance }
}

/** A thousandth of the mean rate is the least by which variance grows. */
const leastGrowth = 1e-3

function rising(nodes: readonly VarianceNode[]): readonly VarianceNode[] {
  const last = nodes.at(-1)!
  const least = (leastGrowth * last.variance) / last.traded
  const found: VarianceNode[] = []
  for (const { traded, variance } of nodes) {
    const before = found.at(-1)
    const floor = before === undefined ? 0 : before.variance + least * (traded - before.traded)
    found.push({ traded, variance: Math.max(variance, floor) })
  }
  return found
}
