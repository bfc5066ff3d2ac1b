import type { UnixTime } from '../../units/UnixTime.ts'

/**
 * What passed within the last `windowSeconds`, in raw token units.
 *
 * Of a window with very many legs, those that passed close together are kept as one that passed when the last of them did:
 * the sum is then never too small, and a leg leaves it a little late.
 */
export type RollingSum = {
  readonly windowSeconds: number
  at: UnixTime[]
  units: number[]
  head: number
  sum: number
}

/** How many legs a window keeps one by one at most; of more, those of the same 85 s in six hours are put together. */
export const mostPieces = 512

export function create(windowSeconds: number): RollingSum {
  return { windowSeconds, at: [], units: [], head: 0, sum: 0 }
}

/** Adds a leg and returns the sum of the window that ends with it. */
export function add(rolling: RollingSum, units: number, at: UnixTime): number {
  const start = at - rolling.windowSeconds
  while (rolling.head < rolling.at.length && rolling.at[rolling.head]! < start) {
    rolling.sum -= rolling.units[rolling.head]!
    rolling.head += 1
  }
  if (rolling.head === rolling.at.length) clear(rolling)
  else if (rolling.head > 512 && 2 * rolling.head > rolling.at.length) compact(rolling)
  if (rolling.at.length - rolling.head >= mostPieces) join(rolling)
  rolling.at.push(at)
  rolling.units.push(units)
  rolling.sum += units
  return rolling.sum
}

// An empty window is exactly zero again: no rounding error outlives the legs that caused it.
function clear(rolling: RollingSum): void {
  rolling.at.length = 0
  rolling.units.length = 0
  rolling.head = 0
  rolling.sum = 0
}

// What passed in one of so many equal stretches of the window becomes one piece, at the time of its last leg.
function join(rolling: RollingSum): void {
  compact(rolling)
  const { at, units } = rolling
  const stretch = Math.max(1, rolling.windowSeconds / (mostPieces / 2))
  let pieces = 0
  for (let nth = 0; nth < at.length; nth++) {
    const isSame = pieces > 0 && Math.floor(at[nth]! / stretch) === Math.floor(at[pieces - 1]! / stretch)
    const piece = isSame ? pieces - 1 : pieces
    units[piece] = isSame ? units[piece]! + units[nth]! : units[nth]!
    at[piece] = at[nth]!
    pieces = piece + 1
  }
  at.length = pieces
  units.length = pieces
}

function compact(rolling: RollingSum): void {
  rolling.at = rolling.at.slice(rolling.head)
  rolling.units = rolling.units.slice(rolling.head)
  rolling.head = 0
}
