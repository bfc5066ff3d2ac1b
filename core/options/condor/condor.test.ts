import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as OptionsPolicy from '../book/OptionsPolicy.ts'
import * as margin from '../margin.ts'
import * as Black76 from '../pricing/Black76.ts'
import { madeUpMarket } from '../testing/madeUpMarket.ts'
import * as Expiries from '../view/Expiries.ts'
import { prepare } from '../view/prepare.ts'
import { termsOf } from '../view/quote.ts'
import * as Condor from './Condor.ts'
import { creditCondor, creditOf } from './creditCondor.ts'
import { deltaCondor } from './deltaCondor.ts'
import { edr } from './edr.ts'

const days = madeUpMarket({ from: '2022-06-01', days: 120, seed: 9, crash: { day: 70, vix: 45 } })
const views = prepare({ days, events: [], etps: [] })
const anyView = fc.constantFrom(...views)

describe('a condor by delta', () => {
  it('law: on a grid fine enough its strikes have the deltas that were asked for', () => {
    fc.assert(
      fc.property(
        anyView,
        fc.constantFrom(0.1, 0.16, 0.2),
        fc.constantFrom(0.03, 0.05),
        (view, shortDelta, wing) => {
          const [expiry] = Expiries.monthlySpx(view, 20, 60)
          const policy = {
            ...OptionsPolicy.of().condor,
            shortDelta,
            wing: { by: 'delta' as const, value: wing },
            strikeStep: 0.01,
          }
          const found = Condor.legs(deltaCondor(view, expiry!, 'open', policy)!).map(({ instrument }) => {
            const terms = termsOf(view, instrument)!
            return Math.abs(Black76.greeks(terms).delta / terms.discount)
          })
          for (const [i, delta] of [wing, shortDelta, shortDelta, wing].entries())
            expect(found[i]).toBeCloseTo(delta, 4)
        },
      ),
    )
  })

  it('law: the dearer time value is, the further its wings, when they are to widen', () => {
    fc.assert(
      fc.property(anyView, fc.double({ min: 0.1, max: 2, noNaN: true }), (view, widen) => {
        const [expiry] = Expiries.monthlySpx(view, 20, 60)
        const base = OptionsPolicy.of().condor
        const width = (timeValueRank: number) => {
          const ranked = { ...view, facts: { ...view.facts, timeValueRank } }
          const { putShort, putWing } = deltaCondor(ranked, expiry!, 'open', {
            ...base,
            widen,
            strikeStep: 0.1,
          })!
          return putShort - putWing
        }
        expect(width(1)).toBeGreaterThan(width(0))
      }),
    )
  })
})

describe('a condor by credit', () => {
  it('law: it brings in what its tier asks for, to the next strike, or stands beside the spot', () => {
    fc.assert(
      fc.property(
        anyView,
        fc.constantFrom(...OptionsPolicy.tiers),
        fc.constantFrom(5, 10, 25),
        (view, tier, wing) => {
          const { condor: policy } = OptionsPolicy.daily(tier)
          const [expiry] = Expiries.dailySpx(view, 1, 1)
          const condor = creditCondor(view, expiry!, { ...policy, wing: { by: 'points', value: wing } })!
          const credit = creditOf(view, condor)!
          const beside = condor.callShort - condor.putShort <= 2 * policy.strikeStep
          if (!beside) expect(credit).toBeGreaterThanOrEqual(policy.credit[tier])
          const out = creditOf(view, {
            ...condor,
            putShort: condor.putShort - 5,
            putWing: condor.putWing - 5,
            callShort: condor.callShort + 5,
            callWing: condor.callWing + 5,
          })!
          expect(out).toBeLessThan(Math.max(credit, policy.credit[tier]) + 1e-9)
          expect(condor.putShort - condor.putWing).toBe(wing)
        },
      ),
    )
  })

  // The break-even win rates that follow from width and credit when every loss is the whole width.
  it.each([
    [0.7, 5, 86],
    [0.7, 10, 93],
    [1.15, 5, 77],
    [1.6, 25, 93.6],
  ])('of %d on %d points must win %d%% of the time', (credit, width, percent) => {
    const loss = margin.maximumLoss(
      margin.condor({ putWing: 4000 - width, putShort: 4000, callShort: 4100, callWing: 4100 + width }),
      credit,
    )
    expect((100 * loss) / (loss + credit)).toBeCloseTo(percent, 6)
  })
})

describe('the expected daily range', () => {
  const at = (vix: number, vix9d: number, realised20: number) => ({
    ...views[0]!,
    day: { ...days[0]!, vix: { ...days[0]!.vix, close: vix }, indices: { vix9d } },
    facts: { ...views[0]!.facts, realised20 },
  })

  it('is 0.94% at a VIX of 14.92, by the one formula', () => {
    expect(edr(at(14.92, 14, 0.1), { version: 'vix', multiplier: 1 })).toBeCloseTo(0.0094, 5)
  })

  it('is 0.49% at a VIX9D of 18 and realised 12, by the other, and 0.87% with a multiplier of 2', () => {
    expect(edr(at(20, 18, 0.12), { version: 'blend', multiplier: 1 })).toBeCloseTo(0.0049, 4)
    expect(edr(at(20, 18, 0.12), { version: 'blend', multiplier: 2 })).toBeCloseTo(0.0087, 4)
  })
})
