import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import { hour } from '@cutwater/core/units/UnixTime.ts'
import { describe, expect, test } from 'vitest'
import { withAttack } from './attacks.ts'
import { attackAt, handHistory } from './handHistory.fixture.ts'
import type { Attack, PolicyResult } from './ReplayResult.ts'
import { runPolicy } from './replay.ts'
import { track } from './track.ts'

// Cover at a dollar a year for a dollar, so that a loss runs through all four steps of the waterfall.
const economy = { coverCostPerYear: 1 }

// 100,000 × 0.99 + 5 × 2,100 + 15 × 2,100; the seven moss nobody prices.
const baseline = 141_000

describe('a history worked out by hand', () => {
  test('nobody guards: all is lost, and the users bear it', () => {
    const row = resultOf('none', 0)
    expect(row).toMatchObject({ lostUsd: baseline, preventedUsd: 0, coveredUsd: 0, backstoppedUsd: 0 })
    expect(row).toMatchObject({ shortfallUsd: baseline, carryUsdPerYear: 0, frictionUsd: 0, boundUsd: null })
    expect(row.weights).toEqual({ near: 0, mid: 0, far: 0 })
    expect(row.pauses).toEqual([])
  })

  test('level 1: what comes within the 36 s of reaction is lost, what comes later meets the pause', () => {
    const row = resultOf('static', 1)
    // A and B: 99,000 + 10,500. C and D come 600 s after A.
    expect(row).toMatchObject({ lostUsd: 109_500, preventedUsd: 31_500, boundUsd: null })
    // K = w_mid · B · (1 − 0.2) ÷ 1 with B = 2% of the 5,199,000 locked at 10:00: 0.4 × 103,980 × 0.8.
    expect(row.coveredUsd).toBe(33_273.6)
    // w_far × half × 2% a year, over two hours with 10,200,000 locked and eight with 5,199,000:
    // 0.2 × 0.5 × 0.02 × 61,992,000 × 3,600 ÷ 31,557,600 = 14.1437…
    expect(row.backstoppedUsd).toBe(14.14)
    expect(row.shortfallUsd).toBe(76_212.26)
    expect(row.pauses).toHaveLength(1)
    expect(row.pauses[0]).toMatchObject({ at: attackAt + 36, scope: 'route:Away→Home' })
    expect(row.held).toEqual({ count: 0, usd: 0, hours: 0 })
  })

  test('level 3: nothing unproven passes, and the two releases before finality wait for it', () => {
    const row = resultOf('static', 3)
    expect(row).toMatchObject({ lostUsd: 0, preventedUsd: baseline, coveredUsd: 0, shortfallUsd: 0 })
    // No lane has seen enough to allow anything unproven: what is left is a thousandth of the 5,199,000 locked.
    expect(row.boundUsd).toBe(5_199)
    // 3,000,000 for 40 s and 2,000,000 for 10 s, each until a minute after its burn.
    expect(row.held).toEqual({ count: 2, usd: 5_000_000, hours: 50 / hour })
    expect(row.honestReleases).toBe(3)
    expect(row.meanWaitSeconds).toBe(50 / 3)
    // The mint of 10,000,000 is more than the 6,000,000 a lane may pass that has seen nothing, and the mint of all
    // moss more than the 6% of an unpriced token: each waits 4 h.
    expect(row.heldMints).toEqual({ count: 2, usd: 10_000_000, hours: 8 })
    expect(row.honestMints).toBe(3)
    // (3,000,000 × 40 s + 2,000,000 × 10 s + 10,000,000 × 14,400 s) ÷ 31,557,600 s × 10% = 456.75…
    expect(row.frictionUsd).toBe(456.75)
    expect(row.refused).toEqual({ count: 0, usd: 0 })
  })

  test('level 2: limits of lanes that have seen nothing let all of it pass, within a bound of all that is there', () => {
    const row = resultOf('static', 2)
    expect(row).toMatchObject({ lostUsd: 109_500, preventedUsd: 31_500, boundUsd: 5_199_000 })
    expect(row.held.count).toBe(0)
  })

  test('what the layers cost a year does not hang on how long the history is', () => {
    // 2% of what was locked, hour by hour, over the 36,600 s from the first leg to the last.
    const expected = (0.02 * 61_992_000 * hour) / 36_600
    expect(resultOf('static', 1).carryUsdPerYear).toBeCloseTo(expected, 1)
    expect(resultOf('rigid', 0).carryUsdPerYear).toBe(resultOf('mid-only', 0).carryUsdPerYear)
  })

  test('deceived watchers: every leg looks proven and passes, and is no honest release for it', () => {
    const row = resultOf('static', 3, 'deceived')
    expect(row).toMatchObject({ lostUsd: baseline, preventedUsd: 0, honestReleases: 3, honestMints: 3 })
    expect(row.boundUsd).toBe(5_199_000)
    expect(row.held).toEqual({ count: 2, usd: 5_000_000, hours: 50 / hour })
  })

  test('split and slow: the same dollars, and slow ones run into the pause', () => {
    expect(resultOf('none', 0, 'split').lostUsd).toBe(baseline)
    expect(resultOf('none', 0, 'slow').lostUsd).toBe(baseline)
    // B now comes 200 s after A.
    expect(resultOf('static', 1, 'slow').lostUsd).toBe(99_000)
  })

  test('without the labels nothing is scored, and all else is the same', () => {
    const policy = Policy.of('static', { level: 3, economy })
    const unlabelled = track({ ...handHistory, attack: new Set() })
    const row = runPolicy(unlabelled, policy, 'recorded')
    const { lostUsd, preventedUsd, refused, boundUsd, weights, ...blind } = row
    expect({ lostUsd, preventedUsd }).toEqual({ lostUsd: 0, preventedUsd: 0 })
    // A's dollars as they were priced when it came, B and C at 2,000, and the moss: four legs without source.
    expect(refused).toEqual({ count: 4, usd: 140_000 })
    const scored = resultOf('static', 3)
    expect(blind).toEqual({
      name: scored.name,
      level: scored.level,
      attack: scored.attack,
      coveredUsd: 0,
      backstoppedUsd: 0,
      shortfallUsd: 0,
      carryUsdPerYear: scored.carryUsdPerYear,
      frictionUsd: scored.frictionUsd,
      held: scored.held,
      meanWaitSeconds: scored.meanWaitSeconds,
      honestReleases: scored.honestReleases,
      heldMints: scored.heldMints,
      honestMints: scored.honestMints,
      pauses: scored.pauses,
    })
  })
})

function resultOf(name: Policy.PolicyName, level: 0 | 1 | 2 | 3, attack: Attack = 'recorded'): PolicyResult {
  return runPolicy(track(withAttack(handHistory, attack)), Policy.of(name, { level, economy }), attack)
}
