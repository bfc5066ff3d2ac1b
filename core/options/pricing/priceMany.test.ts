import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Black76 from './Black76.ts'
import * as HighPrecision from './highPrecision.fixture.ts'
import * as NormalTable from './NormalTable.ts'
import { anyNumber, quotedOption, uniform, wideOption } from './option.fixture.ts'
import type { Batch } from './priceMany.ts'
import { priceMany } from './priceMany.ts'

function batchOf(options: readonly Black76.Option[]): Batch {
  const column = (name: keyof Omit<Black76.Option, 'kind'>) =>
    Float64Array.from(options, (each) => each[name])
  return {
    puts: Uint8Array.from(options, ({ kind }) => (kind === 'put' ? 1 : 0)),
    forwards: column('forward'),
    strikes: column('strike'),
    years: column('years'),
    volatilities: column('volatility'),
    discounts: column('discount'),
  }
}

describe('priceMany', () => {
  it('law: its prices are those of Black76 to 1e-15 of the larger of forward and strike', () => {
    const many = fc.array(fc.oneof(quotedOption, wideOption), { minLength: 1, maxLength: 1500 })
    fc.assert(
      fc.property(many, (options) => {
        const prices = priceMany(batchOf(options))
        for (const [index, option] of options.entries()) {
          const off = Math.abs(prices[index]! - Black76.price(option))
          expect(off / Math.max(option.forward, option.strike)).toBeLessThan(1e-15 * option.discount)
        }
      }),
      { numRuns: 30 },
    )
  })

  it('law: its normal distribution is that of decimal arithmetic to 3e-16, and to 1e-16 in the tail', () => {
    fc.assert(
      fc.property(uniform(-10, 10), uniform(-8, -1.2), (x, tail) => {
        const off = (at: number) =>
          HighPrecision.cdf(HighPrecision.exactly(at))
            .sub(HighPrecision.exactly(NormalTable.cdf(at)))
            .abs()
        expect(off(x).toNumber()).toBeLessThan(3e-16)
        expect(off(tail).toNumber()).toBeLessThan(1e-16)
      }),
      { numRuns: 300 },
    )
    expect([NormalTable.cdf(-1e300), NormalTable.cdf(1e300)]).toEqual([expect.closeTo(0, 18), 1])
  })

  it('law: whatever doubles come in, finite prices of 0 or more or a CutwaterError come out', () => {
    const names = fc.constantFrom('forward', 'strike', 'years', 'volatility', 'discount')
    fc.assert(
      fc.property(wideOption, names, anyNumber, names, anyNumber, (option, one, odd, two, other) => {
        const given: Black76.Option = { ...option, [one]: odd, [two]: other }
        try {
          const [price] = priceMany(batchOf([given]))
          expect(price).toBeGreaterThanOrEqual(0)
          expect(price).toBeLessThan(Number.POSITIVE_INFINITY)
        } catch (error) {
          expect(error).toHaveProperty('code', 'PRICE_BATCH_INVALID')
        }
      }),
      { numRuns: 20_000 },
    )
  })

  it('is the payoff at expiry and without volatility', () => {
    const option: Black76.Option = {
      kind: 'call',
      forward: 21,
      strike: 20,
      years: 0,
      volatility: 1,
      discount: 1,
    }
    const late = [option, { ...option, kind: 'put' as const }, { ...option, strike: 21 }]
    const calm = late.map((each) => ({ ...each, years: 1, volatility: 0 }))
    expect([...priceMany(batchOf([...late, ...calm]))]).toEqual([1, 0, 0, 1, 0, 0])
  })

  it('names the place of what it refuses', () => {
    const option: Black76.Option = {
      kind: 'call',
      forward: 21,
      strike: 20,
      years: 1,
      volatility: 1,
      discount: 1,
    }
    const bad = batchOf([option, { ...option, years: -1 }])
    expect(() => priceMany(bad)).toThrow('option 1: puts 0, forwards 21, strikes 20, years -1')
    expect(() => priceMany({ ...bad, strikes: new Float64Array(3) })).toThrow(
      'strikes holds 3 places; expected 2',
    )
    expect(() => priceMany({ ...batchOf([option]), puts: Uint8Array.of(2) })).toThrow('[PRICE_BATCH_INVALID]')
    expect([...priceMany(batchOf([]))]).toEqual([])
  })
})
