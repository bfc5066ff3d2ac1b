import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Black76 from './Black76.ts'
import * as HighPrecision from './highPrecision.fixture.ts'
import { impliedDeviation } from './impliedDeviation.ts'
import { impliedVolatility } from './impliedVolatility.ts'
import * as NormalisedBlack from './NormalisedBlack.ts'
import { logUniform, quotedOption, uniform, wideOption } from './option.fixture.ts'

const { exactly } = HighPrecision

// Deviations from 1e-7 (a VIX of 1% a second before expiry) to 100, strikes up to e^100 away, prices down to 1e-300.
const normalised = fc
  .record({
    s: logUniform(1e-7, 100),
    h: fc.oneof(uniform(-37, 0), fc.constant(0)),
    closeness: fc.oneof(fc.constant(1), logUniform(1e-20, 1)),
  })
  .map(({ s, h, closeness }) => ({ s, x: h * s * closeness }))
  .filter(({ x }) => x >= -100)

describe('implied volatility', () => {
  it('law: comes back to 1e-12 relative, plus what one last place of the price means, over the whole domain', () => {
    fc.assert(
      fc.property(normalised, ({ s, x }) => {
        const beta = NormalisedBlack.price(x, s)
        if (!(beta > 1e-300 && beta < Math.exp(0.5 * x))) return
        const lastPlace = (Number.EPSILON * beta) / (NormalisedBlack.vega(x, s) * s)
        expect(Math.abs(impliedDeviation(beta, x) / s - 1)).toBeLessThan(1e-12 + 2 * lastPlace)
      }),
      { numRuns: 20_000 },
    )
  })

  it('law: comes back to 1e-14 wherever the price tells it: out of the money, also a second before expiry', () => {
    fc.assert(
      fc.property(normalised, ({ s, x }) => {
        const beta = NormalisedBlack.price(x, s)
        if (!(beta > 1e-300 && beta < 0.5 * Math.exp(0.5 * x))) return
        expect(Math.abs(impliedDeviation(beta, x) / s - 1)).toBeLessThan(1e-14)
      }),
      { numRuns: 20_000 },
    )
  })

  it('law: decimal arithmetic has the given price at the volatility that is found', () => {
    fc.assert(
      fc.property(wideOption, (option) => {
        const kind = option.strike > option.forward ? 'call' : 'put'
        const price = Black76.price({ ...option, kind })
        const volatility = impliedVolatility({ ...option, kind, price })
        if (price / option.forward < 1e-290 || volatility === undefined) return
        const parts = HighPrecision.parts({ ...option, kind, volatility })
        // By how much the volatility is off, from the price there and its slope by volatility.
        const slope = Black76.greeks({ ...option, kind, volatility }).vega * volatility
        const off = HighPrecision.price(parts).sub(exactly(price)).div(exactly(slope)).abs().toNumber()
        expect(off).toBeLessThan(1e-12 + (4 * Number.EPSILON * price) / slope)
      }),
      { numRuns: 200 },
    )
  })

  it('law: a quoted option gives its volatility back, in the money too as far as its price tells', () => {
    fc.assert(
      fc.property(quotedOption, (option) => {
        const { price, vega } = Black76.greeks(option)
        const points = Math.max(option.forward, option.strike)
        const lastPlace = (Number.EPSILON * points) / vega / option.volatility
        if (lastPlace > 1e-6) return
        const volatility = impliedVolatility({ ...option, price })!
        expect(Math.abs(volatility / option.volatility - 1)).toBeLessThan(1e-12 + 8 * lastPlace)
      }),
      { numRuns: 5_000 },
    )
  })

  it('law: a dearer option has the higher volatility', () => {
    fc.assert(
      fc.property(quotedOption, uniform(0.01, 0.99), (option, share) => {
        const least = option.discount * Black76.intrinsic(option)
        const most = option.discount * (option.kind === 'call' ? option.forward : option.strike)
        const lower = impliedVolatility({ ...option, price: least + share * (most - least) })!
        const higher = impliedVolatility({ ...option, price: least + (share + 0.01) * (most - least) })
        expect(lower).toBeGreaterThan(0)
        if (share < 0.98) expect(higher).toBeGreaterThan(lower)
      }),
    )
  })

  it('is undefined for a price no volatility gives, and 0 for what the option would pay now', () => {
    const option = { kind: 'call', forward: 21, strike: 20, years: 0.1, discount: 1 } as const
    expect(impliedVolatility({ ...option, price: 0.99 })).toBe(undefined)
    expect(impliedVolatility({ ...option, price: -1 })).toBe(undefined)
    expect(impliedVolatility({ ...option, price: 21 })).toBe(undefined)
    expect(impliedVolatility({ ...option, price: 1 })).toBe(0)
    expect(impliedVolatility({ ...option, kind: 'put', price: 0 })).toBe(0)
    expect(impliedVolatility({ ...option, kind: 'put', price: 20 })).toBe(undefined)
  })

  it('refuses what no option has', () => {
    const option = { kind: 'call', forward: 21, strike: 20, years: 0.1, discount: 1, price: 2 } as const
    expect(() => impliedVolatility({ ...option, years: 0 })).toThrow('years is 0')
    expect(() => impliedVolatility({ ...option, price: Number.NaN })).toThrow('price is NaN')
  })

  it('comes back from strikes e^757 away, where first guesses have prices of 1e-319', () => {
    const [x, s] = [-756.6410721535534, 21.34941406276456]
    expect(impliedDeviation(NormalisedBlack.price(x, s), x) / s).toBeCloseTo(1, 12)
  })

  it('finds a volatility at which the price is the highest a double can tell from the limit', () => {
    const beta = 1 - Number.EPSILON / 2
    expect(impliedDeviation(beta, 0)).toBeCloseTo(16.5, 0)
  })
})
