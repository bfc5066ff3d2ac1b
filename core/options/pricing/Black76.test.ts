import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Black76 from './Black76.ts'
import * as HighPrecision from './highPrecision.fixture.ts'
import { quotedOption, uniform, wideOption } from './option.fixture.ts'

const future: Black76.Option = {
  kind: 'put',
  forward: 19,
  strike: 19,
  years: 0.75,
  volatility: 0.28,
  discount: Math.exp(-0.075),
}

describe('Black76', () => {
  it("agrees with Haug's example of an option on a future", () => {
    // E. G. Haug, The complete guide to option pricing formulas (1998), pages 2-8, as in QuantLib's test suite
    expect(Black76.price(future)).toBeCloseTo(1.7011, 4)
    expect(Black76.price({ ...future, kind: 'call' })).toBeCloseTo(1.7011, 4)
  })

  it.each([
    // Haug (1998), table on page 24, as in QuantLib's test suite (test-suite/europeanoption.cpp): options on a future with
    // X = 100, r = 10%; by years, volatility and future, the call and the put
    [0.1, 0.15, 90, 0.0205, 9.921],
    [0.1, 0.15, 100, 1.8733, 1.8733], // the book has 1.8734; decimal arithmetic gives 1.873344573
    [0.1, 0.15, 110, 9.9413, 0.0408],
    [0.1, 0.25, 90, 0.315, 10.2155],
    [0.1, 0.25, 100, 3.1217, 3.1217],
    [0.1, 0.25, 110, 10.3556, 0.4551],
    [0.1, 0.35, 90, 0.9474, 10.8479],
    [0.1, 0.35, 100, 4.3693, 4.3693],
    [0.1, 0.35, 110, 11.1381, 1.2376],
    [0.5, 0.15, 90, 0.8069, 10.3192],
    [0.5, 0.15, 100, 4.0232, 4.0232],
    [0.5, 0.15, 110, 10.5769, 1.0646],
    [0.5, 0.25, 90, 2.7026, 12.2149],
    [0.5, 0.25, 100, 6.6997, 6.6997],
    [0.5, 0.25, 110, 12.7857, 3.2734],
    [0.5, 0.35, 90, 4.9329, 14.4452],
    [0.5, 0.35, 100, 9.3679, 9.3679],
    [0.5, 0.35, 110, 15.3086, 5.7963],
  ])("agrees with Haug's table at T = %d, σ = %d, F = %d", (years, volatility, forward, call, put) => {
    const option = { forward, strike: 100, years, volatility, discount: Math.exp(-0.1 * years) }
    expect(Black76.price({ ...option, kind: 'call' })).toBeCloseTo(call, 4)
    expect(Black76.price({ ...option, kind: 'put' })).toBeCloseTo(put, 4)
  })

  it('law: the price is that of decimal arithmetic to 1e-12 relative, from deep in to 1e-300 out of the money', () => {
    fc.assert(
      fc.property(wideOption, (option) => {
        const reference = HighPrecision.price(HighPrecision.parts(option))
        if (reference.div(option.forward).lt(1e-300)) return
        expect(HighPrecision.distance(Black76.price(option), reference)).toBeLessThan(1e-12)
      }),
      { numRuns: 400 },
    )
  })

  it('law: each greek is the slope of the price in decimal arithmetic, to 1e-12 of the terms it is the sum of', () => {
    fc.assert(
      fc.property(wideOption, (option) => {
        const reference = HighPrecision.greeks(HighPrecision.parts(option))
        if (reference.vega.div(option.forward).lt(1e-300)) return
        const own = Black76.greeks(option)
        const scales = termsOf(option, own)
        for (const name of Object.keys(own) as (keyof Black76.Greeks)[]) {
          const scale = scales[name] === undefined ? undefined : HighPrecision.exactly(scales[name])
          expect(HighPrecision.distance(own[name], reference[name], scale), name).toBeLessThan(1e-12)
        }
      }),
      { numRuns: 50 },
    )
  })

  it('law: call − put = discount · (forward − strike)', () => {
    fc.assert(
      fc.property(quotedOption, (option) => {
        const { forward, strike, discount } = option
        const call = Black76.price({ ...option, kind: 'call' })
        const put = Black76.price({ ...option, kind: 'put' })
        expect((call - put - discount * (forward - strike)) / forward).toBeCloseTo(0, 14)
      }),
    )
  })

  it('law: a price lies between what the option would pay now and all it could pay, discounted', () => {
    fc.assert(
      fc.property(wideOption, (option) => {
        const most = option.kind === 'call' ? option.forward : option.strike
        const price = Black76.price(option)
        expect(price).toBeGreaterThanOrEqual(option.discount * Black76.intrinsic(option))
        expect(price).toBeLessThanOrEqual(option.discount * most * (1 + 1e-15))
      }),
    )
  })

  it('law: more volatility, more time and a closer strike never make an option cheaper', () => {
    fc.assert(
      fc.property(wideOption, uniform(1.001, 3), (option, factor) => {
        const { price } = Black76.greeks(option)
        const closer = option.kind === 'call' ? option.strike / factor : option.strike * factor
        expect(Black76.price({ ...option, volatility: option.volatility * factor })).toBeGreaterThanOrEqual(
          price,
        )
        expect(Black76.price({ ...option, years: option.years * factor })).toBeGreaterThanOrEqual(price)
        expect(Black76.price({ ...option, strike: closer })).toBeGreaterThanOrEqual(price)
      }),
    )
  })

  it('is its payoff at expiry and without volatility, and its greeks are those of the payoff', () => {
    const flat = { gamma: 0, vega: 0, vanna: 0, volga: 0 }
    const call: Black76.Option = { ...future, kind: 'call', forward: 21, discount: 1 }
    expect(Black76.greeks({ ...call, years: 0 })).toMatchObject({ price: 2, delta: 1, ...flat })
    expect(Black76.greeks({ ...call, volatility: 0 })).toMatchObject({ price: 2, delta: 1, ...flat })
    expect(Black76.greeks({ ...call, years: 0, strike: 21 })).toMatchObject({ price: 0, delta: 0.5, ...flat })
    expect(Black76.greeks({ ...call, years: 0, strike: 22 })).toMatchObject({ price: 0, delta: 0, ...flat })
    expect(Black76.greeks({ ...call, years: 0, kind: 'put', strike: 22 })).toMatchObject({
      price: 1,
      delta: -1,
    })
  })

  it('refuses what no option has, by name', () => {
    expect(() => Black76.price({ ...future, years: -1 })).toThrow('years is -1; expected')
    expect(() => Black76.price({ ...future, strike: 0 })).toThrow('[FINANCE_INPUT_INVALID]')
    expect(() => Black76.greeks({ ...future, volatility: Number.NaN })).toThrow('volatility is NaN')
  })
})

/** What a greek is the sum of, where it passes through zero: there its error is a part of its terms. */
function termsOf(
  option: Black76.Option,
  own: Black76.Greeks,
): { readonly [name in keyof Black76.Greeks]?: number } {
  const { forward, strike, years, volatility, discount } = option
  const s = volatility * Math.sqrt(years)
  const reach = Math.abs(Math.log(forward / strike)) / s + s / 2
  return {
    theta: Math.abs((Math.log(discount) / years) * own.price) + (own.vega * volatility) / (2 * years),
    vanna: (own.vega * reach) / (forward * s),
    volga: (own.vega * reach * reach) / volatility,
  }
}
