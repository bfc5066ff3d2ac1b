import { join } from 'node:path'
import { argv } from 'node:process'
import { pathToFileURL } from 'node:url'
import type { MarketDay } from '@cutwater/core/options/market/MarketDay.ts'
import { impliedVolatility } from '@cutwater/core/options/pricing/impliedVolatility.ts'
import { strikeOfDelta } from '@cutwater/core/options/pricing/strikeOfDelta.ts'
import { leastSquares } from '@cutwater/core/options/surface/leastSquares.ts'
import * as SpxForward from '@cutwater/core/options/surface/SpxForward.ts'
import { tenorScale } from '@cutwater/core/options/surface/VixVolatility.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import { dataDir } from '@cutwater/host/config/dataDir.ts'
import { loadMarket } from '@cutwater/host/market/loadMarket.ts'

// How the variance of VIX futures falls with the time they have left: the numbers behind VixVolatility.
//
//   npx node scripts/fitVix.ts [folder of markets]

type Bucket = { readonly years: number; readonly variance: number; readonly changes: number }

const bucketDays = 15
const furthestDays = 285
const fewest = 100

/** Variance a year, from squared daily changes of the logarithm, by the days that are left. */
export function bucketsOf(days: readonly MarketDay[]): readonly Bucket[] {
  const squares = new Map<number, number[]>()
  for (const [i, day] of days.entries()) {
    const before = new Map(days[i - 1]?.futures.map(({ expiry, settle }) => [expiry, settle]))
    for (const { expiry, settle } of day.futures) {
      const last = before.get(expiry)
      const left = (expiry - day.date) / UnixTime.day
      // The last settle is of a morning and by auction, so its change is none of a day.
      if (last === undefined || left === 0 || left >= furthestDays) continue
      const bucket = Math.floor(left / bucketDays)
      squares.set(bucket, [...(squares.get(bucket) ?? []), Math.log(settle / last) ** 2])
    }
  }
  return [...squares]
    .filter(([, changes]) => changes.length >= fewest)
    .sort(([a], [b]) => a - b)
    .map(([bucket, changes]) => ({
      years: ((bucket + 0.5) * bucketDays) / 365,
      variance: (252 * changes.reduce((sum, each) => sum + each, 0)) / changes.length,
      changes: changes.length,
    }))
}

/** `v(s) = v₀·(f + (1 − f)·e^(−2κs))`, by relative error. */
export function fitDecay(buckets: readonly Bucket[]) {
  const { parameters } = leastSquares([0, Math.log(0.1), Math.log(4)], ([level, far, speed]) =>
    buckets.map(({ years, variance }) => {
      const share = Math.exp(far!)
      return (
        (Math.exp(level!) * (share + (1 - share) * Math.exp(-2 * Math.exp(speed!) * years))) / variance - 1
      )
    }),
  )
  const [level, far, speed] = parameters.map(Math.exp)
  return { volatilityAtExpiry: Math.sqrt(level!), farShare: far!, speed: speed! }
}

/**
 * What the VIX Tail Hedge index paid for its calls, by the volatility they stood at over VVIX: at each roll it puts a part
 * of itself, by the level of the future, into calls of 0.30 delta. Where they pay, its own return says what they cost.
 */
export function tailHedgeRatios(days: readonly MarketDay[]): readonly number[] {
  const rolls = days.filter(
    ({ date, futures, indices }) => futures[0]?.expiry === date && indices.vxth !== undefined,
  )
  const ratios = rolls.slice(1).flatMap((end, i) => {
    const start = rolls[i]!
    const future = start.futures.find(({ expiry }) => expiry === end.date)
    const { vvix, vxth } = start.indices
    if (future === undefined || vvix === undefined || vxth === undefined) return []
    const share = future.settle <= 15 ? 0 : future.settle <= 30 ? 0.01 : future.settle <= 50 ? 0.005 : 0
    const years = (end.date - start.date) / (365 * UnixTime.day)
    const option = { kind: 'call', delta: 0.3, forward: future.settle, years } as const
    const strike = Math.round(strikeOfDelta(option, () => vvix / 100))
    const paid = end.futures[0]!.settle - strike
    // Small payments say little: strike and equity are known to a part of a percent only.
    if (share === 0 || paid < leastPaid) return []
    const equity = (end.spx.close / start.spx.close) * Math.exp(SpxForward.dividendYield(start.date) * years)
    const price = (share * paid) / (end.indices.vxth! / vxth - (1 - share) * equity)
    const discount = Math.exp(-start.billYield * years)
    const implied = impliedVolatility({ ...option, strike, discount, price })
    return implied === undefined ? [] : [implied / (vvix / 100)]
  })
  return ratios.sort((a, b) => a - b)
}

const leastPaid = 1.5

function main(folder: string): void {
  const { days } = loadMarket(folder)
  const ratios = tailHedgeRatios(days)
  print(
    `VXTH's calls stood at ${median(ratios).toFixed(2)} of VVIX (median of ${ratios.length} rolls that paid: ${ratios.map((each) => each.toFixed(2)).join(', ')})`,
  )
  for (const [from, to] of [
    ['2006-01-03', '2023-12-29'],
    ['2006-01-03', '2014-12-31'],
    ['2015-01-02', '2023-12-29'],
  ] as const) {
    const buckets = bucketsOf(between(days, from, to))
    const decay = fitDecay(buckets)
    const scales = [7, 30, 60, 110, 220].map(
      (tenor) => `${tenor}d ${tenorScale(tenor / 365, decay).toFixed(3)}`,
    )
    print(`${from} to ${to}: ${JSON.stringify(decay)}`)
    print(`  VVIX times ${scales.join(', ')}`)
    for (const { years, variance, changes } of buckets)
      print(
        `  ${(365 * years).toFixed(1)} days left: ${(100 * Math.sqrt(variance)).toFixed(1)}% (${changes} changes)`,
      )
  }
}

export function between(days: readonly MarketDay[], from: string, to: string): readonly MarketDay[] {
  return days.filter(({ date }) => date >= UnixTime.parse(from)! && date <= UnixTime.parse(to)!)
}

export function median(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)]!
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) main(argv[2] ?? join(dataDir() ?? '.', 'market'))
