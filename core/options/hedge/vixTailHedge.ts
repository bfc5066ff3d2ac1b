import { day, type UnixTime } from '../../units/UnixTime.ts'
import { payoff, vixOption } from '../account/Instrument.ts'
import * as Black76 from '../pricing/Black76.ts'
import { futureOf, termsOf } from '../view/quote.ts'
import type { View } from '../view/View.ts'
import { vixStrike } from './strikes.ts'

/** One month of the rule behind Cboe's VIX Tail Hedge index: calls bought at one VIX expiry and paid out at the next. */
export type TailRoll = {
  readonly from: UnixTime
  readonly to: UnixTime
  /** share of the portfolio in calls, 0 to 0.01 */
  readonly weight: number
  /** of the future that expires next, points, at the roll */
  readonly future: number
  readonly strike: number
  /** dollars per unit, at the middle */
  readonly price: number
  readonly payoff: number
}

/**
 * The share of the portfolio that goes into calls, by the front future in points: nothing in calm, nothing in panic.
 *
 * Cboe's rule as published: 15 or less 0, to 30 1%, to 50 0.5%, above 0.
 *
 * @example
 * [15, 15.05, 30, 31, 51].map(tailWeight) // [0, 0.01, 0.01, 0.005, 0]
 */
export function tailWeight(future: number): number {
  if (future <= 15 || future > 50) return 0
  return future <= 30 ? 0.01 : 0.005
}

/**
 * The rolls of the rule over some days: calls of three tenths delta on the future that expires next, by Black-76 at VVIX,
 * held to the opening quotation. Months without a future, a settlement or VVIX are left out.
 *
 * Strikes are not put on the exchange's grid: neither the grid of each month nor the index's own choice is on record.
 */
export function tailRolls(views: readonly View[]): readonly TailRoll[] {
  const byDate = new Map(views.map((view) => [view.date, view]))
  const rolls: TailRoll[] = []
  for (const view of views) {
    if (futureOf(view, view.date) === undefined) continue
    const next = view.day.futures.find(({ expiry }) => expiry > view.date)
    const after = next && byDate.get(next.expiry)
    const settlement = after && futureOf(after, after.date)
    if (next === undefined || settlement === undefined || next.expiry - view.date > longestMonth) continue
    const roll = tailRoll(view, next.expiry, next.settle, settlement)
    if (roll !== undefined) rolls.push(roll)
  }
  return rolls
}

function tailRoll(view: View, expiry: UnixTime, future: number, settlement: number): TailRoll | undefined {
  const strike = vixStrike(view, expiry, 0.3)
  if (strike === undefined) return undefined
  const call = vixOption('call', strike, expiry)
  const price = Black76.price(termsOf(view, call)!)
  const paid = payoff(call, settlement)
  return { from: view.date, to: expiry, weight: tailWeight(future), future, strike, price, payoff: paid }
}

// Expiries are four or five weeks apart; a longer gap means that a contract is missing from the record.
const longestMonth = 36 * day
