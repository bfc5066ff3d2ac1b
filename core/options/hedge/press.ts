import type { PressPolicy } from '../book/OptionsPolicy.ts'
import type { View } from '../view/View.ts'

/**
 * Whether the day meets the rules of the "cash press": VIX above its mean of 200 days, the front future dear against
 * realised volatility, and steep contango between the first two futures. False until there is enough past.
 */
export function isPressed(
  { day: { vix, futures }, facts, date }: View,
  { premium, contango }: PressPolicy,
): boolean {
  const { realised30, vixMean200 } = facts
  if (realised30 === undefined || vixMean200 === undefined || vix.close <= vixMean200) return false
  const first = futures.findIndex(({ expiry }) => expiry > date)
  const [front, second] = [futures[first], futures[first + 1]]
  if (front === undefined || second === undefined) return false
  return front.settle / 100 >= (1 + premium) * realised30 && second.settle >= (1 + contango) * front.settle
}
