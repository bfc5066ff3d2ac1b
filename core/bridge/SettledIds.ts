/**
 * Which message ids of a route have been settled, in memory bounded by what is open.
 *
 * Whole-number ids are kept as closed ranges: every hole between two ranges is an open message, so there are
 * never more ranges than open messages and one. Other ids (hashes) are kept as a window of the newest.
 */
export type SettledIds = {
  /** first and last id of each range, ascending and apart */
  readonly starts: number[]
  readonly ends: number[]
  readonly recent: Set<string>
}

/** How many ids that are no whole numbers are remembered. */
export const recentLimit = 65_536

export function create(): SettledIds {
  return { starts: [], ends: [], recent: new Set() }
}

/**
 * The id as a whole number, or NaN when it is none.
 *
 * @example
 * SettledIds.numberOf('5078') // 5078
 */
export function numberOf(id: string): number {
  if (id.length > 15 || id.length === 0) return Number.NaN
  let value = 0
  for (let i = 0; i < id.length; i++) {
    const digit = id.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

export function add(settled: SettledIds, id: string, number: number): void {
  if (Number.isNaN(number)) addRecent(settled.recent, id)
  else addToRanges(settled, number)
}

export function has(settled: SettledIds, id: string, number: number): boolean {
  if (Number.isNaN(number)) return settled.recent.has(id)
  const range = rangeAtOrBelow(settled.starts, number)
  return range >= 0 && number <= settled.ends[range]!
}

function addRecent(recent: Set<string>, id: string): void {
  recent.add(id)
  if (recent.size <= recentLimit) return
  for (const oldest of recent) {
    recent.delete(oldest)
    return
  }
}

function addToRanges({ starts, ends }: SettledIds, id: number): void {
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
