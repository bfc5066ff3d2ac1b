import { CutwaterError } from '../units/CutwaterError.ts'
import { year } from '../units/UnixTime.ts'
import * as Input from './Input.ts'

/** What the market takes off: a discount or a premium, as a share, for a loss within `seconds`. */
export type Quote = { readonly discount: number; readonly seconds: number }

/** The most that a discount can say: from here on the price expects the loss as good as certain. */
export const certain = 0.999

/**
 * The yearly intensity of loss that a discount implies: `λ* = −ln(1 − d/LGD) ÷ τ`.
 *
 * The price of an asset that loses `lgd` of itself at a Poisson time is `1 − lgd·(1 − e^(−λτ))`; solved for λ. For
 * small discounts it is the credit triangle `spread ÷ LGD` (Hull, Options, Futures and Other Derivatives, chapter on
 * credit risk). A premium, where d is below 0, implies none. A discount at the loss itself counts as 99.9% of it, so
 * the answer stays finite.
 *
 * @param lgd share of the value that is lost when it happens, above 0
 *
 * @example
 * LossIntensity.of({ discount: 0.01, seconds: 31_557_600 }, 0.5) // ≈ 0.0202
 * LossIntensity.of({ discount: -0.01, seconds: 31_557_600 }, 0.5) // 0
 */
export function of({ discount, seconds }: Quote, lgd: number): number {
  Input.finite(discount, 'discount')
  if (Input.share(lgd, 'loss given default') === 0) throw nothingToLose()
  const expected = Math.min(certain, Math.max(0, discount / lgd))
  // Adding zero turns -0 into 0.
  return -Math.log1p(-expected) / (Input.above(0, seconds, 'horizon') / year) + 0
}

/** One horizon of a term structure: the intensity over all of it, and over the piece since the one before. */
export type Point = { readonly seconds: number; readonly intensity: number; readonly forward: number }

/**
 * Intensities by horizon, from near to far, with the forward one of each piece: `(λ₂τ₂ − λ₁τ₁) ÷ (τ₂ − τ₁)`. Of two
 * quotes of one horizon the later in the list counts.
 *
 * @example
 * LossIntensity.termStructure([{ discount: 0.01, seconds: 86_400 }], 1).length // 1
 */
export function termStructure(quotes: readonly Quote[], lgd: number): Point[] {
  const byHorizon = new Map(quotes.map((quote) => [quote.seconds, quote]))
  const sorted = [...byHorizon.values()].sort((a, b) => a.seconds - b.seconds)
  let [seconds, mass] = [0, 0]
  return sorted.map((quote) => {
    const intensity = of(quote, lgd)
    const forward = (intensity * quote.seconds - mass) / (quote.seconds - seconds)
    seconds = quote.seconds
    mass = intensity * quote.seconds
    return { seconds, intensity, forward }
  })
}

/**
 * The slope from the nearest to the farthest horizon, `ln(λ_near ÷ λ_far)`: above 0 the near end is dearer
 * (backwardation, as of volatility in a panic), below 0 the far end is. null unless two horizons both price a loss.
 *
 * @example
 * LossIntensity.slope([{ seconds: 1, intensity: 2, forward: 2 }, { seconds: 9, intensity: 1, forward: 0.9 }]) // ≈ 0.6931
 */
export function slope(points: readonly Point[]): number | null {
  const [near, far] = [points[0], points.at(-1)]
  if (near === undefined || far === undefined || near === far) return null
  return near.intensity > 0 && far.intensity > 0 ? Math.log(near.intensity / far.intensity) : null
}

function nothingToLose(): CutwaterError {
  return new CutwaterError('FINANCE_INPUT_INVALID', 'loss given default is 0', {
    right: 'a share above 0: where nothing can be lost, nothing is implied',
  })
}
