import type { OptionsPolicy } from '@cutwater/core/options/book/OptionsPolicy.ts'
import type { MarketHistory } from '@cutwater/core/options/market/MarketDay.ts'
import { prepare } from '@cutwater/core/options/view/prepare.ts'
import type { View } from '@cutwater/core/options/view/View.ts'
import * as Stress from '@cutwater/core/signals/Stress.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { resamples } from '../../backtest/bootstrap.ts'
import { returnsOf } from '../../backtest/figures.ts'
import * as Track from '../../backtest/Track.ts'
import type { Lens } from './Lens.ts'
import type { Scores } from './Scores.ts'

/** The options method with some of its parts on, and what tilts its ladder; without a lens, all its signals together. */
export type OptionsCase = { readonly policy: OptionsPolicy; readonly lens?: Lens }

/** A market, seen day by day, on which cases are run. */
export type OptionsBench = {
  readonly history: MarketHistory
  /** every day on record; signals learn from all of them */
  readonly past: readonly View[]
  /** the days that are traded */
  readonly views: readonly View[]
  /** the indices of each resample of days */
  readonly draws: readonly Int32Array[]
  readonly kept: Map<string, Scores>
}

export type Settings = { readonly seed: number; readonly draws: number }

/**
 * Prepares a market; it is traded from the first day with a VVIX, as no call can be priced before.
 *
 * Throws TRANSLATE_MARKET_SHORT where that leaves less than three years.
 */
export function create(history: MarketHistory, settings: Settings): OptionsBench {
  const past = prepare(history)
  const first = past.findIndex(({ day }) => day.indices.vvix !== undefined)
  const views = first < 0 ? [] : past.slice(first)
  if (views.length < 3 * tradingDays) throw marketShort(views.length)
  return { history, past, views, draws: drawsOf(views.length - 1, settings), kept: new Map() }
}

/**
 * What a year is worth under a case: growth less 6% of the mean loss of the worst hundredth of years, in basis points of
 * the account; as recorded, and in each resample of blocks of days (a quarter long, longer than a condor lives).
 */
export function scores(bench: OptionsBench, kase: OptionsCase): Scores {
  const key = JSON.stringify([kase.policy, kase.lens?.name])
  const known = bench.kept.get(key)
  if (known !== undefined) return known
  const made = scoresOf(logReturns(bench, kase), bench.draws)
  bench.kept.set(key, made)
  return made
}

/** Resamples of so many days, in blocks. */
export function drawsOf(length: number, { seed, draws }: Settings): readonly Int32Array[] {
  return Array.from(resamples(length, { seed, draws, block }), (indices) => indices.slice())
}

/** The score of a series of daily log returns, and of each of its resamples; basis points a year. */
export function scoresOf(logs: Float64Array, draws: readonly Int32Array[]): Scores {
  const scores = new Float64Array(draws.length + 1)
  const drawn = new Float64Array(logs.length)
  scores[0] = scoreOf(logs)
  for (const [at, indices] of draws.entries()) {
    for (let i = 0; i < indices.length; i++) drawn[i] = logs[indices[i]!]!
    scores[at + 1] = scoreOf(drawn)
  }
  return scores
}

function logReturns({ past, views }: OptionsBench, { policy, lens }: OptionsCase): Float64Array {
  const seen = lens === undefined ? views : through(lens, past).slice(past.length - views.length)
  const { equity } = Track.run(seen, policy)
  return returnsOf(equity).map((each) => Math.log1p(Math.max(each, ruined)))
}

/** The same days with nothing but what a lens shows. */
function through({ readings }: Lens, past: readonly View[]): readonly View[] {
  const all = readings(past)
  return past.map((view, day) => {
    return { ...view, pressures: { readings: all[day]!, stress: Stress.combine(all[day]!) } }
  })
}

function scoreOf(logs: Float64Array): number {
  let sum = 0
  for (let i = 0; i < logs.length; i++) sum += logs[i]!
  const growth = Math.expm1((sum / logs.length) * tradingDays)
  return 1e4 * (growth - riskLoad * worstYears(logs))
}

/** The mean loss of the worst hundredth of all spans of a trading year, as a share; below 0 where even those gain. */
function worstYears(logs: Float64Array): number {
  const years = new Float64Array(logs.length - tradingDays + 1)
  let sum = 0
  for (let i = 0; i < logs.length; i++) {
    sum += logs[i]! - (i >= tradingDays ? logs[i - tradingDays]! : 0)
    if (i >= tradingDays - 1) years[i - tradingDays + 1] = sum
  }
  years.sort()
  const worst = years.subarray(0, Math.ceil(years.length / 100))
  return -worst.reduce((total, each) => total + Math.expm1(each), 0) / worst.length
}

const tradingDays = 252
const block = 63
/** As the bridge's tail is priced: the cost-of-capital rate of Solvency II. */
const riskLoad = 0.06
/** A day cannot lose more than all; what is left keeps the logarithm finite. */
const ruined = -0.9999

function marketShort(days: number): CutwaterError {
  return new CutwaterError('TRANSLATE_MARKET_SHORT', `${days} days can be traded`, {
    right: `${3 * tradingDays} days or more from the first VVIX on`,
  })
}
