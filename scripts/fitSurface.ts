import { join } from 'node:path'
import { argv } from 'node:process'
import { pathToFileURL } from 'node:url'
import type { IndexName, MarketDay } from '@cutwater/core/options/market/MarketDay.ts'
import * as TradingCalendar from '@cutwater/core/options/settlement/TradingCalendar.ts'
import * as ChainSlice from '@cutwater/core/options/surface/ChainSlice.ts'
import * as IndexSmile from '@cutwater/core/options/surface/IndexSmile.ts'
import { leastSquares } from '@cutwater/core/options/surface/leastSquares.ts'
import * as Smile from '@cutwater/core/options/surface/Smile.ts'
import * as VarianceClock from '@cutwater/core/options/surface/VarianceClock.ts'
import { reverting } from '@cutwater/core/options/surface/varianceNodes.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import { dataDir } from '@cutwater/host/config/dataDir.ts'
import { loadMarket, tableNames } from '@cutwater/host/market/loadMarket.ts'
import { readChains } from '@cutwater/host/market/readChains.ts'

// The numbers behind core/options/surface, fitted once and printed with the errors of what was left out of the fit:
//
//   npx node scripts/fitSurface.ts [folder of markets]

/** A slice of a chain with the day it belongs to. */
export type Sample = {
  readonly day: MarketDay
  /** days of the same weeks, which say the same thing, are one state */
  readonly state: string
  readonly slice: ChainSlice.ChainSlice
  /** the chain was quoted at the close that the indices are of */
  readonly isAtClose: boolean
}

export function samplesOf(folder: string): readonly Sample[] {
  const days = new Map(loadMarket(folder).days.map((day) => [day.date, day]))
  return [...readChains(join(folder, tableNames.chains)).values()].flatMap((chain) => {
    const day = days.get(chain.date)!
    const isAtClose = Math.abs(chain.spot / day.spx.close - 1) < 0.001
    const state = stateOf(chain.date)
    return ChainSlice.ofChain(chain, day.billYield)
      .filter(({ years, modelFree }) => years < 1.1 && modelFree > 0)
      .map((slice) => ({ day, state, slice, isAtClose }))
  })
}

/** The form of smiles, fitted to what the chains say their own level is. */
export function fitShape(samples: readonly Sample[]): IndexSmile.Parameters {
  return named(
    leastSquares([0.55, 0.05, 0.5, -0.2, 0.1, 0.2, 0.02], (at) => shapeMisses(samples, named(at))).parameters,
  )
}

/** What the VIX says of other tenors, fitted to days when they were published too. */
export function fitReversion(days: readonly MarketDay[]) {
  const { parameters } = leastSquares([0, 0], (at) => reversionMisses(days, at))
  return reversionOf(parameters)
}

function main(folder: string): void {
  const samples = samplesOf(folder)
  const whole = samples.filter(isWhole)
  const { days } = loadMarket(folder)
  const shape = fitShape(whole)
  print('IndexSmile.fitted', shape)
  for (const state of new Set(samples.map((each) => each.state))) {
    const own = whole.filter((each) => each.state === state)
    const others = fitShape(whole.filter((each) => each.state !== state))
    print(`  ${state} left out`, {
      skew: own[0]!.day.indices.skew,
      vvix: own[0]!.day.indices.vvix,
      'error, fitted with it': meanError(own, shape),
      'error, fitted without': meanError(own, others),
      ...others,
    })
  }
  print('VarianceClock', clockOf(samples))
  const until2017 = within(days, '2011-01-04', '2017-12-29')
  const reversion = fitReversion(until2017)
  print('varianceNodes.fittedReversion', reversion)
  print('  error of the logarithm, 2011-2017', reversionErrors(until2017, reversion))
  print('  and 2018 on', reversionErrors(within(days, '2018-01-02', '2099-12-31'), reversion))
  const early = within(days, '1990-01-02', '2010-12-31')
  print('IndexSmile.usual', { skew: medianOf(early, 'skew'), vvix: medianOf(early, 'vvix') })
  print('SpxForward.percentByYear', dividendYields(folder))
}

// Chains end at four tenths of the forward. Where a put there still has a price, its strip lacks what lies below.
function isWhole({ slice }: Sample): boolean {
  return slice.options[0]!.bid <= 0.25
}

function medianOf(days: readonly MarketDay[], name: IndexName): number {
  const levels = days.flatMap((day) => day.indices[name] ?? [])
  return levels.sort((a, b) => a - b)[Math.floor(levels.length / 2)]!
}

function stateOf(date: UnixTime.UnixTime): string {
  const text = UnixTime.formatDate(date)
  if (text < '2012') return '2011-01'
  return text === '2022-07-12' ? '2022-06' : text.slice(0, 7)
}

function named([
  lean,
  leanByTenor,
  leanByVvix,
  bend,
  bendByTenor,
  bendBySkew,
  beyond,
]: readonly number[]): IndexSmile.Parameters {
  return {
    lean: lean!,
    leanByTenor: leanByTenor!,
    leanByVvix: leanByVvix!,
    bend: bend!,
    bendByTenor: bendByTenor!,
    bendBySkew: bendBySkew!,
    beyond: beyond!,
  }
}

// Relative errors of volatility, weighed by vega; slices of a state weigh the same, and so do states.
function shapeMisses(samples: readonly Sample[], parameters: IndexSmile.Parameters): number[] {
  const perState = new Map<string, number>()
  for (const { state } of samples) perState.set(state, (perState.get(state) ?? 0) + 1)
  return samples.flatMap(({ day, slice, state }) => {
    const traded = VarianceClock.elapsed(day.date, slice.years)
    const smile = IndexSmile.of(slice.modelFree, traded, day.indices, parameters)
    const used = slice.options.filter(({ delta }) => delta >= 0.01)
    const weights = used.map(({ delta }) => Math.sqrt(4 * delta * (1 - delta) + 0.05))
    const total = Math.sqrt(weights.reduce((sum, each) => sum + each ** 2, 0) * perState.get(state)!)
    return used.map(({ strike, volatility }, i) => {
      const k = Math.log(strike / slice.forward)
      return (weights[i]! / total) * (Math.sqrt(Smile.totalVariance(smile, k) / slice.years) / volatility - 1)
    })
  })
}

function meanError(samples: readonly Sample[], parameters: IndexSmile.Parameters): number {
  return Math.sqrt(shapeMisses(samples, parameters).reduce((sum, each) => sum + each ** 2, 0))
}

// Twins of one expiry, one settled in the morning and one at the close, differ by the session of a day. Variance of a day
// is that of the twin at the close over its trading days.
function clockOf(samples: readonly Sample[]) {
  const shares = samples.flatMap(({ day, slice }) => {
    const twin = samples.find(
      (each) => each.day === day && each.slice.expiry === slice.expiry && each.slice.settles === 'close',
    )
    if (slice.settles === 'close' || twin === undefined || slice.years > 45 / 365) return []
    const traded = VarianceClock.elapsed(day.date, twin.slice.years)
    return [1 - ((twin.slice.modelFree - slice.modelFree) / twin.slice.modelFree) * traded]
  })
  const closed = [0, 0.02, 0.04, 0.06, 0.08, 0.1, 0.15, 0.2, 0.3, 1].map((weight) => ({
    weight,
    roughness: roughness(samples, weight),
  }))
  const best = closed.reduce((a, b) => (b.roughness < a.roughness ? b : a))
  return { beforeOpening: mean(shares), twins: shares.length, closedDay: best.weight, roughness: closed }
}

// How far the variance of neighbouring expiries is from one rate a day, where a day without trade counts `weight`.
function roughness(samples: readonly Sample[], weight: number): number {
  const byDay = new Map<MarketDay, Sample[]>()
  for (const sample of samples)
    if (sample.slice.settles === 'close' && sample.slice.years < 36 / 365)
      byDay.set(sample.day, [...(byDay.get(sample.day) ?? []), sample])
  const misses = [...byDay.values()].flatMap((own) => {
    if (own.length < 8) return []
    const points = own.map(({ day, slice }) => {
      const days = Math.round(slice.years * 365)
      const open = TradingCalendar.tradingDaysBetween(day.date, slice.expiry)
      return { time: open + weight * (days - open), variance: slice.modelFree }
    })
    // A parabola through today: a level of the rate and its trend.
    const total = points.at(-1)!
    const { parameters } = leastSquares([1, 0], ([level, trend]) =>
      points.slice(1).map((point, i) => {
        const [from, to] = [points[i]!.time / total.time, point.time / total.time]
        const gained = (point.variance - points[i]!.variance) / total.variance
        return level! * (to - from) + trend! * (to ** 2 - from ** 2) - gained
      }),
    )
    const [level, trend] = parameters
    return points.slice(1).map((point, i) => {
      const [from, to] = [points[i]!.time / total.time, point.time / total.time]
      return (
        level! * (to - from) +
        trend! * (to ** 2 - from ** 2) -
        (point.variance - points[i]!.variance) / total.variance
      )
    })
  })
  return misses.reduce((sum, each) => sum + each ** 2, 0)
}

const otherTenors = [
  ['vix9d', 9],
  ['vix3m', 93],
  ['vix6m', 184],
] as const

function reversionOf([usual, speed]: readonly number[]) {
  return { usual: 0.2 * Math.exp(usual!), speed: 4 * Math.exp(speed!) }
}

function reversionMisses(days: readonly MarketDay[], parameters: readonly number[]): number[] {
  const reversion = reversionOf(parameters)
  return days.flatMap(({ vix, indices }) =>
    otherTenors.flatMap(([name, tenor]) => {
      const level = indices[name]
      return level === undefined
        ? []
        : [Math.log(reverting(vix.close / 100, tenor, reversion) / (level / 100))]
    }),
  )
}

function reversionErrors(
  days: readonly MarketDay[],
  reversion: { readonly usual: number; readonly speed: number },
) {
  return Object.fromEntries(
    otherTenors.map(([name, tenor]) => {
      const misses = days.flatMap(({ vix, indices }) => {
        const level = indices[name]
        return level === undefined
          ? []
          : [Math.log(reverting(vix.close / 100, tenor, reversion) / (level / 100))]
      })
      return [
        name,
        { mean: mean(misses), rms: Math.sqrt(mean(misses.map((each) => each ** 2))), days: misses.length },
      ]
    }),
  )
}

function dividendYields(folder: string) {
  const { strategies } = loadMarket(folder)
  const ends = strategies.filter(({ date, values }) => {
    return UnixTime.toCivil(date).month === 12 && values.sptr !== undefined && values.spx !== undefined
  })
  return Object.fromEntries(
    ends.slice(1).map(({ date, values }, i) => {
      const before = ends[i]!.values
      const ratio = values.sptr! / before.sptr! / (values.spx! / before.spx!)
      return [UnixTime.toCivil(date).year, 100 * Math.log(ratio)]
    }),
  )
}

function within(days: readonly MarketDay[], from: string, to: string): readonly MarketDay[] {
  return days.filter(({ date }) => date >= UnixTime.parse(from)! && date <= UnixTime.parse(to)!)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length
}

function print(what: string, value: unknown): void {
  const shorter = (_: string, each: unknown) =>
    typeof each === 'number' ? Number(each.toPrecision(3)) : each
  process.stdout.write(`${what} ${JSON.stringify(value, shorter)}\n`)
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) main(argv[2] ?? join(dataDir() ?? '.', 'market'))
