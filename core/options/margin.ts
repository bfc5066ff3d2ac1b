import * as Input from '../finance/Input.ts'
import { CutwaterError } from '../units/CutwaterError.ts'
import type { Kind } from './pricing/Black76.ts'

// What European options of one expiry can cost whoever holds them, dollars per unit of the index. An index option pays in
// cash on one settlement value, so only one side of a condor can lose: the margin of a spread of limited risk is the most
// it can have to pay (Cboe Rule 10.3 and FINRA Rule 4210(f)(2), on spreads in a margin account).

export type Leg = {
  readonly kind: Kind
  /** points */
  readonly strike: number
  /** contracts, negative when sold */
  readonly quantity: number
}

/**
 * What must be put up for the legs together: the most they can have to pay at expiry, 0 or more.
 *
 * Wings may be unequal: the wider one counts. Throws MARGIN_UNLIMITED where the loss has no limit, as for a call sold alone,
 * and FINANCE_INPUT_INVALID for strikes not above 0.
 *
 * @example
 * margin.requirement(margin.condor({ putWing: 3900, putShort: 4000, callShort: 4300, callWing: 4350 })) // 100
 * margin.requirement([{ kind: 'call', strike: 4300, quantity: -1 }]) // throws MARGIN_UNLIMITED
 */
export function requirement(legs: readonly Leg[]): number {
  return Math.max(0, worstOf(legs))
}

/**
 * The most that can be lost: the margin less what was taken in for the legs, dollars per unit; below 0 where they cannot
 * lose.
 *
 * @example
 * margin.maximumLoss(margin.condor({ putWing: 3900, putShort: 4000, callShort: 4300, callWing: 4350 }), 12) // 88
 */
export function maximumLoss(legs: readonly Leg[], credit: number): number {
  return Input.result(worstOf(legs) - Input.finite(credit, 'credit'), 'maximum loss')
}

/**
 * The settlement values, points, at which the legs neither win nor lose after a credit (or a debit, below 0), lowest first.
 *
 * @example
 * margin.breakEvens(margin.condor({ putWing: 3900, putShort: 4000, callShort: 4300, callWing: 4350 }), 12) // [3988, 4312]
 */
export function breakEvens(legs: readonly Leg[], credit: number): readonly number[] {
  Input.finite(credit, 'credit')
  const all = corners(legs)
  const profit = (settlement: number) => payoff(legs, settlement) + credit
  const found: number[] = []
  for (const [index, left] of all.entries()) {
    const [before, right] = [profit(left), all[index + 1]]
    const after = right === undefined ? undefined : profit(right)
    if (before === 0 && left > 0) found.push(left)
    else if (right !== undefined && before * after! < 0)
      found.push(left + ((right - left) * before) / (before - after!))
    else if (right === undefined && before * slopeBeyond(legs) < 0)
      found.push(left - before / slopeBeyond(legs))
  }
  return found.map((each) => Input.result(each, 'break-even'))
}

/**
 * What the legs pay at a settlement value, dollars per unit.
 *
 * @example
 * margin.payoff(margin.condor({ putWing: 3900, putShort: 4000, callShort: 4300, callWing: 4350 }), 3950) // -50
 */
export function payoff(legs: readonly Leg[], settlement: number): number {
  let sum = 0
  for (const { kind, strike, quantity } of legs)
    sum += quantity * Math.max(0, kind === 'call' ? settlement - strike : strike - settlement)
  return sum
}

/** The four strikes of an iron condor, points, lowest first. */
export type CondorStrikes = {
  readonly putWing: number
  readonly putShort: number
  readonly callShort: number
  readonly callWing: number
}

/**
 * One iron condor: the inner strikes sold, the outer ones bought.
 *
 * @example
 * margin.condor({ putWing: 90, putShort: 95, callShort: 105, callWing: 110 })[0] // { kind: 'put', strike: 90, quantity: 1 }
 */
export function condor({ putWing, putShort, callShort, callWing }: CondorStrikes): readonly Leg[] {
  return [
    { kind: 'put', strike: putWing, quantity: 1 },
    { kind: 'put', strike: putShort, quantity: -1 },
    { kind: 'call', strike: callShort, quantity: -1 },
    { kind: 'call', strike: callWing, quantity: 1 },
  ]
}

// The most they can have to pay: a payoff of straight pieces is lowest at one of its corners.
function worstOf(legs: readonly Leg[]): number {
  if (slopeBeyond(legs) < 0) throw unlimited(legs)
  const worst = Math.min(...corners(legs).map((settlement) => payoff(legs, settlement)))
  return Input.result(-worst, 'margin')
}

// Where the payoff bends, from an index of 0 on.
function corners(legs: readonly Leg[]): readonly number[] {
  const strikes = legs.map(({ strike, quantity }) => {
    Input.finite(quantity, 'quantity')
    return Input.above(0, strike, 'strike')
  })
  return [...new Set([0, ...strikes])].sort((a, b) => a - b)
}

// Above all strikes only calls still pay.
function slopeBeyond(legs: readonly Leg[]): number {
  let slope = 0
  for (const { kind, quantity } of legs) if (kind === 'call') slope += quantity
  return slope
}

function unlimited(legs: readonly Leg[]): CutwaterError {
  return new CutwaterError('MARGIN_UNLIMITED', `${-slopeBeyond(legs)} calls are sold and not covered`, {
    right: 'as many calls bought as sold',
  })
}
