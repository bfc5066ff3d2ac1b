import type { UnixTime } from '../../units/UnixTime.ts'
import type { CondorPolicy } from '../book/OptionsPolicy.ts'
import { quote } from '../view/quote.ts'
import type { View } from '../view/View.ts'
import * as Condor from './Condor.ts'
import { onGrid } from './deltaCondor.ts'
import { edr } from './edr.ts'

/**
 * The house rule's condor (R10, R11): short strikes at the tier's distance in expected daily ranges, then one side after
 * the other moved by one strike until the credit at the middle of the quotes meets the tier's.
 *
 * Too much credit moves strikes out, as far as the credit still reaches; too little moves them in, until it does or
 * they stand beside the spot. Undefined where there are no quotes.
 */
export function creditCondor(view: View, expiry: UnixTime, policy: CondorPolicy): Condor.Condor | undefined {
  const { tier, strikeStep: step } = policy
  const target = policy.credit[tier]
  const { close } = view.day.spx
  const reach = close * edr(view, policy.edr) * policy.distance[tier]
  const wing = Math.max(step, onGrid(policy.wing.value * (1 + policy.widen * view.facts.timeValueRank), step))
  const at = (putShort: number, callShort: number): Condor.Condor => ({
    putWing: putShort - wing,
    putShort,
    callShort,
    callWing: callShort + wing,
    expiry,
    settles: 'close',
  })
  const nearestPut = Math.floor((close - 1e-9) / step) * step
  const nearestCall = Math.ceil((close + 1e-9) / step) * step
  let condor = at(
    Math.min(nearestPut, onGrid(close - reach, step)),
    Math.max(nearestCall, onGrid(close + reach, step)),
  )
  let credit = creditOf(view, condor)
  if (credit === undefined) return undefined
  const direction = credit > target ? 1 : -1
  for (let move = 0; move < mostMoves; move++) {
    const isPut = move % 2 === 0
    const putShort = isPut ? condor.putShort - direction * step : condor.putShort
    const callShort = isPut ? condor.callShort : condor.callShort + direction * step
    if (putShort > nearestPut || callShort < nearestCall) {
      // One side stands beside the spot; the other may still come closer.
      if (condor.putShort >= nearestPut && condor.callShort <= nearestCall) break
      continue
    }
    const next = at(putShort, callShort)
    const nextCredit = creditOf(view, next)
    if (nextCredit === undefined || (direction > 0 && nextCredit < target)) break
    condor = next
    credit = nextCredit
    if (direction < 0 && credit >= target) break
  }
  return condor
}

/** What a condor brings in at the middle of its quotes, dollars per share; undefined without quotes. */
export function creditOf(view: View, condor: Condor.Condor): number | undefined {
  let credit = 0
  for (const { instrument, sign } of Condor.legs(condor)) {
    const quoted = quote(view, instrument)
    if (quoted === undefined) return undefined
    credit -= sign * quoted.mid
  }
  return credit
}

const mostMoves = 400
