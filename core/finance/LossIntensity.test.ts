import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { day, year } from '../units/UnixTime.ts'
import * as LossIntensity from './LossIntensity.ts'

const discount = fc.double({ min: 0.0001, max: 0.4, noNaN: true })
const horizon = fc.integer({ min: day, max: year })

describe('implied loss intensity', () => {
  it('is the credit triangle where discounts are small', () => {
    // validtests.com, PRMIA 8008, topic 6, question 53: 200 basis points a year at 40% recovery, 3.33%
    expect(LossIntensity.of({ discount: 0.02 / 365, seconds: year / 365 }, 0.6)).toBeCloseTo(0.0333, 4)
  })

  it('agrees with an example by hand', () => {
    // half of what can be lost is priced in over a year: ln 2
    expect(LossIntensity.of({ discount: 0.25, seconds: year }, 0.5)).toBeCloseTo(Math.LN2, 12)
  })

  it('implies nothing of a premium, and stays finite at and beyond the loss itself', () => {
    expect(LossIntensity.of({ discount: -0.1, seconds: day }, 0.5)).toBe(0)
    const whole = LossIntensity.of({ discount: 0.5, seconds: year }, 0.5)
    expect(whole).toBeCloseTo(Math.log(1_000), 9)
    expect(LossIntensity.of({ discount: 2, seconds: year }, 0.5)).toBe(whole)
  })

  it('refuses a loss of nothing, a horizon of nothing and a discount that is no number', () => {
    for (const [quote, lgd] of [
      [{ discount: 0.1, seconds: day }, 0],
      [{ discount: 0.1, seconds: 0 }, 1],
      [{ discount: Number.NaN, seconds: day }, 1],
    ] as const) {
      expect(() => LossIntensity.of(quote, lgd)).toThrow('[FINANCE_INPUT_INVALID]')
    }
  })

  it('law: the intensity gives its discount back, lgd·(1 − e^(−λτ))', () => {
    fc.assert(
      fc.property(discount, horizon, (d, seconds) => {
        const intensity = LossIntensity.of({ discount: d, seconds }, 0.6)
        expect(0.6 * (1 - Math.exp((-intensity * seconds) / year))).toBeCloseTo(d, 12)
      }),
    )
  })

  it('law: forwards add up to the whole, and a flat curve has a slope of 0', () => {
    const quotes = fc.uniqueArray(fc.record({ discount, seconds: horizon }), {
      minLength: 1,
      maxLength: 6,
      selector: ({ seconds }) => seconds,
    })
    fc.assert(
      fc.property(quotes, (some) => {
        const points = LossIntensity.termStructure(some, 0.9)
        let [mass, before] = [0, 0]
        for (const { seconds, forward } of points) {
          mass += forward * (seconds - before)
          before = seconds
        }
        expect(mass / (points.at(-1)!.intensity * points.at(-1)!.seconds)).toBeCloseTo(1, 9)
        const flat = points.map((point) => ({ ...point, intensity: 0.3 }))
        expect(LossIntensity.slope(flat)).toBe(points.length > 1 ? 0 : null)
      }),
    )
  })

  it('says nothing of a slope with one horizon, or with a loss that nobody prices', () => {
    expect(LossIntensity.slope([])).toBeNull()
    const points = LossIntensity.termStructure(
      [
        { discount: 0, seconds: day },
        { discount: 0.1, seconds: year },
      ],
      1,
    )
    expect(LossIntensity.slope(points)).toBeNull()
  })
})
