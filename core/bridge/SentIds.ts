import { noKey } from './MessageId.ts'
import * as Recent from './Recent.ts'

/**
 * Which message ids a source has sent on a route, in little memory: of these, whatever is not open is settled.
 *
 * Whole-number ids are kept as ranges. A source numbers its messages in a row, so there are no more ranges than
 * holes in its numbering, and one; where it numbers many routes together, the holes between the oldest are forgotten.
 * Other ids (hashes) are kept as a window of the newest.
 */
export type SentIds = {
  /** ascending: the first id of each range and the first after it, so an odd number is at or below an id that was sent */
  readonly bounds: number[]
  readonly recent: Recent.Recent
}

/** How many ids that are no whole numbers, and how many ranges, are remembered, unless it is told otherwise. */
export const recentLimit = 65_536

export function create(most = recentLimit): SentIds {
  return { bounds: [], recent: Recent.create(most) }
}

/** @param key of the id, by `MessageId.keyOf` */
export function add(sent: SentIds, id: string, key: number): void {
  if (key <= noKey) {
    Recent.add(sent.recent, id)
    return
  }
  addNumber(sent.bounds, key)
  if (sent.bounds.length > 2 * sent.recent.limit) forgetHoles(sent)
}

// An id in a hole that is forgotten is called settled and not unknown: it alarms all the same. Half at a time, so that
// the long list is not moved for each message.
function forgetHoles({ bounds, recent }: SentIds): void {
  bounds.splice(1, 2 * Math.ceil(recent.limit / 2))
}

/** @param key of the id, by `MessageId.keyOf` */
export function has(sent: SentIds, id: string, key: number): boolean {
  if (key <= noKey) return Recent.placeOf(sent.recent, id) !== undefined
  return isWithin(countAtOrBelow(sent.bounds, key))
}

/** The largest whole-number id, -1 before there is one. */
export function newest({ bounds }: SentIds): number {
  return (bounds.at(-1) ?? 0) - 1
}

function addNumber(bounds: number[], id: number): void {
  const at = countAtOrBelow(bounds, id)
  if (isWithin(at)) return
  const joinsBelow = at > 0 && bounds[at - 1] === id
  const joinsAbove = bounds[at] === id + 1
  if (joinsBelow && joinsAbove) bounds.splice(at - 1, 2)
  else if (joinsBelow) bounds[at - 1] = id + 1
  else if (joinsAbove) bounds[at] = id
  else bounds.splice(at, 0, id, id + 1)
}

function isWithin(countAtOrBelow: number): boolean {
  return countAtOrBelow % 2 === 1
}

function countAtOrBelow(bounds: readonly number[], id: number): number {
  let low = 0
  let high = bounds.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (bounds[middle]! <= id) low = middle + 1
    else high = middle
  }
  return low
}
