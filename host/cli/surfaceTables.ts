import {
  type Bias,
  isWithin,
  type Leg,
  type QuotesResult,
  type Range,
  type Within,
} from '@cutwater/engine/backtest/quotes/QuotesResult.ts'

/** A table with what it is of; cells as they are shown. */
export type SurfaceTable = {
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** what they come to, in a sentence */
  readonly sum?: string
}

/** What holding the surface against quotes came to, as tables for the terminal and for the page. */
export function surfaceTables(result: QuotesResult): readonly SurfaceTable[] {
  return [
    biasTable(
      'The surface of indices: modelled less quoted volatility, percentage points, by delta and days left: mean of market states ± standard error (mean without sign of options)',
      result.surface,
    ),
    biasTable('A smile fitted to the quotes themselves, the same: what is left is the form', result.fitted),
    strikeTable(result),
    withinTable(result),
    legTable(result),
  ]
}

/** Biases by delta, down, and by days left, across. */
export function biasTable(title: string, biases: readonly Bias[]): SurfaceTable {
  const tenors = [...new Set(biases.map(({ days }) => daysText(days)))]
  const sides = [...new Set(biases.map(sideText))]
  // Tenors come in order only where the first side has them all.
  tenors.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
  const rows = sides.map((side) => [
    side,
    ...tenors.map((tenor) => {
      const found = biases.find((each) => sideText(each) === side && daysText(each.days) === tenor)
      return found === undefined ? '' : biasText(found)
    }),
  ])
  return { title, head: ['delta', ...tenors.map((tenor) => `${tenor} days`)], rows, sum: sumOf(biases) }
}

// Where the method trades: from ten days to four months.
function sumOf(biases: readonly Bias[]): string {
  const traded = biases.filter(({ days: [from, to], error }) => from >= 10 && to <= 125 && error !== null)
  const beyond = traded.filter(({ mean, error }) => Math.abs(mean) > 2 * error!).length
  const over = (of: (each: Bias) => number) =>
    (traded.reduce((sum, each) => sum + of(each), 0) / Math.max(1, traded.length)).toFixed(2)
  return `Of ${traded.length} cells from 10 to 124 days ${beyond} are beyond two standard errors; in the mean a cell is ${over(({ mean }) => 100 * Math.abs(mean))} points off, and a single option ${over(({ apart }) => 100 * apart)}.`
}

function strikeTable({ strikes }: QuotesResult): SurfaceTable {
  const states = [...new Set(strikes.flatMap((each) => each.states.map(({ state }) => state)))]
  return {
    title:
      'Legs of a condor of about a month: the delta that quotes give to the strike at which the surface has 0.05 or 0.2, by market state, and in the mean ± standard error',
    head: ['leg', ...states, 'mean'],
    rows: strikes.map(({ kind, delta, states: own, mean, error }) => [
      `${kind} ${delta}`,
      ...states.map((name) => own.find(({ state }) => state === name)?.mean.toFixed(3) ?? ''),
      withError(mean.toFixed(3), error?.toFixed(3)),
    ]),
  }
}

function withinTable({ within }: QuotesResult): SurfaceTable {
  const names: Readonly<Record<Within['pricedBy'], string>> = {
    surface: 'the surface of indices',
    form: 'its form at the level of the quotes',
    fitted: 'a smile fitted to the quotes',
  }
  return {
    title:
      'Prices of these legs at the listed strikes next to them: how many within the quotes; how far off the middle in the mean, as a share of it, and half of the spread, the same',
    head: ['priced by', 'year', 'within', 'of', 'off the middle', 'half of the spread'],
    rows: within.map(({ pricedBy, year, within: count, legs, offMiddle, halfSpread }) => [
      names[pricedBy],
      year,
      String(count),
      String(legs),
      percent(offMiddle),
      percent(halfSpread),
    ]),
  }
}

function legTable({ legs }: QuotesResult): SurfaceTable {
  return {
    title:
      'Each of them: strike by the surface and by the quotes, the delta that quotes give to the first; the quote, our price, and by how many half-spreads it is off the middle, where that is outside',
    head: ['date', 'days', 'leg', 'strike', 'by quotes', 'its delta', 'quoted', 'priced', 'within'],
    rows: legs.map((leg) => [
      leg.date,
      String(leg.days),
      `${leg.kind} ${leg.delta}`,
      leg.strike.toFixed(0),
      leg.quotedStrike.toFixed(0),
      leg.quotedDelta.toFixed(3),
      `${leg.bid.toFixed(2)}-${leg.ask.toFixed(2)}`,
      leg.price.toFixed(2),
      withinText(leg),
    ]),
  }
}

/** The days on which calendar spreads are not to be believed, as a sentence. */
export function calendarText({ calendars: { days, faulty, nearestDays } }: QuotesResult): string {
  const from = nearestDays === null ? '' : `, all of them from the expiry of ${nearestDays} days on`
  return `On ${faulty} of ${days.toLocaleString('en-US')} days an option within three deviations of the money costs less at a later expiry${from}.`
}

/** Which chains were used, as a sentence. */
export function chainsText({ chains }: QuotesResult): string {
  const used = chains.filter(({ isAtClose }) => isAtClose)
  const others = chains.filter(({ isAtClose }) => !isAtClose).map(({ date }) => date)
  const apart = others.length === 0 ? '' : `; not of the close, and left out: ${others.join(', ')}`
  return `${used.length} chains, ${used.reduce((sum, { expiries }) => sum + expiries, 0)} expiries${apart}`
}

function withinText(leg: Leg): string {
  return isWithin(leg) ? 'yes' : signed(leg.away)
}

function sideText({ kind, delta: [from, to] }: Bias): string {
  return `${kind} ${from}-${to}`
}

function daysText([from, to]: Range): string {
  return `${Math.ceil(from)}-${to - 1}`
}

function biasText({ mean, error, apart }: Bias): string {
  const own = withError(signed(100 * mean), error === null ? undefined : (100 * error).toFixed(2))
  return `${own} (${(100 * apart).toFixed(2)})`
}

function withError(value: string, error: string | undefined): string {
  return error === undefined ? value : `${value} ± ${error}`
}

function signed(value: number): string {
  return `${value >= 0 ? '+' : '−'}${Math.abs(value).toFixed(2)}`
}

function percent(value: number): string {
  return `${(100 * value).toFixed(1)}%`
}
