import { join } from 'node:path'
import { argv } from 'node:process'
import { pathToFileURL } from 'node:url'
import type { IndexName, MarketDay } from '@cutwater/core/options/market/MarketDay.ts'
import * as TradingCalendar from '@cutwater/core/options/settlement/TradingCalendar.ts'
import * as Bow from '@cutwater/core/options/surface/Bow.ts'
import { smileOf } from '@cutwater/core/options/surface/fromChain.ts'
import * as IndexSmile from '@cutwater/core/options/surface/IndexSmile.ts'
import { leastSquares } from '@cutwater/core/options/surface/leastSquares.ts'
import * as Smile from '@cutwater/core/options/surface/Smile.ts'
import * as VarianceClock from '@cutwater/core/options/surface/VarianceClock.ts'
import { reverting } from '@cutwater/core/options/surface/varianceNodes.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import { mean } from '@cutwater/engine/backtest/figures.ts'
import * as Sample from '@cutwater/engine/backtest/quotes/Sample.ts'
import { dataDir } from '@cutwater/host/config/dataDir.ts'
import { loadMarket, tableNames } from '@cutwater/host/market/loadMarket.ts'
import { readChains } from '@cutwater/host/market/readChains.ts'

// The numbers behind core/options/surface, fitted once and printed with the errors of what was left out of the fit:
//
//   npx node scripts/fitSurface.ts [folder of markets]

export function samplesOf(folder: string): readonly Sample.Sample[] {
  const { days } = loadMarket(folder)
  const chains = readChains(join(folder, tableNames.chains))
  // The morning of 2022-07-12 tells of its own level, and no more of the market's states than June does.
  return Sample.ofChains(days, [...chains.values()]).map((each) =>
    each.state === '2022-07' ? { ...each, state: '2022-06' } : each,
  )
}

/** The form of smiles, fitted to what the chains say their own level is, with the bow of the same chains. */
export function fitShape(samples: readonly Sample.Sample[]): IndexSmile.Parameters {
  const bow = Bow.through(bowOf(samples).bow)
  const start = [0.55, 0.05, 0.5, -0.2, 0.1, 0.2]
  return named(leastSquares(start, (at) => shapeMisses(samples, named(at, bow))).parameters, bow)
}

/** What quotes have and their own SSVI smile has not, by knot: mean of states, and its standard error. */
export function bowOf(samples: readonly Sample.Sample[]) {
  const found = samples
    .filter(({ slice }) => slice.years >= 4 / 365)
    .map((sample) => ({ ...sample, own: ownMisses(sample) }))
  const states = [...new Set(samples.map(({ state }) => state))]
  const measured = Bow.knots.slice(1, -1).map((knot) => {
    const means = states.flatMap((state) => {
      const near = found.flatMap(({ own, ...each }) =>
        each.state === state
          ? [own.filter(({ x }) => Math.abs(x - knot) < 0.13).map(({ miss }) => miss)]
          : [],
      )
      const some = near.filter(({ length }) => length > 0)
      return some.length === 0 ? [] : [mean(some.map(mean))]
    })
    return { knot, value: mean(means), error: errorOf(means) }
  })
  // Beyond four deviations as slow a rise as leaves no butterfly; far above the money nothing.
  const four = measured[1]!.value
  const bow = [four + 0.1, four + 0.053, ...measured.slice(1).map(({ value }) => value), 0]
  return { bow, measured }
}

function ownMisses({ slice }: Sample.Sample) {
  const smile = smileOf(slice, Bow.none)
  return slice.options.flatMap(({ strike, bid, volatility }) => {
    const k = Math.log(strike / slice.forward)
    const miss = volatility / Smile.volatility(smile, k, slice.years) - 1
    return bid < 0.1 ? [] : [{ x: k / Math.sqrt(smile.theta), miss }]
  })
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
  print('Bow.fitted', bowOf(whole))
  print('IndexSmile.fitted', numbers(shape))
  for (const { state, skew, vvix, seen, unseen, without } of leftOut(whole))
    print(`  ${state} left out`, { skew, vvix, 'error, seen': seen, 'not seen': unseen, ...numbers(without) })
  print('VarianceClock', clockOf(samples))
  const { reversion, seen, unseen } = reversionStudy(days)
  print('varianceNodes.fittedReversion', reversion)
  print('  error of the logarithm, 2011-2017', seen)
  print('  and 2018 on', unseen)
  const early = within(days, '1990-01-02', '2010-12-31')
  print('IndexSmile.usual', { skew: medianOf(early, 'skew'), vvix: medianOf(early, 'vvix') })
  print('SpxForward.percentByYear', dividendYields(folder))
}

/** Each state by constants that were fitted with it, and without it: errors of volatility, relative, weighed by vega. */
export function leftOut(whole: readonly Sample.Sample[]) {
  const shape = fitShape(whole)
  return [...new Set(whole.map(({ state }) => state))].map((state) => {
    const own = whole.filter((each) => each.state === state)
    const without = fitShape(whole.filter((each) => each.state !== state))
    const { skew, vvix } = own[0]!.day.indices
    return { state, skew, vvix, seen: meanError(own, shape), unseen: meanError(own, without), without }
  })
}

/** What the VIX says of other tenors: fitted until 2017, and what that misses before and after. */
export function reversionStudy(days: readonly MarketDay[]) {
  const until2017 = within(days, '2011-01-04', '2017-12-29')
  const reversion = fitReversion(until2017)
  return {
    reversion,
    seen: reversionErrors(until2017, reversion),
    unseen: reversionErrors(within(days, '2018-01-02', '2099-12-31'), reversion),
  }
}

// Chains end at four tenths of the forward. Where a put there still has a price, its strip lacks what lies below.
export function isWhole({ slice }: Sample.Sample): boolean {
  return slice.options[0]!.bid <= 0.25
}

function medianOf(days: readonly MarketDay[], name: IndexName): number {
  const levels = days.flatMap((day) => day.indices[name] ?? [])
  return levels.sort((a, b) => a - b)[Math.floor(levels.length / 2)]!
}

function named(
  [lean, leanByTenor, leanByVvix, bend, bendByTenor, bendBySkew]: readonly number[],
  bow: Bow.Bow,
): IndexSmile.Parameters {
  return {
    lean: lean!,
    leanByTenor: leanByTenor!,
    leanByVvix: leanByVvix!,
    bend: bend!,
    bendByTenor: bendByTenor!,
    bendBySkew: bendBySkew!,
    bow,
  }
}

function numbers({ bow, ...parameters }: IndexSmile.Parameters) {
  return parameters
}

// Relative errors of volatility, weighed by vega; slices of a state weigh the same, and so do states.
function shapeMisses(samples: readonly Sample.Sample[], parameters: IndexSmile.Parameters): number[] {
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

function meanError(samples: readonly Sample.Sample[], parameters: IndexSmile.Parameters): number {
  return Math.sqrt(shapeMisses(samples, parameters).reduce((sum, each) => sum + each ** 2, 0))
}

// Twins of one expiry, one settled in the morning and one at the close, differ by the session of a day. Variance of a day
// is that of the twin at the close over its trading days.
function clockOf(samples: readonly Sample.Sample[]) {
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
function roughness(samples: readonly Sample.Sample[], weight: number): number {
  const byDay = new Map<MarketDay, Sample.Sample[]>()
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

function errorOf(values: readonly number[]): number {
  const middle = mean(values)
  return Math.sqrt(mean(values.map((each) => (each - middle) ** 2)) / (values.length - 1))
}

function print(what: string, value: unknown): void {
  const shorter = (_: string, each: unknown) =>
    typeof each === 'number' ? Number(each.toPrecision(3)) : each
  process.stdout.write(`${what} ${JSON.stringify(value, shorter)}\n`)
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) main(argv[2] ?? join(dataDir() ?? '.', 'market'))
