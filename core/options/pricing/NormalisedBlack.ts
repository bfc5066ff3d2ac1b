import * as normal from './normal.ts'

// Black's formula with the units taken out, as in P. Jäckel, "Let's be rational", Wilmott, January 2015 (2013): an option
// out of the money, x = −|ln(F/K)| ≤ 0, of total deviation s = σ√T > 0, is worth √(FK) · b(x, s) with
//   b(x, s) = e^(x/2) N(h + t) − e^(−x/2) N(h − t),   h = x/s,   t = s/2.
// Written so, the two terms cancel where options are cheap. There, with Mills' ratio Y(z) = N(z)/φ(z),
//   b = e^(−(h² + t²)/2)/√(2π) · (Y(h + t) − Y(h − t)).

const oneOverSqrt2Pi = 0.398_942_280_401_432_7
const sqrtHalfPi = 1.253_314_137_315_500_3

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
  const h = x / s
  const t = 0.5 * s
  if (h + t > 0.85) return Math.exp(0.5 * x) * normal.cdf(h + t) - Math.exp(-0.5 * x) * normal.cdf(h - t)
  return h < -40 ? 0 : vega(x, s) * perVega(x, s)
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
  const square = t * t
  let even = mills(h)
  let odd = h < -10 ? farSlope(h) : 1 + h * even
  let power = 2 * t
  let sum = power * odd
  for (let k = 2; k < 14; k += 2) {
    even = h * odd + (k - 1) * even
    odd = h * even + k * odd
    power *= square / (k * (k + 1))
    sum += power * odd
  }
  return sum
}

function mills(z: number): number {
  return sqrtHalfPi * normal.erfcx(-z * Math.SQRT1_2)
}

// Y′(h) = 1 + h Y(h), by its asymptotic series Σ (−1)ⁿ (2n + 1)!! ÷ h^(2n + 2), as the sum itself cancels out there.
function farSlope(h: number): number {
  const z = 1 / (h * h)
  let sum = 1
  for (let n = 33; n >= 3; n -= 2) sum = 1 - n * z * sum
  return z * sum
}
