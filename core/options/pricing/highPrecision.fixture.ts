import { Decimal as Decimals } from 'decimal.js'
import type * as Black76 from './Black76.ts'

// Black's formula and the normal distribution in decimal arithmetic of 70 digits, from their definitions: what the
// product is compared with. Nothing here is shared with it.

export const Decimal = Decimals.clone({
  precision: 70,
  minE: -9e15,
  maxE: 9e15,
  toExpNeg: -9e15,
  toExpPos: 9e15,
})
export type Decimal = Decimals

const pi = Decimal.acos(-1)
const one = new Decimal(1)
const step = new Decimal('1e-15')

/** A double with all its binary digits, not the shortest text that means it. */
export function exactly(value: number): Decimal {
  return new Decimal(value === 0 ? 0 : value.toPrecision(70))
}

export function pdf(x: Decimal): Decimal {
  return Decimal.exp(x.mul(x).div(-2)).div(pi.mul(2).sqrt())
}

export function cdf(x: Decimal): Decimal {
  return erfc(x.neg().div(Decimal.sqrt(2))).div(2)
}

/** By its power series around 0, by its continued fraction in the tail. */
export function erfc(x: Decimal): Decimal {
  if (x.lt(0)) return new Decimal(2).sub(erfc(x.neg()))
  return x.lt(5) ? one.sub(erfBySeries(x)) : erfcByFraction(x)
}

export type Parts = { readonly [name in keyof Omit<Black76.Option, 'kind'>]: Decimal } & {
  readonly kind: Black76.Kind
}

export function parts({ kind, ...numbers }: Black76.Option): Parts {
  return {
    kind,
    forward: exactly(numbers.forward),
    strike: exactly(numbers.strike),
    years: exactly(numbers.years),
    volatility: exactly(numbers.volatility),
    discount: exactly(numbers.discount),
  }
}

export function price(option: Parts): Decimal {
  const { kind, forward, strike, years, volatility, discount } = option
  if (isInTheMoney(option)) return price(mirrored(option)).add(paritySpread(option))
  const s = volatility.mul(years.sqrt())
  const d1 = forward.div(strike).ln().div(s).add(s.div(2))
  const d2 = d1.sub(s)
  const side = kind === 'call' ? 1 : -1
  const value = forward.mul(cdf(d1.mul(side))).sub(strike.mul(cdf(d2.mul(side))))
  return value.mul(side).mul(discount)
}

/**
 * All greeks by differences of prices a step of 1e-15 apart: no formula of a derivative is used, but for the line by which
 * an option in the money differs from the one out of it.
 */
export function greeks(option: Parts): GreeksOf<Decimal> {
  const { kind, years, discount } = option
  if (!isInTheMoney(option)) return greeksOutOfTheMoney(option)
  const own = greeksOutOfTheMoney(mirrored(option))
  const spread = paritySpread(option)
  return {
    ...own,
    price: own.price.add(spread),
    delta: kind === 'call' ? own.delta.add(discount) : own.delta.sub(discount),
    theta: own.theta.sub(discount.ln().div(years).mul(spread)),
    rho: own.rho.sub(years.mul(spread)),
  }
}

type GreeksOf<Value> = { readonly [name in keyof Black76.Greeks]: Value }

function greeksOutOfTheMoney(option: Parts): GreeksOf<Decimal> {
  const { forward, years, volatility, discount } = option
  const rate = discount.ln().div(years).neg()
  const at = (f: number, v: number) =>
    price({ ...option, forward: stepped(forward, f), volatility: stepped(volatility, v) })
  // As time passes, the rate stays and the discount follows.
  const later = (t: number) => {
    const left = stepped(years, -t)
    return price({ ...option, years: left, discount: Decimal.exp(rate.mul(left).neg()) })
  }
  const atRate = (r: number) =>
    price({ ...option, discount: Decimal.exp(rate.add(step.mul(r)).mul(years).neg()) })
  const slope = (above: Decimal, below: Decimal, unit: Decimal) => above.sub(below).div(step.mul(2)).div(unit)
  const curve = (above: Decimal, below: Decimal, unit: Decimal) =>
    above.add(below).sub(middle.mul(2)).div(step.mul(step)).div(unit).div(unit)
  const middle = at(0, 0)
  const [up, down, louder, calmer] = [at(1, 0), at(-1, 0), at(0, 1), at(0, -1)]
  const crossed = at(1, 1).sub(at(1, -1)).sub(at(-1, 1)).add(at(-1, -1))
  return {
    price: middle,
    delta: slope(up, down, forward),
    gamma: curve(up, down, forward),
    vega: slope(louder, calmer, volatility),
    theta: slope(later(1), later(-1), years),
    rho: slope(atRate(1), atRate(-1), one),
    vanna: crossed.div(step.mul(step).mul(4)).div(forward).div(volatility),
    volga: curve(louder, calmer, volatility),
  }
}

function stepped(value: Decimal, steps: number): Decimal {
  return value.mul(step.mul(steps).add(1))
}

function isInTheMoney({ kind, forward, strike }: Parts): boolean {
  return kind === 'call' ? forward.gt(strike) : strike.gt(forward)
}

function mirrored(option: Parts): Parts {
  return { ...option, kind: option.kind === 'call' ? 'put' : 'call' }
}

// What an option is worth above its mirror image.
function paritySpread({ kind, forward, strike, discount }: Parts): Decimal {
  return discount.mul(kind === 'call' ? forward.sub(strike) : strike.sub(forward))
}

/** How far `value` is from `reference`, in parts of `scale`, else of the reference itself. */
export function distance(value: number, reference: Decimal, scale = reference): number {
  return exactly(value).sub(reference).div(scale).abs().toNumber()
}

function erfBySeries(x: Decimal): Decimal {
  const square = x.mul(x).mul(2)
  let term = x
  let sum = x
  for (let odd = 3; term.abs().gt(1e-72); odd += 2) {
    term = term.mul(square).div(odd)
    sum = sum.add(term)
  }
  return sum
    .mul(Decimal.exp(x.mul(x).neg()))
    .mul(2)
    .div(pi.sqrt())
}

// erfc(x) = e^(−x²)/√π · 1/(x + ½/(x + 1/(x + 3⁄2/(x + …)))), from the inside out.
function erfcByFraction(x: Decimal): Decimal {
  let fraction = x
  for (let k = 10 + Math.ceil(3000 / x.toNumber() ** 2); k >= 1; k--)
    fraction = x.add(new Decimal(k).div(2).div(fraction))
  return Decimal.exp(x.mul(x).neg()).div(pi.sqrt()).div(fraction)
}
