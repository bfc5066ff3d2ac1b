import fc from 'fast-check'
import type * as Black76 from './Black76.ts'

/** A number between two others, as likely here as there; `fc.double` draws most of its numbers next to zero. */
export function uniform(min: number, max: number): fc.Arbitrary<number> {
  const steps = 2 ** 31 - 1
  return fc.integer({ min: 0, max: steps }).map((step) => min + ((max - min) * step) / steps)
}

/** The same, as likely in one decade as in the next. */
export function logUniform(min: number, max: number): fc.Arbitrary<number> {
  return uniform(Math.log(min), Math.log(max)).map(Math.exp)
}

/** A call or a put. */
export const kind = fc.constantFrom<Black76.Kind>('call', 'put')

/**
 * Options from an hour to thirty years, of a total deviation from 0.0001 to 5, up to 37 of them away from the money: what is
 * cheapest is worth 1e-300 of the forward.
 */
export const wideOption: fc.Arbitrary<Black76.Option> = fc
  .record({
    kind,
    forward: logUniform(1e-3, 1e6),
    s: logUniform(1e-4, 5),
    h: uniform(-37, 37),
    years: logUniform(1e-4, 30),
    discount: uniform(0.2, 1.2),
  })
  .map(({ s, h, years, ...rest }) => ({
    ...rest,
    years,
    strike: rest.forward * Math.exp(-h * s),
    volatility: s / Math.sqrt(years),
  }))

/** Options as they are quoted: VIX and SPX, up to two years. */
export const quotedOption: fc.Arbitrary<Black76.Option> = fc
  .record({
    kind,
    forward: uniform(9, 6000),
    moneyness: uniform(0.5, 3),
    years: uniform(1 / 365, 2),
    volatility: uniform(0.05, 2.5),
    discount: uniform(0.9, 1),
  })
  .map(({ moneyness, ...rest }) => ({ ...rest, strike: rest.forward * moneyness }))

/** Any double at all, with the odd ones more often. */
export const anyNumber = fc.oneof(
  fc.double(),
  fc.constantFrom(0, -0, 1, -1, Number.MIN_VALUE, Number.MAX_VALUE, Number.EPSILON, Number.POSITIVE_INFINITY),
  uniform(0, 10),
)
