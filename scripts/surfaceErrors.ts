import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { argv } from 'node:process'
import { pathToFileURL } from 'node:url'
import type { Kind } from '@cutwater/core/options/pricing/Black76.ts'
import * as Black76 from '@cutwater/core/options/pricing/Black76.ts'
import { strikeOfDelta } from '@cutwater/core/options/pricing/strikeOfDelta.ts'
import { aim } from '@cutwater/core/options/surface/aim.ts'
import type { ChainSlice, Implied } from '@cutwater/core/options/surface/ChainSlice.ts'
import { smileOf } from '@cutwater/core/options/surface/fromChain.ts'
import * as IndexSmile from '@cutwater/core/options/surface/IndexSmile.ts'
import * as Smile from '@cutwater/core/options/surface/Smile.ts'
import * as SpxSurface from '@cutwater/core/options/surface/SpxSurface.ts'
import * as VarianceClock from '@cutwater/core/options/surface/VarianceClock.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import { dataDir } from '@cutwater/host/config/dataDir.ts'
import { table, withTable } from './docFigures.ts'
import { type Sample, samplesOf } from './fitSurface.ts'

// How far the surface of indices is from real chains: the tables of docs/options-surface.md.
//
//   npx node scripts/surfaceErrors.ts [folder of markets]             prints them
//   npx node scripts/surfaceErrors.ts [folder of markets] --write     puts them into the page

export const page = 'docs/options-surface.md'

type Case = { readonly kind: Kind; readonly from: number; readonly to: number }

const cases: readonly Case[] = [
  { kind: 'put', from: 0.01, to: 0.03 },
  { kind: 'put', from: 0.03, to: 0.08 },
  { kind: 'put', from: 0.08, to: 0.15 },
  { kind: 'put', from: 0.15, to: 0.25 },
  { kind: 'put', from: 0.25, to: 0.51 },
  { kind: 'call', from: 0.25, to: 0.51 },
  { kind: 'call', from: 0.15, to: 0.25 },
  { kind: 'call', from: 0.08, to: 0.15 },
  { kind: 'call', from: 0.03, to: 0.08 },
  { kind: 'call', from: 0.01, to: 0.03 },
]
const tenors = [0.5, 4, 10, 24, 37, 65, 125, 400]

type Smiles = (sample: Sample) => Smile.Smile

const ofIndices: Smiles = ({ day, slice }) => SpxSurface.smile(SpxSurface.fromIndices(day), slice.years)
const ofChain: Smiles = ({ slice }) => smileOf(slice)
/** the form of the indices, at the level of the quotes: what is left when both are of the same moment */
const ofForm: Smiles = ({ day, slice }) =>
  IndexSmile.of(slice.modelFree, VarianceClock.elapsed(day.date, slice.years), day.indices)

function errorTable(samples: readonly Sample[], smiles: Smiles): string {
  const made = samples.map((sample) => ({ ...sample, smile: smiles(sample) }))
  const rows = cases.map(({ kind, from, to }) => [
    `${kind} ${from}-${to}`,
    ...tenors.slice(1).map((until, i) => {
      const misses = made.flatMap(({ slice, smile }) => {
        if (slice.years * 365 < tenors[i]! || slice.years * 365 >= until) return []
        return slice.options
          .filter((option) => option.kind === kind && option.delta >= from && option.delta < to)
          .map((option) => 100 * (volatilityAt(smile, slice, option.strike) - option.volatility))
      })
      return misses.length < 5 ? '' : `${signed(mean(misses))} (${mean(misses.map(Math.abs)).toFixed(2)})`
    }),
  ])
  return table(
    ['delta', ...tenors.slice(1).map((until, i) => `${Math.ceil(tenors[i]!)}-${until - 1} days`)],
    rows,
  )
}

const legs = [
  { kind: 'put', delta: 0.05 },
  { kind: 'put', delta: 0.2 },
  { kind: 'call', delta: 0.2 },
  { kind: 'call', delta: 0.05 },
] as const

type Leg = (typeof legs)[number]

/** The delta that quotes give to the strike where the surface has the delta that is aimed at. */
function deltaFound({ slice }: Sample, smile: Smile.Smile, { kind }: Leg, aim: number): number {
  const option = { kind, delta: aim, forward: slice.forward, years: slice.years }
  const strike = strikeOfDelta(option, (at) => volatilityAt(smile, slice, at))
  return deltaAt(slice, kind, strike, marketOf(slice)(strike))
}

/** By leg: what the quotes say of the delta that was aimed at, mean of states; and by what the aim is to be multiplied. */
function biasTable(samples: readonly Sample[]): string {
  const months = monthsOf(samples)
  const states = [...new Set(months.map(({ state }) => state))]
  const rows = legs.map((leg) => {
    const found = (state: string, aim: number) =>
      mean(
        months
          .filter((sample) => sample.state === state)
          .map((sample) => deltaFound(sample, ofIndices(sample), leg, aim)),
      )
    const plain = states.map((state) => found(state, leg.delta))
    const corrected = states.map((state, i) => {
      const others = plain.filter((_, other) => other !== i)
      return found(state, leg.delta * (leg.delta / mean(others)))
    })
    const spread = Math.sqrt(mean(plain.map((each) => (each - mean(plain)) ** 2)) / (plain.length - 1))
    return [
      `${leg.kind} ${leg.delta}`,
      ...plain.map((each) => each.toFixed(3)),
      `${mean(plain).toFixed(3)} ± ${spread.toFixed(3)}`,
      mean(corrected).toFixed(3),
      (leg.delta / mean(plain)).toFixed(3),
    ]
  })
  return table(['leg', ...states, 'mean', 'corrected', 'aim ×'], rows)
}

/** Where the legs of a condor of a month stand by the surface, and by the market. */
function condorTable(samples: readonly Sample[], smiles: Smiles): string {
  const months = monthsOf(samples)
  const rows = months.flatMap((sample) => {
    const { slice, day } = sample
    const smile = smiles(sample)
    const market = marketOf(slice)
    return legs.map(({ kind, delta }) => {
      const option = { kind, delta, forward: slice.forward, years: slice.years }
      const modelled = strikeBy(smile, sample, { kind, delta })
      const real = strikeOfDelta(option, (strike) => market(strike))
      const { bid, ask, strike } = nearest(slice, kind, modelled)
      const price = priceAt(slice, kind, strike, volatilityAt(smile, slice, strike))
      return [
        UnixTime.formatDate(day.date),
        String(Math.round(slice.years * 365)),
        `${kind} ${delta}`,
        modelled.toFixed(0),
        real.toFixed(0),
        `${signed((100 * (modelled - real)) / slice.forward)}%`,
        deltaAt(slice, kind, modelled, market(modelled)).toFixed(3),
        `${bid.toFixed(2)}-${ask.toFixed(2)}`,
        price.toFixed(2),
        price >= bid && price <= ask ? 'yes' : `${signed((price - (bid + ask) / 2) / ((ask - bid) / 2))}`,
      ]
    })
  })
  const head = [
    'date',
    'days',
    'leg',
    'strike',
    'by quotes',
    'apart',
    'its delta',
    'quoted',
    'priced',
    'within',
  ]
  return table(head, rows)
}

/** The strike of a leg as the book finds it: on the smile, at the delta that is aimed at. */
function strikeBy(
  smile: Smile.Smile,
  { slice }: Sample,
  { kind, delta }: Pick<Leg, 'kind' | 'delta'>,
): number {
  const option = { kind, delta: aim(kind, delta), forward: slice.forward, years: slice.years }
  return strikeOfDelta(option, (strike) => volatilityAt(smile, slice, strike))
}

/** How many legs are priced within their quotes at the strikes of the book, and how far the others are outside of them. */
function withinTable(samples: readonly Sample[]): string {
  const months = monthsOf(samples)
  const rows = Object.entries({
    'the surface of indices': ofIndices,
    'its form at the level of the quotes': ofForm,
    'a smile fitted to the quotes': ofChain,
  }).map(([name, smiles]) => {
    const found = months.flatMap((sample) => {
      const { slice } = sample
      return legs.map((leg) => {
        const strike = strikeBy(ofIndices(sample), sample, leg)
        const { bid, ask, strike: listed } = nearest(slice, leg.kind, strike)
        const price = priceAt(slice, leg.kind, listed, volatilityAt(smiles(sample), slice, listed))
        return {
          state: sample.state,
          away: Math.abs(price - (bid + ask) / 2),
          half: (ask - bid) / 2,
          mid: (bid + ask) / 2,
        }
      })
    })
    const share = (all: typeof found) =>
      `${all.filter(({ away, half }) => away <= half + 1e-9).length} of ${all.length}`
    return [
      name,
      share(found.filter(({ state }) => state < '2022')),
      share(found.filter(({ state }) => state >= '2022')),
      `${(100 * mean(found.map(({ away, mid }) => away / mid))).toFixed(1)}%`,
      `${(100 * mean(found.map(({ half, mid }) => half / mid))).toFixed(1)}%`,
    ]
  })
  return table(
    ['priced by', 'within, 2011', 'within, since 2022', 'off the middle', 'half of the spread'],
    rows,
  )
}

// The expiry nearest to thirty days of each date, if it is within sixteen.
function monthsOf(samples: readonly Sample[]): readonly Sample[] {
  const best = new Map<number, Sample>()
  const distance = ({ slice }: Sample) => Math.abs(slice.years * 365 - 30)
  for (const sample of samples) {
    const before = best.get(sample.day.date)
    if (distance(sample) <= 16 && (before === undefined || distance(sample) < distance(before)))
      best.set(sample.day.date, sample)
  }
  return [...best.values()]
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

function nearest({ options }: ChainSlice, kind: Kind, strike: number): Implied {
  return options
    .filter((option) => option.kind === kind)
    .reduce((a, b) => (Math.abs(b.strike - strike) < Math.abs(a.strike - strike) ? b : a))
}

function volatilityAt(smile: Smile.Smile, { forward, years }: ChainSlice, strike: number): number {
  return Smile.volatility(smile, Math.log(strike / forward), years)
}

function priceAt(
  { forward, years, discount }: ChainSlice,
  kind: Kind,
  strike: number,
  volatility: number,
): number {
  return Black76.price({ kind, forward, years, discount, strike, volatility })
}

function deltaAt({ forward, years }: ChainSlice, kind: Kind, strike: number, volatility: number): number {
  return Math.abs(Black76.greeks({ kind, forward, years, strike, volatility, discount: 1 }).delta)
}

/** What stands between the marks of the page. */
export function textOf(folder: string): string {
  const samples = samplesOf(folder).filter(({ isAtClose }) => isAtClose)
  return [
    '**The surface of indices**: modelled less quoted volatility, percentage points, mean (and mean without sign), by delta and days left.',
    errorTable(samples, ofIndices),
    '**A smile fitted to the quotes themselves** (`fromChain`), the same: what is left is the form, not the level.',
    errorTable(samples, ofChain),
    '**Legs of a condor of about a month**: the delta that the quotes give to the strike at which the surface has 0.05 or 0.20, by market state and in the mean; corrected: each state with the aim that the other states ask for.',
    biasTable(samples),
    '**Prices of these legs** against their quotes, at the strikes that the book takes with its aim; off the middle in the mean, as a share of it.',
    withinTable(samples),
    '**Each of them**: strike by surface with the aim, and by quotes; the quote at the nearest strike and the price the surface gives it, with its distance from the middle in half-spreads where it lies outside.',
    condorTable(samples, ofIndices),
  ].join('\n\n')
}

function main(): void {
  const folder = argv.slice(2).find((each) => !each.startsWith('--')) ?? join(dataDir() ?? '.', 'market')
  const text = textOf(folder)
  if (argv.includes('--write')) writeFileSync(page, withTable(readFileSync(page, 'utf8'), text))
  else process.stdout.write(`${text}\n`)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length
}

function signed(value: number): string {
  return `${value >= 0 ? '+' : '−'}${Math.abs(value).toFixed(2)}`
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) main()
