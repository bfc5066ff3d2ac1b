import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { optimisticWindow, type Window } from './optimisticWindow.ts'

const window: Window = {
  windowSeconds: 1_800,
  watchers: 2,
  reliability: 0.9,
  sharedFailure: 0,
  detectSeconds: 31,
  decideSeconds: 0,
  includeSeconds: 12,
  disputeUsd: 20,
  delayUsd: 30,
  rewardUsd: 50,
}

describe('an optimistic window', () => {
  it('agrees with an example by hand: two watchers who miss one in ten miss one in a hundred', () => {
    const survival = optimisticWindow(window)
    expect(survival).toEqual({ fraudStands: expect.closeTo(0.01, 12), neededSeconds: 43, bondUsd: 100 })
    expect(optimisticWindow({ ...window, sharedFailure: 0.05 }).fraudStands).toBeCloseTo(
      0.05 + 0.95 * 0.01,
      12,
    )
  })

  it('that is shorter than a reaction stops nothing', () => {
    expect(optimisticWindow({ ...window, windowSeconds: 42 }).fraudStands).toBe(1)
  })

  it('law: one more watcher never helps the fraud, and their shared failure is the least that stands', () => {
    const chance = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(chance, chance, fc.nat(20), (reliability, sharedFailure, watchers) => {
        const of = (count: number) =>
          optimisticWindow({ ...window, reliability, sharedFailure, watchers: count }).fraudStands
        expect(of(watchers + 1)).toBeLessThanOrEqual(of(watchers) + 1e-12)
        expect(of(watchers)).toBeGreaterThanOrEqual(sharedFailure)
      }),
    )
  })
})
