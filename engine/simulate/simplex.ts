import type { Weights } from '@cutwater/core/ladder/Weights.ts'

/**
 * Every split of a whole over three layers in equal steps, near first.
 *
 * @param steps whole number, 1 or more
 *
 * @example
 * simplex(2).length // 6
 * simplex(10).length // 66
 */
export function simplex(steps: number): readonly Weights[] {
  const splits: Weights[] = []
  for (let near = steps; near >= 0; near--) {
    for (let mid = steps - near; mid >= 0; mid--) {
      splits.push({ near: near / steps, mid: mid / steps, far: (steps - near - mid) / steps })
    }
  }
  return splits
}
