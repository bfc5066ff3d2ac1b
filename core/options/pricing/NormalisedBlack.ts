import * as normal from './normal.ts'

// Black's formula with the units taken out, as in P. Jäckel, "Let's be rational", Wilmott, January 2015 (2013): an option
// out of the money, x = −|ln(F/K)| ≤ 0, of total deviation s = σ√T > 0, is worth √(FK) · b(x, s) with
//   b(x, s) = e^(x/2) N(h + t) − e^(−x/2) N(h − t),   h = x/s,   t = s/2.
// Written so, the two terms cancel where options are cheap. With Mills' ratio Y(z) = N(z)/φ(z) it is vega times a
// difference of well-known size,
//   b = e^(−(h² + t²)/2)/√(2π) · (Y(h + t) − Y(h − t)).

const oneOverSqrt2Pi = 0.398_942_280_401_432_7
const sqrtHalfPi = 1.253_314_137_315_500_3

// 1/k!
const [inverse3, inverse5, inverse7] = [1 / 6, 1 / 120, 1 / 5_040]
const [inverse9, inverse11, inverse13] = [1 / 362_880, 1 / 39_916_800, 1 / 6_227_020_800]

/** Below it the difference of two ratios is taken by its Taylor series, whose next term is below 2e-16. */
const smallHalfDeviation = 0.2

/**
 * What an option out of the money is worth ÷ √(FK): from 0 to `e^(x/2)`. `x` is 0 or less, `s` above 0; not checked.
 *
 * Good to 1e-12 relative wherever it is above 1e-300.
 *
 * @example
 * NormalisedBlack.price(0, 0.2) // ≈ 0.0796556746
 * NormalisedBlack.price(-0.5, 0.05) // ≈ 3.73613427e-26
 */
export function price(x: number, s: number): number {
  return priceBy(vega(x, s), x, s)
}

/** The same where vega is known already. */
export function priceBy(vega: number, x: number, s: number): number {
  const d1 = x / s + 0.5 * s
  // Near its highest the price is told best by what is missing; there is nothing to cancel.
  if (d1 > 0.85) return Math.exp(0.5 * x) - shortfall(x, s)
  return vega === 0 ? 0 : vega * perVega(x, s)
}

/**
 * The price in units of vega, `Y(h + t) − Y(h − t)`, which stays in the range of a double where the price has long left
 * it. For `h + t` up to 20; as unchecked as `price`.
 *
 * @example
 * NormalisedBlack.perVega(-0.5, 0.001) // ≈ 3.99995e-9
 */
export function perVega(x: number, s: number): number {
  const h = x / s
  const t = 0.5 * s
  return t < smallHalfDeviation ? nearDifference(h, t) : mills(h + t) - mills(h - t)
}

/**
 * How far the price is below the highest it can have, `e^(x/2) − price`, without the subtraction. As unchecked as `price`.
 *
 * @example
 * NormalisedBlack.shortfall(0, 10) // ≈ 5.733e-7
 */
export function shortfall(x: number, s: number): number {
  const h = x / s
  const t = 0.5 * s
  return Math.exp(0.5 * x) * normal.cdf(-h - t) + Math.exp(-0.5 * x) * normal.cdf(h - t)
}

/**
 * How the price moves with `s`: `e^(−(h² + t²)/2) ÷ √(2π)`. As unchecked as `price`.
 *
 * @example
 * NormalisedBlack.vega(0, 0.2) // ≈ 0.3969525475
 */
export function vega(x: number, s: number): number {
  const h = x / s
  return oneOverSqrt2Pi * Math.exp(-0.5 * (h * h + 0.25 * s * s))
}

// Y(h + t) − Y(h − t) = 2 Σ Y⁽ᵏ⁾(h) tᵏ/k! over odd k. All derivatives are positive, and Y⁽ᵏ⁺¹⁾ = h Y⁽ᵏ⁾ + k Y⁽ᵏ⁻¹⁾.
function nearDifference(h: number, t: number): number {
  const w = t * t
  const y0 = mills(h)
  const y1 = h < -10 ? farSlope(h) : 1 + h * y0
  const y2 = h * y1 + y0
  const y3 = h * y2 + 2 * y1
  const y4 = h * y3 + 3 * y2
  const y5 = h * y4 + 4 * y3
  const y6 = h * y5 + 5 * y4
  const y7 = h * y6 + 6 * y5
  const y8 = h * y7 + 7 * y6
  const y9 = h * y8 + 8 * y7
  const y10 = h * y9 + 9 * y8
  const y11 = h * y10 + 10 * y9
  const y13 = h * (h * y11 + 11 * y10) + 12 * y11
  const far = y7 * inverse7 + w * (y9 * inverse9 + w * (y11 * inverse11 + w * (y13 * inverse13)))
  return 2 * t * (y1 + w * (y3 * inverse3 + w * (y5 * inverse5 + w * far)))
}

/**
 * Mills' ratio `N(z) ÷ φ(z)`, for `z` up to 36.
 *
 * @example
 * NormalisedBlack.mills(0) // ≈ 1.2533141373
 */
export function mills(z: number): number {
  return sqrtHalfPi * normal.erfcx(-z * Math.SQRT1_2)
}

// Y′(h) = 1 + h Y(h), by its asymptotic series Σ (−1)ⁿ (2n + 1)!! ÷ h^(2n + 2), as the sum itself cancels out there.
function farSlope(h: number): number {
  const z = 1 / (h * h)
  let sum = 1
  for (let n = 33; n >= 3; n -= 2) sum = 1 - n * z * sum
  return z * sum
}
