import { CutwaterError } from '../units/CutwaterError.ts'
import type { Usd } from '../units/Usd.ts'

/** A loss as it meets the layers, in whole cents. */
export type Loss = {
  /** what would have been lost without any layer */
  readonly baseline: Usd
  /** what was lost with the guard in place, at most the baseline */
  readonly lost: Usd
  /** what cover and bond can pay */
  readonly cover: Usd
  /** what the reserve holds */
  readonly reserve: Usd
}

/** Who carried it, in whole cents; the four sum to the baseline. */
export type Waterfall = {
  /** never left the bridge: guard */
  readonly prevented: Usd
  /** paid by stake and cover: bond */
  readonly covered: Usd
  /** paid by the reserve: govern */
  readonly backstopped: Usd
  /** left with the users */
  readonly shortfall: Usd
}

/**
 * Splits a loss over the layers in their order: the guard, then cover, then the reserve, and users last.
 *
 * Throws WATERFALL_AMOUNT_INVALID for anything but whole cents of 0 or more, and WATERFALL_LOSS_ABOVE_BASELINE.
 *
 * @example
 * Waterfall.settle({ baseline: 1000, lost: 600, cover: 250, reserve: 100 })
 * // { prevented: 400, covered: 250, backstopped: 100, shortfall: 250 }
 */
export function settle({ baseline, lost, cover, reserve }: Loss): Waterfall {
  // Without a loop: simulations settle millions of losses.
  if (!isCents(baseline)) throw amountInvalid('baseline', baseline)
  if (!isCents(lost)) throw amountInvalid('lost', lost)
  if (!isCents(cover)) throw amountInvalid('cover', cover)
  if (!isCents(reserve)) throw amountInvalid('reserve', reserve)
  if (lost > baseline) throw lossAboveBaseline(lost, baseline)
  const covered = Math.min(lost, cover)
  const backstopped = Math.min(lost - covered, reserve)
  return { prevented: baseline - lost, covered, backstopped, shortfall: lost - covered - backstopped }
}

function isCents(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

function amountInvalid(name: string, cents: number): CutwaterError {
  return new CutwaterError('WATERFALL_AMOUNT_INVALID', `${name} is ${cents}`, {
    right: 'whole cents, 0 or more',
  })
}

function lossAboveBaseline(lost: Usd, baseline: Usd): CutwaterError {
  const what = `${lost} cents were lost, more than the ${baseline} that could be`
  return new CutwaterError('WATERFALL_LOSS_ABOVE_BASELINE', what, { right: 'a loss of at most the baseline' })
}
