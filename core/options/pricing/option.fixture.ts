import fc from 'fast-check'
import type * as Black76 from './Black76.ts'

/** A number between two others, as likely in one decade as in the next. */
export function logUniform(min: number, max: number): fc.Arbitrary<number> {
  return fc.double({ min: Math.log(min), max: Math.log(max), noNaN: true }).map(Math.exp)
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
    h: fc.double({ min: -37, max: 37, noNaN: true }),
    years: logUniform(1e-4, 30),
    discount: fc.double({ min: 0.2, max: 1.2, noNaN: true }),
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
    forward: fc.double({ min: 9, max: 6000, noNaN: true }),
    moneyness: fc.double({ min: 0.5, max: 3, noNaN: true }),
    years: fc.double({ min: 1 / 365, max: 2, noNaN: true }),
    volatility: fc.double({ min: 0.05, max: 2.5, noNaN: true }),
    discount: fc.double({ min: 0.9, max: 1, noNaN: true }),
  })
  .map(({ moneyness, ...rest }) => ({ ...rest, strike: rest.forward * moneyness }))

/** Any double at all, with the odd ones more often. */
export const anyNumber = fc.oneof(
  fc.double(),
  fc.constantFrom(0, -0, 1, -1, Number.MIN_VALUE, Number.MAX_VALUE, Number.EPSILON, Number.POSITIVE_INFINITY),
  fc.double({ min: 0, max: 10, noNaN: true }),
)
