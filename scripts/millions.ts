/**
 * Dollars in millions with one or two digits that matter, as tables and pictures of large sums show them.
 *
 * @example
 * millions(159_577_684.91) // '$159.6M'
 * millions(61_400) // '$0.06M'
 * millions(0) // '$0'
 */
export function millions(dollars: number): string {
  if (dollars === 0) return '$0'
  return `$${(dollars / 1e6).toFixed(dollars >= 9.95e6 ? 1 : 2)}M`
}
