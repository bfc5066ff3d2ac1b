import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { argv } from 'node:process'
import { pathToFileURL } from 'node:url'
import type { MarketDay } from '@cutwater/core/options/market/MarketDay.ts'
import { strikeOfDelta } from '@cutwater/core/options/pricing/strikeOfDelta.ts'
import * as VixVolatility from '@cutwater/core/options/surface/VixVolatility.ts'
import { mean } from '@cutwater/engine/backtest/figures.ts'
import { againstQuotes, biasesOf, ofIndices } from '@cutwater/engine/backtest/quotes/againstQuotes.ts'
import type * as Sample from '@cutwater/engine/backtest/quotes/Sample.ts'
import {
  biasTable,
  calendarText,
  chainsText,
  type SurfaceTable,
  surfaceTables,
} from '@cutwater/host/cli/surfaceTables.ts'
import { dataDir } from '@cutwater/host/config/dataDir.ts'
import { loadChains } from '@cutwater/host/market/loadChains.ts'
import { loadMarket } from '@cutwater/host/market/loadMarket.ts'
import { table, withTable } from './docFigures.ts'
import * as fitHalfSpread from './fitHalfSpread.ts'
import { isWhole, leftOut, reversionStudy, samplesOf } from './fitSurface.ts'
import * as fitVix from './fitVix.ts'

// The figures of docs/options-surface.md: the tables of `cutwater data surface`, the same by constants that have not seen the
// state they are judged by, and what the fits of the constants say.
//
//   npx node scripts/surfaceErrors.ts [folder of markets]             prints them
//   npx node scripts/surfaceErrors.ts [folder of markets] --write     puts them into the page

export const page = 'docs/options-surface.md'

/** What stands between the marks of the page. */
export function textOf(folder: string): string {
  const { days } = loadMarket(folder)
  const result = againstQuotes(days, loadChains(folder))
  const [surface, ...others] = surfaceTables(result).map(markdown)
  const samples = samplesOf(folder)
  const states = leftOut(samples.filter(isWhole))
  return [
    '### Against quotes: `cutwater data surface`',
    `${chainsText(result)}.`,
    surface,
    ...others,
    calendarText(result),
    '### The constants: `node scripts/fitSurface.ts`, `fitVix.ts`, `fitHalfSpread.ts`',
    ...stateTables(samples, states),
    reversionText(days),
    vixText(days),
    spreadText(samples),
  ].join('\n\n')
}

type States = ReturnType<typeof leftOut>

/** What is missed by constants fitted to the other states alone. */
function stateTables(samples: readonly Sample.Sample[], states: States): readonly string[] {
  const errors = {
    title:
      'Error of the volatilities of each state, weighed by vega, when the fit has seen it and when it has not',
    head: ['state', 'SKEW', 'VVIX', 'seen', 'not seen'],
    rows: [
      ...states.map(({ state, skew, vvix, seen, unseen }) => [
        state,
        skew!.toFixed(0),
        vvix!.toFixed(0),
        percent(seen),
        percent(unseen),
      ]),
      [
        'mean',
        '',
        '',
        percent(mean(states.map(({ seen }) => seen))),
        percent(mean(states.map(({ unseen }) => unseen))),
      ],
    ],
  }
  const fits = new Map(states.map(({ state, without }) => [state, without]))
  const biases = biasesOf(
    samples.filter(({ isAtClose }) => isAtClose),
    ofIndices(({ state }) => fits.get(state)!),
  )
  const title = 'The first table again, each state by constants fitted to the other five'
  return [markdown(errors), markdown(biasTable(title, biases))]
}

function reversionText(days: readonly MarketDay[]): string {
  const { vix9d, vix3m, vix6m } = reversionStudy(days).unseen
  const [nine, three, six] = [vix9d!, vix3m!, vix6m!].map(({ rms }) => percent(rms, 0))
  return `Where an index was not published the VIX stands in. On the days after 2017, which its fit had not seen, that misses VIX9D by ${nine}, VIX3M by ${three} and VIX6M by ${six} (root mean square of the logarithm).`
}

function vixText(days: readonly MarketDay[]): string {
  const scales = ([from, to]: readonly [string, string]) => {
    const decay = fitVix.fitDecay(fitVix.bucketsOf(fitVix.between(days, from, to)))
    return [110, 220].map((tenor) => VixVolatility.tenorScale(tenor / 365, decay).toFixed(2)).join(' and ')
  }
  const [all, before, after] = (
    [
      ['2006-01-03', '2023-12-29'],
      ['2006-01-03', '2014-12-31'],
      ['2015-01-02', '2023-12-29'],
    ] as const
  ).map(scales)
  const ratios = fitVix.tailHedgeRatios(days)
  return `VIX futures of 2006 to 2023 put volatility at 110 and 220 days at ${all} of that at thirty; those before 2015 at ${before}, those after at ${after}. The 0.30-delta call of a month stands at ${monthlyCall().toFixed(2)} of VVIX here, and at ${fitVix.median(ratios).toFixed(2)} in what Cboe's VIX Tail Hedge index was worth after the ${ratios.length} rolls that paid a point and a half or more.`
}

/** The volatility of the call that the VIX Tail Hedge index buys, over VVIX. */
function monthlyCall(): number {
  const [day, forward, years] = [{ indices: { vvix: 90 } }, 20, 30 / 365]
  const volatility = (strike: number) => VixVolatility.volatility(day, { years, strike, forward })!
  return volatility(strikeOfDelta({ kind: 'call', delta: 0.3, forward, years }, volatility)) / 0.9
}

function spreadText(samples: readonly Sample.Sample[]): string {
  const quotes = fitHalfSpread.quotesOf(samples)
  const fitted = fitHalfSpread.powerLaw(quotes)
  const cells = [true, false].flatMap((early) =>
    fitHalfSpread
      .cellsOf(
        quotes.filter((each) => fitHalfSpread.isEarly(each) === early),
        fitted,
      )
      .flat(),
  )
  const near = cells.filter((ratio) => ratio !== undefined && ratio < 4 / 3 && ratio > 3 / 4)
  return `Spreads of 2011 were ${(fitted.in2011 / fitted.since2022).toFixed(1)} times those of 2022 and 2023. Of ${cells.length} cells by delta, tenor and time, in ${near.length} the median of quoted over modelled is within a third.`
}

function markdown({ title, head, rows, sum }: SurfaceTable): string {
  return [`**${title}**`, table(head, rows), ...(sum === undefined ? [] : [sum])].join('\n\n')
}

function main(): void {
  const folder = argv.slice(2).find((each) => !each.startsWith('--')) ?? join(dataDir() ?? '.', 'market')
  const text = textOf(folder)
  if (argv.includes('--write')) writeFileSync(page, withTable(readFileSync(page, 'utf8'), text))
  else process.stdout.write(`${text}\n`)
}

function percent(value: number, digits = 1): string {
  return `${(100 * value).toFixed(digits)}%`
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) main()
