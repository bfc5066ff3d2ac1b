import { join } from 'node:path'
import { argv } from 'node:process'
import { pathToFileURL } from 'node:url'
import * as halfSpread from '@cutwater/core/options/costs/halfSpread.ts'
import * as OptionChain from '@cutwater/core/options/market/OptionChain.ts'
import type { Implied } from '@cutwater/core/options/surface/ChainSlice.ts'
import { leastSquares } from '@cutwater/core/options/surface/leastSquares.ts'
import type { Sample } from '@cutwater/engine/backtest/quotes/Sample.ts'
import { dataDir } from '@cutwater/host/config/dataDir.ts'
import { samplesOf } from './fitSurface.ts'

// The half-spreads behind core/options/costs/halfSpread.ts, and what they miss:
//
//   npx node scripts/fitHalfSpread.ts [folder of markets]

type Quote = {
  readonly quoted: halfSpread.Quoted
  readonly half: number
  readonly delta: number
  readonly state: string
}

const deltas = [0.005, 0.02, 0.07, 0.15, 0.3, 0.6]
const tenors = [0, 8, 21, 46, 101, 400]

export function quotesOf(samples: readonly Sample[]): readonly Quote[] {
  return samples.flatMap(({ day, slice, state }) =>
    slice.options
      .filter(({ bid, ask, delta }) => ask > bid && delta >= deltas[0]!)
      .map((option: Implied) => ({
        quoted: { date: day.date, spot: day.spx.close, mid: OptionChain.mid(option), years: slice.years },
        half: OptionChain.halfSpread(option),
        delta: option.delta,
        state,
      })),
  )
}

// The logarithm is fitted, without the floor, by the geometric mean; both times weigh the same.
export function powerLaw(quotes: readonly Quote[]): halfSpread.Parameters {
  const count = { early: quotes.filter(isEarly).length, late: quotes.filter((each) => !isEarly(each)).length }
  const rows = quotes.map((each) => {
    const { spot, mid, years } = each.quoted
    const scale = spot / 4_000
    const weight = 1 / Math.sqrt(isEarly(each) ? count.early : count.late)
    const [price, tenor] = [Math.log(mid / scale), Math.log(Math.max(years * 365, 1) / 30)]
    return { price, tenor, half: Math.log(each.half / scale), weight, isEarly: isEarly(each) }
  })
  const { parameters } = leastSquares([-1, -2.5, 0.4, 0.2], ([early, late, byPrice, byTenor]) =>
    rows.map(({ price, tenor, half, weight, isEarly }) => {
      return weight * ((isEarly ? early! : late!) + byPrice! * price + byTenor! * tenor - half)
    }),
  )
  const [early, late, byPrice, byTenor] = parameters
  return { in2011: Math.exp(early!), since2022: Math.exp(late!), byPrice: byPrice!, byTenor: byTenor! }
}

export function isEarly({ state }: Quote): boolean {
  return state === '2011-01'
}

function main(folder: string): void {
  const quotes = quotesOf(samplesOf(folder))
  const fitted = powerLaw(quotes)
  print(`halfSpread.fitted ${JSON.stringify(fitted)} (${quotes.length} quotes)`)
  for (const state of new Set(quotes.map((each) => each.state)))
    print(
      `  ${state}: quoted over modelled, median ${ratio(
        quotes.filter((each) => each.state === state),
        fitted,
      ).toFixed(2)}`,
    )
  for (const era of [isEarly, (each: Quote) => !isEarly(each)]) {
    print(
      `\n  quoted over modelled, median, by delta and days left${era === isEarly ? ', 2011' : ', 2022 and 2023'}`,
    )
    const head = tenors.slice(1).map((until, i) => `${tenors[i]}-${until - 1}`)
    print(`  ${['delta', ...head].map((each) => each.padStart(12)).join('')}`)
    const found = cellsOf(quotes.filter(era), fitted)
    for (const [i, until] of deltas.slice(1).entries()) {
      const cells = found[i]!.map((cell) => cell?.toFixed(2) ?? '')
      print(`  ${[`${deltas[i]}-${until}`, ...cells].map((each) => each.padStart(12)).join('')}`)
    }
  }
}

/** Quoted over modelled, the median, by delta and days left; undefined of fewer than five quotes. */
export function cellsOf(quotes: readonly Quote[], parameters: halfSpread.Parameters) {
  return deltas.slice(1).map((until, i) =>
    tenors.slice(1).map((most, t) => {
      const own = quotes.filter(
        ({ delta, quoted }) =>
          delta >= deltas[i]! &&
          delta < until &&
          quoted.years * 365 >= tenors[t]! &&
          quoted.years * 365 < most,
      )
      return own.length < 5 ? undefined : ratio(own, parameters)
    }),
  )
}

function ratio(quotes: readonly Quote[], parameters: halfSpread.Parameters): number {
  const ratios = quotes
    .map(({ quoted, half }) => half / halfSpread.spx(quoted, parameters))
    .sort((a, b) => a - b)
  return ratios[Math.floor(ratios.length / 2)]!
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) main(argv[2] ?? join(dataDir() ?? '.', 'market'))
