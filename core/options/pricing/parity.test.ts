import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Black76 from './Black76.ts'
import { uniform } from './option.fixture.ts'
import * as parity from './parity.ts'

const forward = uniform(500, 6000)
const discount = uniform(0.9, 1)

/** A chain whose middles hold to a forward and a discount, with spreads that differ from quote to quote. */
function chain(forward: number, discount: number, width = 0.2): parity.Pair[] {
  return [-8, -5, -3, -1, 0, 1, 2, 4, 8].map((percent, index) => {
    const strike = Math.round(forward * (1 + percent / 100))
    const option = { forward, strike, years: 0.25, volatility: 0.2 - percent / 200, discount }
    const quote = (kind: Black76.Kind, half: number) => {
      const mid = Black76.price({ ...option, kind })
      return { bid: mid - half, ask: mid + half }
    }
    return {
      strike,
      call: quote('call', width * (1 + (index % 3))),
      put: quote('put', width * (1 + (index % 2))),
    }
  })
}

describe('parity', () => {
  it('law: the fit gives back the forward and the discount a chain was made of', () => {
    fc.assert(
      fc.property(forward, discount, (f, d) => {
        const fitted = parity.fit(chain(f, d))
        expect(fitted.forward / f).toBeCloseTo(1, 9)
        expect(fitted.discount).toBeCloseTo(d, 9)
        expect(fitted.residual).toBeCloseTo(0, 9)
        expect(parity.fit(chain(f, d), d).forward / f).toBeCloseTo(1, 12)
      }),
    )
  })

  it('law: a chain in parity leaves no conversion, reversal or box after spreads', () => {
    fc.assert(
      fc.property(forward, discount, (f, d) => {
        const pairs = chain(f, d)
        const market = { forward: f, discount: d, costs: 0 }
        for (const pair of pairs) expect(parity.conversionGap(pair, market)).toBe(0)
        for (let i = 1; i < pairs.length; i++) expect(parity.boxGap(pairs[i - 1]!, pairs[i]!, market)).toBe(0)
      }),
    )
  })

  it('law: a gap is what the trade earns at once, and costs only close it', () => {
    const cost = uniform(0, 20)
    fc.assert(
      fc.property(forward, discount, uniform(-20, 20), cost, (f, d, off, costs) => {
        const pair = chain(f, d)[4]!
        const moved = { ...pair, call: { bid: pair.call.bid + 20 + off, ask: pair.call.ask + 20 + off } }
        const put = { bid: pair.put.bid + 20, ask: pair.put.ask + 20 }
        const gap = parity.conversionGap({ ...moved, put }, { forward: f, discount: d, costs })
        const halves = (pair.call.ask - pair.call.bid + pair.put.ask - pair.put.bid) / 2
        const left = Math.max(0, Math.abs(off) - halves - costs)
        expect(gap).toBeCloseTo(Math.sign(off) * left, 8)
      }),
    )
  })

  it('weighs a stale quote with a wide spread little', () => {
    const pairs = chain(4000, 0.99)
    const stale = { ...pairs[0]!, call: { bid: 10, ask: 900 } }
    expect(parity.fit([stale, ...pairs.slice(1)]).forward).toBeCloseTo(4000, 0)
  })

  it('leaves out what nobody bids for', () => {
    const pairs = chain(4000, 0.99)
    const unbid = { strike: 9000, call: { bid: 0, ask: 0.05 }, put: { bid: 4900, ask: 5000 } }
    expect(parity.fit([...pairs, unbid])).toEqual(parity.fit(pairs))
  })

  it('refuses too few pairs, crossed quotes, and pairs of different moments', () => {
    const [pair] = chain(4000, 0.99)
    expect(() => parity.fit([pair!])).toThrow('1 strikes have a bid for both')
    expect(() => parity.fit([])).toThrow('[PARITY_PAIRS_INVALID]')
    expect(() => parity.fit([pair!, pair!])).toThrow('[PARITY_PAIRS_INVALID]')
    const crossed = { ...pair!, call: { bid: 2, ask: 1 } }
    expect(() => parity.fit([crossed, pair!])).toThrow('a quote is 2 bid, 1 ask')
    expect(() => parity.fit([{ ...pair!, put: { bid: 1, ask: Number.NaN } }])).toThrow('1 bid, NaN ask')
    const rising = { strike: pair!.strike + 100, call: { bid: 900, ask: 901 }, put: { bid: 1, ask: 2 } }
    expect(() => parity.fit([pair!, rising])).toThrow('calls less puts give a discount of -')
    expect(() => parity.boxGap(pair!, pair!, { discount: 1, costs: 0 })).toThrow('a lower strike first')
  })
})
