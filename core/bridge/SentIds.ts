import { noKey } from './MessageId.ts'
import * as Recent from './Recent.ts'

/**
 * Which message ids a source has sent on a route, in little memory: of these, whatever is not open is settled.
 *
 * Whole-number ids are kept as closed ranges. A source numbers its messages in a row, so there are no more ranges
 * than holes in its numbering, and one. Other ids (hashes) are kept as a window of the newest.
 */
export type SentIds = {
  /** first and last id of each range, ascending and apart */
  readonly starts: number[]
  readonly ends: number[]
  readonly recent: Recent.Recent<true>
}

/** How many ids that are no whole numbers are remembered. */
export const recentLimit = 65_536

export function create(): SentIds {
  return { starts: [], ends: [], recent: Recent.create(recentLimit) }
}

/** @param key of the id, by `MessageId.keyOf` */
export function add(sent: SentIds, id: string, key: number): void {
  if (key > noKey) addToRanges(sent, key)
  else Recent.set(sent.recent, id, true)
}

/** @param key of the id, by `MessageId.keyOf` */
export function has(sent: SentIds, id: string, key: number): boolean {
  if (key <= noKey) return sent.recent.values.has(id)
  const range = rangeAtOrBelow(sent.starts, key)
  return range >= 0 && key <= sent.ends[range]!
}

/** The largest whole-number id, -1 before there is one. */
export function newest({ ends }: SentIds): number {
  return ends.at(-1) ?? -1
}

function addToRanges({ starts, ends }: SentIds, id: number): void {
  const range = rangeAtOrBelow(starts, id)
  if (range >= 0 && id <= ends[range]!) return
  const joinsBelow = range >= 0 && ends[range] === id - 1
  const joinsAbove = starts[range + 1] === id + 1
  if (joinsBelow && joinsAbove) {
    ends[range] = ends[range + 1]!
    starts.splice(range + 1, 1)
    ends.splice(range + 1, 1)
  } else if (joinsBelow) ends[range] = id
  else if (joinsAbove) starts[range + 1] = id
  else {
    starts.splice(range + 1, 0, id)
    ends.splice(range + 1, 0, id)
  }
}

function rangeAtOrBelow(starts: readonly number[], id: number): number {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (starts[middle]! <= id) low = middle + 1
    else high = middle
  }
  return low - 1
}
