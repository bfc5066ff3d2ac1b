import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as BlackScholes from './BlackScholes.ts'
import { kind, uniform } from './option.fixture.ts'

const option = (
  kind: 'call' | 'put',
  strike: number,
  spot: number,
  dividendYield: number,
  rate: number,
  years: number,
  volatility: number,
): BlackScholes.Option => ({ kind, strike, spot, dividendYield, rate, years, volatility })

const anyOption = fc.record<BlackScholes.Option>({
  kind,
  spot: uniform(50, 150),
  strike: uniform(50, 150),
  years: uniform(0.05, 3),
  volatility: uniform(0.1, 1),
  rate: uniform(-0.02, 0.1),
  dividendYield: uniform(0, 0.1),
})

// E. G. Haug, Option pricing formulas (1998), by page; the numbers as in QuantLib's test suite
// (test-suite/europeanoption.cpp), which prints the same digits.
describe('BlackScholes', () => {
  it.each([
    ['pages 2-8', option('call', 65, 60, 0, 0.08, 0.25, 0.3), 2.1334],
    ['pages 2-8', option('put', 95, 100, 0.05, 0.1, 0.5, 0.2), 2.4648],
    ['pages 2-8', option('call', 1.6, 1.56, 0.08, 0.06, 0.5, 0.12), 0.0291],
    ['pages 2-8', option('put', 70, 75, 0.05, 0.1, 0.5, 0.35), 4.087],
    ['page 27', option('call', 40, 42, 0.08, 0.04, 0.75, 0.35), 5.0975],
  ])('agrees with Haug, %s: %j is worth %d', (_, given, price) => {
    expect(BlackScholes.price(given)).toBeCloseTo(price, 4)
  })

  it.each([
    ['delta', option('call', 100, 105, 0.1, 0.1, 0.5, 0.36), 0.5946],
    ['delta', option('put', 100, 105, 0.1, 0.1, 0.5, 0.36), -0.3566],
    ['gamma', option('call', 60, 55, 0, 0.1, 0.75, 0.3), 0.0278],
    ['gamma', option('put', 60, 55, 0, 0.1, 0.75, 0.3), 0.0278],
    ['vega', option('call', 60, 55, 0, 0.1, 0.75, 0.3), 18.9358],
    ['theta', option('put', 405, 430, 0.05, 0.07, 1 / 12, 0.2), -31.1924],
    ['rho', option('call', 75, 72, 0, 0.09, 1, 0.19), 38.7325],
    ['dividendRho', option('put', 490, 500, 0.05, 0.08, 0.25, 0.15), 42.2254],
  ] as const)('agrees with Haug, pages 11-16: %s of %j is %d', (greek, given, expected) => {
    expect(BlackScholes.greeks(given)[greek]).toBeCloseTo(expected, 4)
  })

  it('law: each greek is the slope of the price, by a difference of prices', () => {
    fc.assert(
      fc.property(anyOption, (given) => {
        const own = BlackScholes.greeks(given)
        const slope = (name: 'spot' | 'volatility' | 'rate' | 'dividendYield' | 'years', step: number) => {
          const above = BlackScholes.price({ ...given, [name]: given[name] + step })
          return (above - BlackScholes.price({ ...given, [name]: given[name] - step })) / (2 * step)
        }
        expect(own.delta).toBeCloseTo(slope('spot', 1e-3), 6)
        expect(own.vega).toBeCloseTo(slope('volatility', 1e-5), 5)
        expect(own.rho).toBeCloseTo(slope('rate', 1e-5), 5)
        expect(own.dividendRho).toBeCloseTo(slope('dividendYield', 1e-5), 5)
        expect(own.theta).toBeCloseTo(-slope('years', 1e-5), 4)
        const deltaAt = (step: Partial<BlackScholes.Option>) =>
          BlackScholes.greeks({ ...given, ...step }).delta
        const [spot, volatility] = [given.spot, given.volatility]
        expect(own.gamma).toBeCloseTo(
          (deltaAt({ spot: spot + 1e-3 }) - deltaAt({ spot: spot - 1e-3 })) / 2e-3,
          6,
        )
        const [louder, calmer] = [volatility + 1e-5, volatility - 1e-5]
        expect(own.vanna).toBeCloseTo(
          (deltaAt({ volatility: louder }) - deltaAt({ volatility: calmer })) / 2e-5,
          5,
        )
      }),
    )
  })

  it('law: at every price the option earns what its hedge costs: θ + ½σ²S²Γ + (r − q)SΔ = rV', () => {
    // the equation of Black and Scholes, Journal of Political Economy 81, 1973
    fc.assert(
      fc.property(anyOption, (given) => {
        const { spot, volatility, rate, dividendYield } = given
        const { price, delta, gamma, theta } = BlackScholes.greeks(given)
        const earned =
          theta + 0.5 * volatility ** 2 * spot ** 2 * gamma + (rate - dividendYield) * spot * delta
        expect(earned - rate * price).toBeCloseTo(0, 10)
      }),
    )
  })
})
