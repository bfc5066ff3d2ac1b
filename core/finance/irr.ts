import { CutwaterError } from '../units/CutwaterError.ts'
import type { CashFlow } from './CashFlow.ts'
import { valueAt, yearSeconds } from './CashFlow.ts'
import * as Input from './Input.ts'

/**
 * Internal rate of return per year of 365 days: the rate at which the flows are worth nothing, as by XIRR.
 *
 * `Σ aᵢ·(1 + r)^(−(tᵢ − t₁)/365 days) = 0`, dates in any order. Where several rates do that, the one nearest to zero
 * is given; a spreadsheet gives whichever its guess runs into. Throws IRR_ONE_SIDED unless money goes both ways, at two
 * times at least, IRR_NOT_FOUND where no rate fits, and FINANCE_INPUT_INVALID where the rate is beyond any number.
 *
 * @example
 * irr([{ at: 0, amount: -100 }, { at: 31_536_000, amount: 110 }]) // ≈ 0.1
 */
export function irr(flows: readonly CashFlow[]): number {
  const { from, longestYears, scale } = extentOf(flows)
  const worth = (force: number) => valueAt(force, flows, from) / scale
  // Beyond this, the latest flow counts for nothing beside the first, or the other way round, by a factor of 10^130.
  const farthest = 300 / longestYears
  const step = farthest / scans
  let [below, above] = [worth(0), worth(0)]
  if (below === 0) return 0
  for (let i = 1; i <= scans; i++) {
    const [lower, upper] = [worth(-i * step), worth(i * step)]
    if (above * upper <= 0) return rateOf(bisect(worth, (i - 1) * step, i * step))
    if (below * lower <= 0) return rateOf(bisect(worth, -i * step, (1 - i) * step))
    below = lower
    above = upper
  }
  throw new CutwaterError('IRR_NOT_FOUND', 'no rate makes these flows worth nothing', {
    right: 'flows of which the early ones are paid and the later ones received, or the other way round',
  })
}

const scans = 4_096

function rateOf(force: number): number {
  return Input.result(Math.expm1(force), 'internal rate of return')
}

/** Halves the interval until a double can tell its ends no longer apart: at most some sixty times. */
function bisect(worth: (force: number) => number, from: number, to: number): number {
  let [low, high] = [from, to]
  const isRising = worth(high) > worth(low)
  for (;;) {
    const middle = low + (high - low) / 2
    if (middle <= low || middle >= high || high - low < 1e-15) return middle
    if (worth(middle) > 0 === isRising) high = middle
    else low = middle
  }
}

function extentOf(flows: readonly CashFlow[]) {
  let [from, to, paid, received] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0]
  for (const { at, amount } of flows) {
    if (Input.finite(amount, 'amount') === 0) continue
    from = Math.min(from, Input.finite(at, 'at'))
    to = Math.max(to, at)
    if (amount < 0) paid -= amount
    else received += amount
  }
  if (!(paid > 0 && received > 0 && to > from)) throw oneSided(paid, received)
  return { from, longestYears: (to - from) / yearSeconds, scale: Input.result(paid + received, 'flows') }
}

function oneSided(paid: number, received: number): CutwaterError {
  return new CutwaterError('IRR_ONE_SIDED', `${paid} are paid and ${received} received`, {
    right: 'some of each, at two different times at least',
  })
}
