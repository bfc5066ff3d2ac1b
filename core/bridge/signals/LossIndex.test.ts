import { describe, expect, it } from 'vitest'
import * as Decayed from '../../signals/Decayed.ts'
import { day } from '../../units/UnixTime.ts'
import { begin } from '../testing/sampleBridge.ts'
import * as LossIndex from './LossIndex.ts'
import { emptyTally, measure, numberOf, sightOf, viewOf, whyOf } from './signals.fixture.ts'

describe('the bridge volatility index', () => {
  const gold = measure('wrappedPrice', 'GOLD', 0.98)
  const silver = measure('wrappedPrice', 'SILVER', 1)

  it('implied: 2% off a token that holds three quarters of the value', () => {
    // −ln(1 − 0.02 ÷ 0.49) ÷ (1 ÷ 365.25) = 15.221, of which gold weighs 300 of 400
    expect(numberOf(LossIndex.implied, viewOf([gold, silver]))).toBeCloseTo(0.75 * 15.221, 2)
    expect(sightOf(LossIndex.implied, viewOf([gold, silver]))).toMatchObject({
      says: 'GOLD trades 2.00% below par at worst, which implies 11.42 losses a year',
    })
  })

  it('realised: one hard finding, which a half-life of thirty days makes ln 2 · 365.25 ÷ 30 a year', () => {
    const tally = emptyTally()
    Decayed.add(tally.hardFindings, 1, begin)
    expect(numberOf(LossIndex.realised, viewOf([], { tally }))).toBeCloseTo(8.439, 3)
    expect(numberOf(LossIndex.realised, viewOf([], { tally, at: begin + 30 * day }))).toBeCloseTo(
      8.439 / 2,
      3,
    )
  })

  it('term structure: 2% within a day in the pool against cover at 5% a year', () => {
    // cover of 90 days: d = 0.05 · 90 ÷ 365.25 = 0.012320, λ = −ln(1 − 0.012320 ÷ 0.49) · 365.25 ÷ 90 = 0.10334
    const view = viewOf([gold, measure('wrappedPrice', 'SILVER', 0.98), measure('coverRate', '', 0.05)])
    expect(numberOf(LossIndex.termStructure, view)).toBeCloseTo(Math.log(15.221 / 0.10334), 3)
    expect(whyOf(LossIndex.termStructure, viewOf([gold]))).toBe(
      'a slope needs two horizons that price a loss, and 1 of four are fed',
    )
  })
})
