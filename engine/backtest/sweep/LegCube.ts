import * as Account from '@cutwater/core/options/account/Account.ts'
import type { Option } from '@cutwater/core/options/account/Instrument.ts'
import { payoff } from '@cutwater/core/options/account/Instrument.ts'
import { leastCredit, maxLossCents, netCredit } from '@cutwater/core/options/book/condors.ts'
import { gate } from '@cutwater/core/options/book/gate.ts'
import type { OptionsPolicy } from '@cutwater/core/options/book/OptionsPolicy.ts'
import { commissionOf, priceOf } from '@cutwater/core/options/book/trade.ts'
import { legs } from '@cutwater/core/options/condor/Condor.ts'
import { deltaCondor } from '@cutwater/core/options/condor/deltaCondor.ts'
import * as Expiries from '@cutwater/core/options/view/Expiries.ts'
import { middle, quote } from '@cutwater/core/options/view/quote.ts'
import type { View } from '@cutwater/core/options/view/View.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import * as Usd from '@cutwater/core/units/Usd.ts'
import type { Itinerary } from './Itinerary.ts'

/**
 * What parameter sets have in common over one history, computed when the first of them asks: the marks of each leg, the
 * condors that could be opened each day, the days on which a gate is shut.
 */
export type LegCube = {
  readonly views: readonly View[]
  /** what cash grows by on each day, for each of the rates that were in force */
  readonly interest: Float64Array
  readonly marks: Map<string, LegMarks>
  readonly cells: Map<string, (Cell | undefined)[]>
  readonly openings: Map<string, Openings>
  readonly candidates: Map<string, Float64Array>
  readonly itineraries: Map<string, Itinerary>
}

/** What a leg is marked at, cents by day, from the first day that was asked for to its last. */
type LegMarks = { readonly from: number; readonly values: Float64Array }

/** One condor that could be opened on one day, in cents for each condor. */
export type Cell = {
  /** what opening brings in */
  readonly credit: Usd.Usd
  readonly commission: Usd.Usd
  readonly maxLoss: Usd.Usd
  /** at the close of the day it is opened and of each day after */
  readonly marks: Float64Array
  /** the day it is paid out, as an index into the views; past the last for one still open */
  readonly end: number
  /** what is paid out; below 0 when it costs */
  readonly payoff: Usd.Usd
}

/** A cube over the days of a backtest, with nothing in it yet. */
export function create(views: readonly View[]): LegCube {
  const interest = new Float64Array(views.length)
  for (let i = 1; i < views.length; i++) {
    const years = (views[i]!.date - views[i - 1]!.date) / (365 * UnixTime.day)
    interest[i] = Math.expm1(views[i - 1]!.day.billYield * years)
  }
  return {
    views,
    interest,
    marks: new Map(),
    cells: new Map(),
    openings: new Map(),
    candidates: new Map(),
    itineraries: new Map(),
  }
}

/**
 * Whether a policy's sets can be told apart by condors alone: monthly condors that are held to expiry, without ladder, two
 * at most, and no two expiries in reach on one day.
 */
export function fits({ condor, hedge, shift }: OptionsPolicy): boolean {
  const isAlone = condor.style === 'delta' && !hedge.on && !shift.on
  return isAlone && condor.maxOpen <= 2 && condor.days.most - condor.days.least < 27
}

/** What two policies have in common when they trade on the same days, whatever their size. */
export function scheduleOf({ condor, gate, costs }: OptionsPolicy): string {
  const { shortDelta, wing, widen, strikeStep, days, maxOpen } = condor
  return JSON.stringify([shortDelta, wing, widen, strikeStep, days, maxOpen, gate, costs])
}

/** For each day the expiry that a new condor would have; 0 where none is in reach. */
export function candidatesOf(
  { views, candidates }: LegCube,
  { condor: { days } }: OptionsPolicy,
): Float64Array {
  return once(candidates, `${days.least}-${days.most}`, () =>
    Float64Array.from(views, (view) => Expiries.monthlySpx(view, days.least, days.most)[0] ?? 0),
  )
}

/**
 * On which days a condor may be opened, as steps from any day to the next such day; the number of days where there is none.
 */
export type Openings = {
  /** the first at or after this day */
  readonly from: Int32Array
  /** the first after this day whose expiry is another than this day's */
  readonly other: Int32Array
}

/** The openings that an expiry in reach and the gate leave to a policy. */
export function openingsOf(cube: LegCube, policy: OptionsPolicy): Openings {
  const key = JSON.stringify([policy.gate, policy.condor.days, policy.condor.style, policy.condor.tier])
  return once(cube.openings, key, () => {
    const { views } = cube
    const expiries = candidatesOf(cube, policy)
    const from = new Int32Array(views.length + 1).fill(views.length)
    const other = new Int32Array(views.length).fill(views.length)
    for (let i = views.length - 1; i >= 0; i--) {
      const isOpen = expiries[i] !== 0 && gate(policy, views[i]!, expiries[i]!) === undefined
      other[i] = nextOther(i, from[i + 1]!, expiries, other)
      from[i] = isOpen ? i : from[i + 1]!
    }
    return { from, other }
  })
}

// The next opening, or, where it has the same expiry, what that one leads to.
function nextOther(i: number, next: number, expiries: Float64Array, other: Int32Array): number {
  return next < expiries.length && expiries[next] === expiries[i] ? other[next]! : next
}

/** The condors of a policy by day; filled by `cell`. */
export function cellsOf({ cells, views }: LegCube, { condor, costs }: OptionsPolicy): (Cell | undefined)[] {
  const { shortDelta, wing, widen, strikeStep, days } = condor
  return once(
    cells,
    JSON.stringify([shortDelta, wing, widen, strikeStep, days, costs]),
    () => new Array(views.length),
  )
}

/** The condor of a policy that could be opened on day `i`; one without a loss to size by where it has no quote or too little credit. */
export function cell(cube: LegCube, policy: OptionsPolicy, i: number): Cell {
  const view = cube.views[i]!
  const condor = deltaCondor(view, candidatesOf(cube, policy)[i]!, 'open', policy.condor)
  const credit = condor && netCredit(policy, view, condor)
  if (condor === undefined || credit === undefined || credit < leastCredit(policy)) return noCell
  const end = indexFrom(cube.views, condor.expiry)
  const all = legs(condor)
  const marks = new Float64Array(Math.min(end, cube.views.length) - i)
  let [taken, commission, paid] = [0, 0, 0]
  for (const { instrument, sign } of all) {
    const quoted = quote(view, instrument)!
    taken -= sign * Account.centsOf(instrument, priceOf(quoted, sign, policy.costs.spreadPaid.condor))
    commission += Usd.fromDollars(commissionOf(instrument, policy.costs.commission))
    const own = marksOf(cube, instrument, i, i + marks.length)
    for (let day = 0; day < marks.length; day++) marks[day]! += sign * own[day]!
    const settled = cube.views[end]?.day.spx.open
    if (settled !== undefined) paid += sign * Account.centsOf(instrument, payoff(instrument, settled))
  }
  return { credit: taken, commission, maxLoss: maxLossCents(condor, credit), marks, end, payoff: paid }
}

// A leg is marked once for each day, whatever the number of condors that have it.
function marksOf({ marks, views }: LegCube, option: Option, from: number, to: number): Float64Array {
  const known = marks.get(option.id)
  if (known !== undefined && known.from <= from) return known.values.subarray(from - known.from)
  const values = new Float64Array(to - from)
  const until = known?.from ?? to
  for (let i = from; i < until; i++) values[i - from] = Account.centsOf(option, middle(views[i]!, option)!)
  if (known !== undefined) values.set(known.values, until - from)
  marks.set(option.id, { from, values })
  return values
}

function indexFrom(views: readonly View[], date: UnixTime.UnixTime): number {
  let low = 0
  let high = views.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (views[middle]!.date < date) low = middle + 1
    else high = middle
  }
  return low
}

/** No condor at all. */
export const noCell: Cell = {
  credit: 0,
  commission: 0,
  maxLoss: 0,
  marks: new Float64Array(0),
  end: 0,
  payoff: 0,
}

/** What is kept under a key, made when it is first asked for. */
export function once<Value>(kept: Map<string, Value>, key: string, make: () => Value): Value {
  const found = kept.get(key)
  if (found !== undefined) return found
  const made = make()
  kept.set(key, made)
  return made
}
