import * as Input from '../../finance/Input.ts'

// The normal distribution to a few units in the last place, far into its tails.
//
// erfc and erfcx: W. J. Cody, "Rational Chebyshev approximations for the error function", Mathematics of Computation 23
// (1969) 631-637, with the coefficients of CALERF in SPECFUN (netlib.org/specfun/erf).
// inverseCdf: M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics
// 37 (1988) 477-484, routine PPND16.

const oneOverSqrt2Pi = 0.398_942_280_401_432_7
const oneOverSqrtPi = 0.564_189_583_547_756_3

/**
 * The density at `x`: `e^(−x²/2) ÷ √(2π)`.
 *
 * Throws FINANCE_INPUT_INVALID for NaN, as all of these do.
 *
 * @example
 * normal.pdf(0) // ≈ 0.3989422804
 */
export function pdf(x: number): number {
  return oneOverSqrt2Pi * exponentialOfSquare(known(x), -0.5)
}

/**
 * The probability of a value up to `x`, from 0 to 1.
 *
 * @example
 * normal.cdf(1.96) // ≈ 0.9750021049
 * normal.cdf(-10) // ≈ 7.61985302416e-24
 */
export function cdf(x: number): number {
  return 0.5 * erfc(-x * Math.SQRT1_2)
}

/**
 * The `x` up to which a value lies with `probability`, which is above 0 and below 1.
 *
 * @example
 * normal.inverseCdf(0.975) // ≈ 1.9599639845
 * normal.inverseCdf(1) // throws FINANCE_INPUT_INVALID
 */
export function inverseCdf(probability: number): number {
  Input.between(0, 1, probability, 'probability')
  const q = probability - 0.5
  if (Math.abs(q) <= 0.425) return q * quantileNearMiddle(0.180625 - q * q)
  const r = Math.sqrt(-Math.log(q < 0 ? probability : 1 - probability))
  return Math.sign(q) * (r <= 5 ? quantileInTail(r - 1.6) : quantileFarOut(r - 5))
}

/**
 * The complementary error function, `2/√π ∫ₓ^∞ e^(−t²) dt`, from 2 to 0.
 *
 * @example
 * normal.erfc(0.5) // ≈ 0.4795001222
 */
export function erfc(x: number): number {
  const y = Math.abs(known(x))
  if (y <= 0.46875) return 1 - x * erfOverX(x * x)
  const tail = y > 28 ? 0 : exponentialOfSquare(y, -1) * erfcxBeyond(y)
  return x < 0 ? 2 - tail : tail
}

/**
 * The complementary error function scaled by what makes it vanish: `e^(x²) erfc(x)`; `x` is −26 or more.
 *
 * @example
 * normal.erfcx(30) // ≈ 0.018795888861
 */
export function erfcx(x: number): number {
  const y = Math.abs(Input.atLeast(-26, x, 'x'))
  if (y <= 0.46875) return Math.exp(x * x) * (1 - x * erfOverX(x * x))
  return x > 0 ? erfcxBeyond(y) : 2 * exponentialOfSquare(y, 1) - erfcxBeyond(y)
}

// e^(factor·x²): the square of the first sixteenths is exact, so only the small rest is rounded.
function exponentialOfSquare(x: number, factor: number): number {
  if (Math.abs(x) > 64) return 0
  const rough = Math.trunc(x * 16) / 16
  return Math.exp(factor * rough * rough) * Math.exp(factor * (x - rough) * (x + rough))
}

// erf(x) ÷ x by the square of x, for |x| ≤ 0.46875.
function erfOverX(z: number): number {
  const top =
    (((0.18577770618460315 * z + 3.1611237438705655) * z + 113.86415415105016) * z + 377.485237685302) * z +
    3209.3775891384694
  const bottom =
    (((z + 23.601290952344122) * z + 244.02463793444417) * z + 1282.6165260773723) * z + 2844.236833439171
  return top / bottom
}

// e^(y²) erfc(y) for y > 0.46875.
function erfcxBeyond(y: number): number {
  return y <= 4 ? erfcxUpToFour(y) : erfcxBeyondFour(y)
}

function erfcxUpToFour(y: number): number {
  const top =
    (((((((2.1531153547440383e-8 * y + 0.5641884969886701) * y + 8.883149794388377) * y + 66.11919063714163) *
      y +
      298.6351381974001) *
      y +
      881.952221241769) *
      y +
      1712.0476126340707) *
      y +
      2051.0783778260716) *
      y +
    1230.3393547979972
  const bottom =
    (((((((y + 15.744926110709835) * y + 117.6939508913125) * y + 537.1811018620099) * y +
      1621.3895745666903) *
      y +
      3290.7992357334597) *
      y +
      4362.619090143247) *
      y +
      3439.3676741437216) *
      y +
    1230.3393548037495
  return top / bottom
}

function erfcxBeyondFour(y: number): number {
  const z = 1 / (y * y)
  const top =
    ((((0.016315387137302097 * z + 0.30532663496123236) * z + 0.36034489994980445) * z +
      0.12578172611122926) *
      z +
      0.016083785148742275) *
      z +
    0.0006587491615298378
  const bottom =
    ((((z + 2.568520192289822) * z + 1.8729528499234604) * z + 0.5279051029514285) * z +
      0.06051834131244132) *
      z +
    0.0023352049762686918
  return (oneOverSqrtPi - (z * top) / bottom) / y
}

// The quantile ÷ q by r = 0.425² − q².
function quantileNearMiddle(r: number): number {
  const top =
    ((((((2509.0809287301227 * r + 33430.57558358813) * r + 67265.7709270087) * r + 45921.95393154987) * r +
      13731.69376550946) *
      r +
      1971.5909503065513) *
      r +
      133.14166789178438) *
      r +
    3.3871328727963665
  const bottom =
    ((((((5226.495278852854 * r + 28729.085735721943) * r + 39307.89580009271) * r + 21213.794301586597) * r +
      5394.196021424751) *
      r +
      687.1870074920579) *
      r +
      42.31333070160091) *
      r +
    1
  return top / bottom
}

// The quantile by √(−ln tail) − 1.6, up to a tail of e^(−25).
function quantileInTail(r: number): number {
  const top =
    ((((((0.0007745450142783414 * r + 0.022723844989269184) * r + 0.2417807251774506) * r +
      1.2704582524523684) *
      r +
      3.6478483247632045) *
      r +
      5.769497221460691) *
      r +
      4.630337846156546) *
      r +
    1.4234371107496835
  const bottom =
    ((((((1.0507500716444169e-9 * r + 0.0005475938084995345) * r + 0.015198666563616457) * r +
      0.14810397642748008) *
      r +
      0.6897673349851) *
      r +
      1.6763848301838038) *
      r +
      2.053191626637759) *
      r +
    1
  return top / bottom
}

// The quantile by √(−ln tail) − 5, beyond.
function quantileFarOut(r: number): number {
  const top =
    ((((((2.0103343992922881e-7 * r + 2.7115555687434876e-5) * r + 0.0012426609473880784) * r +
      0.026532189526576124) *
      r +
      0.29656057182850487) *
      r +
      1.7848265399172913) *
      r +
      5.463784911164114) *
      r +
    6.657904643501103
  const bottom =
    ((((((2.0442631033899397e-15 * r + 1.421511758316446e-7) * r + 1.8463183175100548e-5) * r +
      0.0007868691311456133) *
      r +
      0.014875361290850615) *
      r +
      0.1369298809227358) *
      r +
      0.599832206555888) *
      r +
    1
  return top / bottom
}

function known(x: number): number {
  return Number.isNaN(x) ? Input.finite(x, 'x') : x
}
