import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultEconomy } from '../Protection.ts'
import * as LayerYear from './LayerYear.ts'

const million = 100_000_000
const standing: LayerYear.Standing = {
  lockedUsd: 100 * million,
  boundUsd: 0.2 * million,
  reserveUsd: 0,
  economy: defaultEconomy,
}
const threat: LayerYear.Threat = {
  perYear: 0.15,
  reviewableShare: 0.5,
  bypassChance: 0.1,
  losses: [1 * million, 10 * million, 200 * million],
}
const nothing = { near: 0, mid: 0, far: 0 }

describe('a year of the ladder', () => {
  it('without a dollar spent is what attacks take: nobody sees them, no limit holds', () => {
    const { baselineUsd, shortfallUsd } = LayerYear.year(nothing, threat, standing)
    expect(baselineUsd / million).toBeCloseTo(0.15 * 37, 9)
    expect(shortfallUsd).toBeCloseTo(baselineUsd, 3)
  })

  it('with watchers that miss nothing: a tenth goes whole, the rest up to the bound, by hand', () => {
    const { preventedUsd } = LayerYear.year({ ...nothing, near: 1_000 * million }, threat, standing)
    expect(preventedUsd / million).toBeCloseTo(0.05 * 0.9 * (0.8 + 9.8 + 99.8), 6)
  })

  it('reviews without end take off findable · reviewable · what an audit is worth in the mean', () => {
    const { avoidedUsd, baselineUsd } = LayerYear.year({ ...nothing, far: 1e6 * million }, threat, standing)
    expect(avoidedUsd / baselineUsd).toBeCloseTo(0.6 * 0.5 * (0.5 / Math.LN2), 9)
  })

  const money = fc.double({ min: 0, max: 5 * million, noNaN: true })
  const spending = fc.record({ near: money, mid: money, far: money })

  it('law: the five ways add up to the baseline', () => {
    fc.assert(
      fc.property(spending, (spent) => {
        const year = LayerYear.year(spent, threat, standing)
        const { avoidedUsd, preventedUsd, coveredUsd, backstoppedUsd, shortfallUsd, baselineUsd } = year
        expect(
          (avoidedUsd + preventedUsd + coveredUsd + backstoppedUsd + shortfallUsd) / baselineUsd,
        ).toBeCloseTo(1, 9)
        if (avoidedUsd + preventedUsd + coveredUsd === 0) return
        const { near, mid, far } = LayerYear.carried(year)
        expect(near + mid + far).toBeCloseTo(1, 9)
      }),
    )
  })

  it('law: one more dollar in any layer never costs users anything', () => {
    fc.assert(
      fc.property(spending, (spent) => {
        const { near, mid, far } = LayerYear.marginal(spent, threat, standing)
        for (const value of [near, mid, far]) expect(value).toBeGreaterThanOrEqual(-1e-9)
      }),
    )
  })

  it('law: money saturates: ten times as much in a layer makes its next dollar worth less', () => {
    for (const layer of ['near', 'mid', 'far'] as const) {
      const worth = (amount: number) =>
        LayerYear.marginal({ ...nothing, [layer]: amount }, threat, standing)[layer]
      expect(worth(10 * million)).toBeLessThan(worth(million))
    }
  })
})
