import type { Action } from '../ladder/Decision.ts'
import * as Layer from '../ladder/Layer.ts'
import { hour, type UnixTime } from '../units/UnixTime.ts'
import { toDollars } from '../units/Usd.ts'
import type { BridgeBook } from './BridgeBook.ts'
import type { Move } from './Output.ts'
import { breakEven } from './signals/Capital.ts'
import * as Measures from './signals/Measures.ts'

/**
 * Moving money on chain costs a transaction and an auction a premium: the treasury moves where a weight is off by two
 * hundredths, no sooner than an hour after it was asked to; cover is raised where a tenth of it is missing, and an
 * auction has a quarter of a day to end.
 */
export const friction = { leastWeight: 0.02, tiltSeconds: hour, leastCover: 0.1, raiseSeconds: 6 * hour }

/** When the treasury was last asked to move, and cover to be raised. */
export type Asked = { tiltedAt: UnixTime; raisedAt: UnixTime }

export function create(): Asked {
  return { tiltedAt: Number.NEGATIVE_INFINITY, raisedAt: Number.NEGATIVE_INFINITY }
}

/**
 * What is to be moved on chain so that money stands where the ladder has put it: the treasury towards the weights, and
 * the cover that is missing once security costs more than WACC − yield, or stress has tilted the ladder to bond.
 *
 * Only what is read of the treasury and of cover is acted upon: a bridge that reads neither moves nothing.
 */
export function rebalance(book: BridgeBook, at: UnixTime): readonly Action[] {
  if (book.catalog.bridge.treasury === undefined) return []
  return [...tiltTreasury(book, at), ...raiseCover(book, at)]
}

function tiltTreasury(book: BridgeBook, at: UnixTime): readonly Action[] {
  if (at - book.asked.tiltedAt < friction.tiltSeconds) return []
  const held = Layer.layers.map((layer) => Measures.read(book.measures, 'layerWeight', layer, at))
  const off = held.map((each, nth) =>
    each.known ? Math.abs(each.value - book.weights[Layer.layers[nth]!]) : 0,
  )
  if (held.some((each) => !each.known) || Math.max(...off) < friction.leastWeight) return []
  book.asked.tiltedAt = at
  const furthest = Layer.layers[off.indexOf(Math.max(...off))]!
  const because = `the treasury is ${percent(Math.max(...off))} off the ladder in its ${furthest} layer`
  return put(
    book,
    at,
    { kind: 'tilt', weights: book.weights },
    'move the treasury towards the ladder',
    because,
  )
}

function raiseCover(book: BridgeBook, at: UnixTime): readonly Action[] {
  const because = needOf(book)
  if (because === null || at - book.asked.raisedAt < friction.raiseSeconds) return []
  const all = Measures.readAll(book.measures, 'cover', at)
  let inForce = 0
  for (const { answer } of all) {
    // Cover in doubt is neither there nor missing.
    if (!answer.known) return []
    inForce += answer.value
  }
  const wanted = toDollars(book.protection.coverUsd)
  const missing = Math.floor((wanted - inForce) / 1_000) * 1_000
  if (all.length === 0 || !(missing > 0) || missing < friction.leastCover * wanted) return []
  book.asked.raisedAt = at
  const what = `raise $${missing.toLocaleString('en-US')} of cover by auction`
  return put(book, at, { kind: 'raiseCover', dollars: missing }, what, because)
}

function needOf({ readings, weights, policy }: BridgeBook): string | null {
  const gap = readings.find(({ name }) => name === breakEven.name)?.value
  if (gap !== undefined && gap > 0) return `security costs ${percent(gap)} a year more than WACC − yield`
  if (weights.mid - policy.base.mid < friction.leastWeight) return null
  return `stress has tilted the ladder to bond, ${percent(weights.mid)} of it`
}

function put(book: BridgeBook, at: UnixTime, move: Move, what: string, because: string): readonly Action[] {
  book.out.push({ type: 'rebalance', move, at, because })
  return [{ what, because }]
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`
}
