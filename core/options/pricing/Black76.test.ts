import { describe, expect, it } from 'vitest'
import * as Black76 from './Black76.ts'

const option: Black76.Option = {
  kind: 'put',
  forward: 19,
  strike: 19,
  years: 0.75,
  volatility: 0.28,
  discount: Math.exp(-0.075),
}

describe('Black76', () => {
  it("agrees with Haug's example of an option on a future", () => {
    // E. G. Haug, The complete guide to option pricing formulas, section 1.1.3: 1.7011
    expect(Black76.price(option)).toBeCloseTo(1.7011, 4)
    expect(Black76.price({ ...option, kind: 'call' })).toBeCloseTo(1.7011, 4)
  })
})
