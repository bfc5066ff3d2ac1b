import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as margin from './margin.ts'
import { kind, uniform } from './pricing/option.fixture.ts'

const strikes = fc
  .tuple(
    fc.integer({ min: 10, max: 900 }),
    fc.integer({ min: 1, max: 90 }),
    fc.integer({ min: 0, max: 90 }),
    fc.integer({ min: 1, max: 90 }),
  )
  .map(([putWing, putWidth, gap, callWidth]) => ({
    putWing,
    putShort: putWing + putWidth,
    callShort: putWing + putWidth + gap,
    callWing: putWing + putWidth + gap + callWidth,
  }))

const legs = fc.array(
  fc.record({ kind, strike: fc.integer({ min: 1, max: 100 }), quantity: fc.integer({ min: -5, max: 5 }) }),
  { maxLength: 6 },
)
const isLimited = (all: readonly margin.Leg[]) =>
  all.reduce((slope, { kind, quantity }) => slope + (kind === 'call' ? quantity : 0), 0) >= 0

describe('margin', () => {
  it('is the distance of the strikes for a put spread that was sold', () => {
    const spread: margin.Leg[] = [
      { kind: 'put', strike: 100, quantity: -1 },
      { kind: 'put', strike: 90, quantity: 1 },
    ]
    expect(margin.requirement(spread)).toBe(10)
    expect(margin.maximumLoss(spread, 3)).toBe(7)
    expect(margin.breakEvens(spread, 3)).toEqual([97])
  })

  it('law: the margin of a condor is the wider of its wings, however unequal they are', () => {
    fc.assert(
      fc.property(strikes, (all) => {
        const wider = Math.max(all.putShort - all.putWing, all.callWing - all.callShort)
        expect(margin.requirement(margin.condor(all))).toBe(wider)
      }),
    )
  })

  it('law: no settlement costs more than the maximum loss, and one costs it all', () => {
    fc.assert(
      fc.property(legs.filter(isLimited), fc.integer({ min: -20, max: 20 }), (all, credit) => {
        const lost = Array.from({ length: 202 }, (_, settlement) => -margin.payoff(all, settlement) - credit)
        expect(Math.max(...lost)).toBe(margin.maximumLoss(all, credit))
      }),
    )
  })

  it('law: at its break-evens a condor neither wins nor loses, and between them it wins', () => {
    fc.assert(
      fc.property(strikes, uniform(0.01, 0.99), (all, share) => {
        const condor = margin.condor(all)
        const narrower = Math.min(all.putShort - all.putWing, all.callWing - all.callShort)
        const credit = share * narrower
        const [low, high] = margin.breakEvens(condor, credit) as [number, number]
        expect(low).toBeCloseTo(all.putShort - credit, 9)
        expect(high).toBeCloseTo(all.callShort + credit, 9)
        expect(margin.payoff(condor, (low + high) / 2) + credit).toBeGreaterThan(0)
      }),
    )
  })

  it('law: two books together need no more than each alone', () => {
    fc.assert(
      fc.property(legs.filter(isLimited), legs.filter(isLimited), (one, other) => {
        const together = margin.requirement([...one, ...other])
        expect(together).toBeLessThanOrEqual(margin.requirement(one) + margin.requirement(other))
      }),
    )
  })

  it('needs nothing for what is only bought, and finds the break-even of a call beyond all strikes', () => {
    const call: margin.Leg[] = [{ kind: 'call', strike: 20, quantity: 2 }]
    expect(margin.requirement(call)).toBe(0)
    expect(margin.requirement([])).toBe(0)
    expect(margin.maximumLoss(call, -3)).toBe(3)
    expect(margin.breakEvens(call, -3)).toEqual([21.5])
  })

  it('refuses a loss without limit, and strikes that are none', () => {
    expect(() => margin.requirement([{ kind: 'call', strike: 20, quantity: -1 }])).toThrow(
      '[MARGIN_UNLIMITED]',
    )
    expect(() => margin.requirement([{ kind: 'put', strike: 0, quantity: -1 }])).toThrow(
      '[FINANCE_INPUT_INVALID]',
    )
    expect(() => margin.breakEvens([], Number.NaN)).toThrow('credit is NaN')
  })
})
