import * as NormalisedBlack from './NormalisedBlack.ts'
import * as normal from './normal.ts'
import * as rationalCubic from './rationalCubic.ts'

// The inverse of NormalisedBlack.price, after P. Jäckel, "Let's be rational", Wilmott, January 2015 (2013): the price is
// mapped to something nearly straight in each of four regions, a rational cubic is laid through what is known at their
// ends, and steps of third order (Householder) on an objective of the region's own end at the last places of a double.
// docs/decisions/0014-prices-to-the-last-place.md says what differs, and carries the notice of his implementation.

const sqrt3 = Math.sqrt(3)
const sqrtTwoPi = Math.sqrt(2 * Math.PI)
const sqrtHalfPi = Math.sqrt(0.5 * Math.PI)
const lnSqrtTwoPi = Math.log(sqrtTwoPi)
const twoOverSqrtPi = 2 / Math.sqrt(Math.PI)
const sixthOfPi = Math.PI / 6
const lowerScale = (2 * Math.PI) / Math.sqrt(27)

/** A step this small, of `s`, leaves an error of its fourth power. */
const smallStep = 1e-5
const mostSteps = 5

/**
 * The total deviation `s` at which an option out of the money is worth `beta` ÷ √(FK): the `s` of
 * `NormalisedBlack.price(x, s) = beta`. `x` is 0 or less, `beta` above 0 and below `e^(x/2)`; not checked.
 *
 * @example
 * impliedDeviation(NormalisedBlack.price(-0.1, 0.2), -0.1) // ≈ 0.2
 */
export function impliedDeviation(beta: number, x: number): number {
  const most = Math.exp(0.5 * x)
  const center = middleOf(x, most)
  return beta < center.at ? belowMiddle(beta, x, center) : aboveMiddle(beta, x, center, most)
}

// The price is convex in s below √(2|x|) and concave above it. There h = −t, and b = ½ e^(x/2) (1 − erfcx √|x|).
function middleOf(x: number, most: number): rationalCubic.End {
  const y = Math.sqrt(-x)
  const difference = y < 1e-3 ? y * (twoOverSqrtPi - y) : 1 - normal.erfcx(y)
  return { at: 0.5 * most * difference, value: Math.SQRT2 * y, slope: sqrtTwoPi / most }
}

function endAt(x: number, s: number): rationalCubic.End {
  const vega = NormalisedBlack.vega(x, s)
  return { at: NormalisedBlack.priceBy(vega, x, s), value: s, slope: 1 / vega }
}

function belowMiddle(beta: number, x: number, center: rationalCubic.End): number {
  // Where the tangent at the middle meets zero.
  const low = endAt(x, center.value - center.at * center.slope)
  if (beta < low.at) return refine(beta, x, lowerGuess(beta, x, low), stepFromZero)
  const control = rationalCubic.controlAtRight(low, center, 0, false)
  return refine(beta, x, rationalCubic.interpolate(beta, low, center, control), stepBetween)
}

function aboveMiddle(beta: number, x: number, center: rationalCubic.End, most: number): number {
  // Where the tangent at the middle meets the highest price there is.
  const high = endAt(x, center.value + (most - center.at) * center.slope)
  if (beta > high.at) {
    const guess = upperGuess(beta, x, high, most)
    return refine(beta, x, guess, beta > 0.5 * most ? stepFromMost : stepBetween)
  }
  const control = rationalCubic.controlAtLeft(center, high, 0, false)
  return refine(beta, x, rationalCubic.interpolate(beta, center, high, control), stepBetween)
}

// f(s) = 2π/√27 |x| N(−z)³ with z = |x|/(√3 s) is nearly the price itself while that is small. N(−z) = φ(z) Y, with Mills'
// ratio Y at −z; the exponentials of its first two derivatives by the price then nearly cancel.
function lowerGuess(beta: number, x: number, { at: price, value: s }: rationalCubic.End): number {
  const z = -x / (sqrt3 * s)
  const y = z * z
  const bell = Math.exp(-0.5 * y)
  const small = Math.exp(0.125 * s * s)
  const mills = NormalisedBlack.mills(-z)
  const tail = (bell * mills) / sqrtTwoPi
  const value = lowerScale * -x * tail * tail * tail
  const bend = 8 * sqrt3 * s * -x + (3 * s * s * (s * s - 8) - 8 * x * x) * mills
  const curvature =
    (sixthOfPi * y * mills * bend * small * small) / (sqrtTwoPi * s * s * s * bell * bell * bell)
  const zero = { at: 0, value: 0, slope: 1 }
  const low = { at: price, value, slope: y * mills * mills * small }
  const control = rationalCubic.controlAtRight(zero, low, curvature, true)
  let f = rationalCubic.interpolate(beta, zero, low, control)
  if (!(f > 0)) f = (value * (beta / price) + price * (1 - beta / price)) * (beta / price)
  return Math.abs(x / (sqrt3 * normal.inverseCdf(Math.cbrt(f / (lowerScale * -x)))))
}

// f(s) = N(−s/2) falls to zero as the price comes to its highest.
function upperGuess(
  beta: number,
  x: number,
  { at: price, value: s }: rationalCubic.End,
  most: number,
): number {
  const w = (x / s) ** 2
  const value = normal.cdf(-0.5 * s)
  const slope = -0.5 * Math.exp(0.5 * w)
  const curvature = (sqrtHalfPi * Math.exp(w + 0.125 * s * s) * w) / s
  const high = { at: price, value, slope }
  const end = { at: most, value: 0, slope: -0.5 }
  const control = rationalCubic.controlAtLeft(high, end, curvature, true)
  let f = rationalCubic.interpolate(beta, high, end, control)
  const t = (beta - price) / (most - price)
  if (!(f > 0)) f = (value * (1 - t) + 0.5 * (most - price) * t) * (1 - t)
  return -2 * normal.inverseCdf(f)
}

type Step = (beta: number, x: number, s: number) => number

function refine(beta: number, x: number, guess: number, step: Step): number {
  let s = guess
  for (let count = 0; count < mostSteps; count++) {
    const move = step(beta, x, s)
    s += move
    if (Math.abs(move) <= smallStep * s) return s
  }
  return s
}

// The objective 1/ln b − 1/ln β, for prices next to nothing.
function stepFromZero(beta: number, x: number, s: number): number {
  // In logarithms, as a first guess may lie where the price itself is no double any more.
  const perVega = NormalisedBlack.perVega(x, s)
  const ratio = 1 / perVega
  const ln = Math.log(perVega) - 0.5 * ((x / s) ** 2 + 0.25 * s * s) - lnSqrtTwoPi
  const target = Math.log(beta)
  const { bend, third } = shapeAt(x, s)
  const newton = ((target - ln) * ln) / target / ratio
  const second = bend - ratio * (1 + 2 / ln)
  const last = third + 2 * ratio * ratio * (1 + (3 / ln) * (1 + 1 / ln)) - 3 * bend * ratio * (1 + 2 / ln)
  return householder(newton, second, last)
}

// The objective b − β.
function stepBetween(beta: number, x: number, s: number): number {
  const vega = NormalisedBlack.vega(x, s)
  const newton = (beta - NormalisedBlack.priceBy(vega, x, s)) / vega
  const { bend, third } = shapeAt(x, s)
  return householder(newton, bend, third)
}

// The objective ln(most − β) − ln(most − b), for prices next to the highest.
function stepFromMost(beta: number, x: number, s: number): number {
  const left = NormalisedBlack.shortfall(x, s)
  const ratio = NormalisedBlack.vega(x, s) / left
  const { bend, third } = shapeAt(x, s)
  const newton = -Math.log((Math.exp(0.5 * x) - beta) / left) / ratio
  return householder(newton, bend + ratio, third + ratio * (2 * ratio + 3 * bend))
}

// b″/b′ and b‴/b′.
function shapeAt(x: number, s: number): { readonly bend: number; readonly third: number } {
  const h = x / s
  const bend = (h * h) / s - 0.25 * s
  return { bend, third: bend * bend - 3 * (h / s) ** 2 - 0.25 }
}

function householder(newton: number, second: number, third: number): number {
  return (newton * (1 + 0.5 * second * newton)) / (1 + newton * (second + (third * newton) / 6))
}
