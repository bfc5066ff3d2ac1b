import type { UnixTime } from '../../units/UnixTime.ts'

/** What passed within the last `windowSeconds`, in raw token units. */
export type RollingSum = {
  readonly windowSeconds: number
  at: UnixTime[]
  units: number[]
  head: number
  sum: number
}

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

function compact(rolling: RollingSum): void {
  rolling.at = rolling.at.slice(rolling.head)
  rolling.units = rolling.units.slice(rolling.head)
  rolling.head = 0
}
