import { describe, expect, it } from 'vitest'
import * as Weights from '../ladder/Weights.ts'
import * as Policy from './BridgePolicy.ts'

describe('a policy', () => {
  it('spends its whole budget on the layers it has, or on a wall that is none of them', () => {
    const sums = Policy.names.map((name) => [name, Weights.sum(Policy.of(name).base), Policy.of(name).spends])
    expect(sums).toEqual([
      ['none', 0, false],
      ['rigid', 0, true],
      ['near-only', 1, true],
      ['mid-only', 1, true],
      ['far-only', 1, true],
      ['static', 1, true],
      ['adaptive', 1, true],
    ])
  })

  it('moves with stress only where it is adaptive', () => {
    const moving = Policy.names.filter((name) => Policy.of(name).conviction > 0)
    expect(moving).toEqual(['adaptive'])
  })

  it('has a guard only where the near layer weighs something; all others observe, whatever the level', () => {
    const guarded = Policy.names.filter((name) => Policy.of(name, { level: 3 }).guard.level === 3)
    expect(guarded).toEqual(['near-only', 'static', 'adaptive'])
    expect(Policy.names.filter(Policy.isGuarded)).toEqual(guarded)
  })

  it('takes the posture’s knobs, and any single one from whoever asks', () => {
    const policy = Policy.of('adaptive', {
      posture: 'steward',
      level: 2,
      guard: { detectSeconds: 1 },
      economy: { budgetPerYear: 0.05 },
    })
    expect(policy.posture.name).toBe('steward')
    expect(policy.guard).toMatchObject({ level: 2, detectSeconds: 1, decideSeconds: 12, loosenPerDay: 0.1 })
    expect(policy.economy).toMatchObject({ budgetPerYear: 0.05, coverCostPerYear: 0.1 })
  })

  it('refuses a hold that ends before people have stopped the bridge', () => {
    expect(() => Policy.of('adaptive', { guard: { holdSeconds: 13_356 } })).toThrow('[HOLD_TOO_SHORT]')
    expect(Policy.of('adaptive', { guard: { holdSeconds: 13_357 } }).guard.holdSeconds).toBe(13_357)
    expect(Policy.of('adaptive', { level: 1, guard: { holdSeconds: 60 } }).guard.holdSeconds).toBe(60)
  })

  it('is found by its name, or the nearest name is said', () => {
    expect(Policy.names.map(Policy.parseName)).toEqual(Policy.names)
    expect(() => Policy.parseName('adaptiv')).toThrow(
      'there is no policy "adaptiv"; expected "adaptive" or another known one [POLICY_UNKNOWN]',
    )
  })
})
