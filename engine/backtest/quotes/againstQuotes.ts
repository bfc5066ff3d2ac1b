import type { MarketDay } from '@cutwater/core/options/market/MarketDay.ts'
import type { OptionChain } from '@cutwater/core/options/market/OptionChain.ts'
import * as Black76 from '@cutwater/core/options/pricing/Black76.ts'
import { strikeOfDelta } from '@cutwater/core/options/pricing/strikeOfDelta.ts'
import type { ChainSlice, Implied } from '@cutwater/core/options/surface/ChainSlice.ts'
import { smileOf } from '@cutwater/core/options/surface/fromChain.ts'
import * as IndexSmile from '@cutwater/core/options/surface/IndexSmile.ts'
import * as Smile from '@cutwater/core/options/surface/Smile.ts'
import * as SpxSurface from '@cutwater/core/options/surface/SpxSurface.ts'
import * as VarianceClock from '@cutwater/core/options/surface/VarianceClock.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import { mean } from '../figures.ts'
import { calendarsOf } from './calendarsOf.ts'
import {
  type Bias,
  type ChainUsed,
  isWithin,
  type Leg,
  type QuotesResult,
  type Range,
  type StrikeBias,
  type Within,
} from './QuotesResult.ts'
import * as Sample from './Sample.ts'

/**
 * How far our prices of SPX options are from quotes of real chains: by delta and tenor, and at the legs of condors.
 *
 * Throws CHAINS_MISSING where no chain is of the close of a day on record.
 */
export function againstQuotes(days: readonly MarketDay[], chains: readonly OptionChain[]): QuotesResult {
  const all = Sample.ofChains(days, chains)
  const samples = all.filter(({ isAtClose }) => isAtClose)
  if (samples.length === 0) throw missing()
  const months = Sample.ofMonth(samples)
  return {
    chains: chainsOf(all),
    surface: biasesOf(samples, shipped),
    fitted: biasesOf(samples, ofQuotes),
    strikes: strikesOf(months),
    legs: months.flatMap((sample) => legs.map((leg) => legOf(sample, leg, shipped))),
    within: withinOf(months),
    calendars: calendarsOf(days),
  }
}

type Smiles = (sample: Sample.Sample) => Smile.Smile

/** The smiles of the indices of each day, by constants of its own. */
export function ofIndices(parameters: (sample: Sample.Sample) => IndexSmile.Parameters): Smiles {
  return (sample) =>
    SpxSurface.smile(SpxSurface.fromIndices(sample.day, parameters(sample)), sample.slice.years)
}

const shipped = ofIndices(() => IndexSmile.fitted)
const ofQuotes: Smiles = ({ slice }) => smileOf(slice)
/** the form of the indices at the level of the quotes: what is left when both are of the same moment */
const ofForm: Smiles = ({ day, slice }) =>
  IndexSmile.of(slice.modelFree, VarianceClock.elapsed(day.date, slice.years), day.indices)

const sides: readonly (readonly [Black76.Kind, Range])[] = [
  ['put', [0.01, 0.03]],
  ['put', [0.03, 0.08]],
  ['put', [0.08, 0.15]],
  ['put', [0.15, 0.25]],
  ['put', [0.25, 0.51]],
  ['call', [0.25, 0.51]],
  ['call', [0.15, 0.25]],
  ['call', [0.08, 0.15]],
  ['call', [0.03, 0.08]],
  ['call', [0.01, 0.03]],
]
const tenors: readonly Range[] = [
  [0.5, 4],
  [4, 10],
  [10, 24],
  [24, 37],
  [37, 65],
  [65, 125],
  [125, 400],
]

const legs = [
  { kind: 'put', delta: 0.05 },
  { kind: 'put', delta: 0.2 },
  { kind: 'call', delta: 0.2 },
  { kind: 'call', delta: 0.05 },
] as const

type Wanted = (typeof legs)[number]

function chainsOf(samples: readonly Sample.Sample[]): readonly ChainUsed[] {
  return [...new Set(samples.map(({ day }) => day.date))].map((date) => {
    const own = samples.filter(({ day }) => day.date === date)
    return { date: UnixTime.formatDate(date), expiries: own.length, isAtClose: own[0]!.isAtClose }
  })
}

/** By side, delta and tenor; without what fewer than five options tell. */
export function biasesOf(samples: readonly Sample.Sample[], smiles: Smiles): readonly Bias[] {
  const made = samples.map((sample) => ({ ...sample, smile: smiles(sample) }))
  return sides.flatMap(([kind, delta]) =>
    tenors.flatMap((days) => {
      const found = made.flatMap(({ slice, smile, state }) =>
        isIn(days, slice.years * 365)
          ? slice.options
              .filter((option) => option.kind === kind && isIn(delta, option.delta))
              .map(({ strike, volatility }) => ({
                state,
                value: volatilityAt(smile, slice, strike) - volatility,
              }))
          : [],
      )
      if (found.length < 5) return []
      const { mean: middle, error, means } = Sample.meanOfStates(found)
      const apart = mean(found.map(({ value }) => Math.abs(value)))
      return [{ kind, delta, days, options: found.length, states: means.length, mean: middle, error, apart }]
    }),
  )
}

function strikesOf(months: readonly Sample.Sample[]): readonly StrikeBias[] {
  return legs.map((leg) => {
    const found = months.map((sample) => ({
      state: sample.state,
      value: legOf(sample, leg, shipped).quotedDelta,
    }))
    const { mean: middle, error, means } = Sample.meanOfStates(found)
    return { ...leg, states: means, mean: middle, error }
  })
}

/** A leg at the strike that the surface of the day gives it, priced by one of the smiles. */
function legOf(sample: Sample.Sample, { kind, delta }: Wanted, smiles: Smiles): Leg {
  const { slice, day } = sample
  const market = marketOf(slice)
  const at = { kind, delta, forward: slice.forward, years: slice.years }
  const surface = shipped(sample)
  const strike = strikeOfDelta(at, (each) => volatilityAt(surface, slice, each))
  const listed = nearest(slice, kind, strike)
  const priced = { ...slice, kind, strike: listed.strike }
  const price = Black76.price({ ...priced, volatility: volatilityAt(smiles(sample), slice, listed.strike) })
  const quoted = { ...slice, kind, strike, volatility: market(strike), discount: 1 }
  return {
    date: UnixTime.formatDate(day.date),
    days: Math.round(slice.years * 365),
    kind,
    delta,
    strike,
    quotedStrike: strikeOfDelta(at, market),
    quotedDelta: Math.abs(Black76.greeks(quoted).delta),
    bid: listed.bid,
    ask: listed.ask,
    price,
    away: (price - (listed.bid + listed.ask) / 2) / ((listed.ask - listed.bid) / 2),
  }
}

function withinOf(months: readonly Sample.Sample[]): readonly Within[] {
  const ways = { surface: shipped, form: ofForm, fitted: ofQuotes } as const
  const years = [...new Set(months.map(({ state }) => state.slice(0, 4)))]
  return (Object.keys(ways) as (keyof typeof ways)[]).flatMap((pricedBy) =>
    years.map((year) => {
      const own = months.filter(({ state }) => state.startsWith(year))
      const found = own.flatMap((sample) => legs.map((leg) => legOf(sample, leg, ways[pricedBy])))
      const share = (of: (leg: Leg) => number) =>
        mean(found.map((leg) => of(leg) / ((leg.bid + leg.ask) / 2)))
      return {
        pricedBy,
        year,
        legs: found.length,
        within: found.filter(isWithin).length,
        offMiddle: share(({ price, bid, ask }) => Math.abs(price - (bid + ask) / 2)),
        halfSpread: share(({ bid, ask }) => (ask - bid) / 2),
      }
    }),
  )
}

// Volatility between quoted strikes is on the line between them.
function marketOf({ options }: ChainSlice): (strike: number) => number {
  return (strike) => {
    const above = options.find((option) => option.strike >= strike) ?? options.at(-1)!
    const below = options[options.indexOf(above) - 1] ?? above
    const share = above === below ? 0 : (strike - below.strike) / (above.strike - below.strike)
    return below.volatility + Math.max(0, Math.min(1, share)) * (above.volatility - below.volatility)
  }
}

function nearest({ options }: ChainSlice, kind: Black76.Kind, strike: number): Implied {
  return options
    .filter((option) => option.kind === kind)
    .reduce((a, b) => (Math.abs(b.strike - strike) < Math.abs(a.strike - strike) ? b : a))
}

function volatilityAt(smile: Smile.Smile, { forward, years }: ChainSlice, strike: number): number {
  return Smile.volatility(smile, Math.log(strike / forward), years)
}

function isIn([from, to]: Range, value: number): boolean {
  return value >= from && value < to
}

function missing(): CutwaterError {
  return new CutwaterError('CHAINS_MISSING', 'there is no chain of SPX options of a close on record', {
    right:
      'spx_option_chains.csv, or quote tables as Cboe publishes them, of days that the tables of levels have',
  })
}
