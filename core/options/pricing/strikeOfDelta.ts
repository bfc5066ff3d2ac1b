import * as Input from '../../finance/Input.ts'
import { CutwaterError } from '../../units/CutwaterError.ts'
import type { Kind } from './Black76.ts'
import * as normal from './normal.ts'

export type DeltaOption = {
  readonly kind: Kind
  /** of the forward and not discounted, `N(d₁)` or for a put `N(−d₁)`: above 0 and below 1; its sign does not matter */
  readonly delta: number
  /** points */
  readonly forward: number
  readonly years: number
}

type Point = { readonly at: number; readonly miss: number }

const mostSteps = 100
const relativePrecision = 1e-13

/**
 * The strike, points, at which an option has a delta, where the volatility depends on the strike.
 *
 * `volatility` gives the volatility per year at a strike, above 0. It is asked some eight times. Where a smile is so steep
 * that several strikes have the delta, one of them is found. Throws STRIKE_NOT_FOUND where none between e^(−30) and e^30
 * forwards has it, and FINANCE_INPUT_INVALID for what no option has.
 *
 * @example
 * const option = { kind: 'put', delta: 0.2, forward: 4000, years: 30 / 365 }
 * strikeOfDelta(option, () => 0.2) // ≈ 3817.826
 * strikeOfDelta(option, (strike) => 0.2 + 0.3 * Math.log(4000 / strike)) // ≈ 3805.013
 */
export function strikeOfDelta(option: DeltaOption, volatility: (strike: number) => number): number {
  const { kind, forward } = option
  const rootYears = Math.sqrt(Input.above(0, option.years, 'years'))
  const d1 = normal.inverseCdf(Math.abs(option.delta)) * (kind === 'call' ? 1 : -1)
  Input.above(0, forward, 'forward')
  // With one volatility for all strikes ln(K/F) = s²/2 − d₁s. What is sought is where the volatility there gives the same.
  const at = (logStrike: number): Point => {
    const strike = forward * Math.exp(logStrike)
    const s = Input.above(0, volatility(strike), `the volatility at ${strike}`) * rootYears
    return { at: logStrike, miss: logStrike - s * (0.5 * s - d1) }
  }
  const middle = at(0)
  const root = between(at, middle, outward(at, middle), option)
  return Input.result(forward * Math.exp(root), 'strike')
}

// A point on the other side of the root: first where the volatility of the start would put it, then ever further.
function outward(at: (logStrike: number) => Point, start: Point): Point {
  let reach = -start.miss * 1.1
  let point = at(start.at + reach)
  while (point.miss * start.miss > 0 && Math.abs(reach) < 30) {
    reach *= 2
    point = at(start.at + reach)
  }
  return point
}

// False position, with the weight of an end that stays put halved (Illinois); a half where that leaves the interval.
function between(at: (logStrike: number) => Point, first: Point, second: Point, option: DeltaOption): number {
  let [kept, newest] = [first, second]
  if (newest.miss * kept.miss > 0) throw strikeNotFound(option)
  let weight = 1
  for (let count = 0; count < mostSteps && newest.miss !== 0; count++) {
    const width = newest.at - kept.at
    if (Math.abs(width) <= relativePrecision) break
    const share = newest.miss / (newest.miss - weight * kept.miss)
    const next = at(newest.at - width * (share > 0 && share < 1 ? share : 0.5))
    if (Math.abs(next.at - newest.at) <= relativePrecision) return next.at
    if (next.miss * newest.miss <= 0) {
      kept = newest
      weight = 1
    } else weight *= 0.5
    newest = next
  }
  return newest.at
}

function strikeNotFound({ kind, delta, forward }: DeltaOption): CutwaterError {
  return new CutwaterError(
    'STRIKE_NOT_FOUND',
    `no strike gives a ${kind} on ${forward} a delta of ${delta}`,
    { right: 'a delta that the smile reaches' },
  )
}
