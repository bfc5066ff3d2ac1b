import * as Input from '../../finance/Input.ts'
import { CutwaterError } from '../../units/CutwaterError.ts'

export type Risk = {
  /** losses a year */
  readonly perYear: number
  /** losses that happened, each as likely as the other, dollars */
  readonly losses: readonly number[]
  /** what one loss can be at most: the guard's bound, or the value locked */
  readonly capUsd: number
}

export type Terms = {
  /** k: share of the distance from the mean to the tail that the price holds */
  readonly loading: number
  /** expenses and return of the provider as a share of the premium */
  readonly expense: number
}

export type Price = {
  /** mean of a year's losses */
  readonly expectedUsd: number
  /** mean of the worst one per cent of years */
  readonly tailUsd: number
  readonly premiumUsd: number
  /** premium ÷ cap, per year: as cover is quoted */
  readonly ratePerYear: number
}

/**
 * What cover for a year is worth: `(E[S] + k·(TVaR₉₉(S) − E[S])) ÷ (1 − expense)` for the sum S of a Poisson number of
 * losses, each capped: speed buys down capital, because the cap is the guard's loss bound.
 *
 * Exact but for a grid of a 256th of the largest loss, which keeps the mean: Panjer, "Recursive evaluation of a family of
 * compound distributions", ASTIN Bulletin 12 (1981). Throws COVER_RISK_INVALID without losses to draw from.
 *
 * @example
 * CoverPrice.of({ perYear: 0.1, losses: [1e6], capUsd: 1e6 }, { loading: 0, expense: 0 }).premiumUsd // ≈ 100000
 */
export function of(risk: Risk, { loading, expense }: Terms): Price {
  const { expectedUsd, tailUsd } = year(risk)
  const priced = expectedUsd + Input.share(loading, 'loading') * (tailUsd - expectedUsd)
  const premiumUsd = Input.result(priced / (1 - Input.share(expense, 'expense')), 'premium')
  return { expectedUsd, tailUsd, premiumUsd, ratePerYear: risk.capUsd > 0 ? premiumUsd / risk.capUsd : 0 }
}

/**
 * What a fund must hold to pay in 99 years of 100, and in the mean of the others: `TVaR₉₉ − recoveries`, not below 0.
 *
 * @example
 * CoverPrice.fundUsd(10e6, 4e6) // 6000000
 */
export function fundUsd(tailUsd: number, recoveriesUsd: number): number {
  return Math.max(0, tailUsd - Input.atLeast(0, recoveriesUsd, 'recoveries'))
}

/** Mean and tail of a year's losses, dollars. */
export function year({ perYear, losses, capUsd }: Risk): { expectedUsd: number; tailUsd: number } {
  requireRisk(perYear, losses, capUsd)
  const most = Math.min(capUsd, Math.max(...losses))
  // A ten-thousandth of a cent is nothing to anybody, and a 256th of it might be nothing to a double.
  if (perYear === 0 || most < 1e-6) return { expectedUsd: 0, tailUsd: 0 }
  const step = most / cells
  const single = discretised(losses, most, step)
  const expectedUsd =
    (perYear * losses.reduce((sum, loss) => sum + Math.min(loss, capUsd), 0)) / losses.length
  return { expectedUsd, tailUsd: Math.max(expectedUsd, tailOf(compound(perYear, single), step)) }
}

const cells = 256
const tail = 0.01

/** Each loss on the two cells beside it, so that its mean stays what it is. */
function discretised(losses: readonly number[], most: number, step: number): Float64Array {
  const single = new Float64Array(cells + 1)
  for (const loss of losses) {
    const place = Math.min(loss, most) / step
    const below = Math.min(cells - 1, Math.floor(place))
    single[below]! += (below + 1 - place) / losses.length
    single[below + 1]! += (place - below) / losses.length
  }
  return single
}

/** Panjer's recursion for a Poisson number: `g_s = (λ/s)·Σ j·f_j·g_{s−j}`, as far as all but a millionth lies. */
function compound(perYear: number, single: Float64Array): number[] {
  const sums = [Math.exp(-perYear * (1 - single[0]!))]
  let mass = sums[0]!
  for (let s = 1; mass < 1 - 1e-6 && s < 64 * cells; s++) {
    let sum = 0
    for (let j = Math.min(s, cells); j > 0; j--) sum += j * single[j]! * sums[s - j]!
    sums.push((perYear / s) * sum)
    mass += sums[s]!
  }
  return sums
}

/** The mean of the worst one per cent; what lies beyond the grid counts at its end. */
function tailOf(sums: readonly number[], step: number): number {
  const beyond = Math.max(0, 1 - sums.reduce((sum, mass) => sum + mass, 0))
  let left = tail
  let value = 0
  for (let s = sums.length - 1; s >= 0 && left > 0; s--) {
    const mass = Math.min(left, sums[s]! + (s === sums.length - 1 ? beyond : 0))
    value += mass * s * step
    left -= mass
  }
  return value / tail
}

function requireRisk(perYear: number, losses: readonly number[], capUsd: number): void {
  const isSound = perYear >= 0 && perYear <= 100 && capUsd >= 0 && capUsd < Number.POSITIVE_INFINITY
  if (isSound && losses.length > 0 && losses.every((loss) => loss >= 0 && loss < Number.POSITIVE_INFINITY))
    return
  const what = `${perYear} losses a year, drawn from ${losses.length}, capped at ${capUsd}`
  throw new CutwaterError('COVER_RISK_INVALID', what, {
    right: '0 to 100 losses a year, one loss or more to draw from, and a cap, all finite and 0 or more',
  })
}
