/**
 * The sum of some numbers, added from the first to the last.
 *
 * @example
 * sum([1, 2, 3]) // 6
 * sum([]) // 0
 */
export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
