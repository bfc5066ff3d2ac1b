import type { BridgeEvent } from '@cutwater/core/bridge/BridgeEvent.ts'
import * as Event from '@cutwater/core/bridge/BridgeEvent.ts'
import type { Held } from '@cutwater/core/bridge/guard/Lane.ts'
import type { Output } from '@cutwater/core/bridge/Output.ts'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Score from './Score.ts'

// Three attack legs of 500, 300 and 200 cents, and two honest legs of 70 and 30.
const [a, b, c] = [leg(0, 'release'), leg(1, 'release'), leg(2, 'mint')]
const attackCents = new Map([
  [Event.id(a), 500],
  [Event.id(b), 300],
  [Event.id(c), 200],
])
const [x, y] = [leg(3, 'release'), leg(4, 'mint')]
const never = Number.POSITIVE_INFINITY

describe('attackLeg', () => {
  test('is lost unless this very step held it', () => {
    const score = Score.create()
    Score.attackLeg(score, a, 500, [])
    Score.attackLeg(score, b, 300, [held(b, 300, never)])
    Score.attackLeg(score, c, 200, [held(x, 70, 9)])
    expect(score).toMatchObject({ attackUsd: 1_000, lostUsd: 700, firstAttackAt: a.at })
    expect(score.attackLegs).toEqual({ releases: 2, mints: 1 })
  })

  test('that was held and is let go after all is lost', () => {
    const score = Score.create()
    Score.attackLeg(score, b, 300, [held(b, 300, 1)])
    note(score, held(b, 300, 1))
    expect(score.lostUsd).toBe(0)
    note(score, released(b, 300, 90))
    expect(score).toMatchObject({ lostUsd: 300, attackUsd: 300 })
    expect(score.held.release.count).toBe(0)
  })

  test('of which some are held and some let go: lost is never more than tried', () => {
    const fates = fc.array(
      fc.record({ usd: fc.nat(10 ** 9), fate: fc.constantFrom('passed', 'held', 'released') }),
    )
    fc.assert(
      fc.property(fates, (legs) => {
        const score = Score.create()
        legs.forEach(({ usd, fate }, place) => {
          const event = leg(place, 'release')
          Score.attackLeg(score, event, usd, fate === 'passed' ? [] : [held(event, usd, 1)])
          if (fate === 'released') Score.note(score, [released(event, usd, 500)], () => usd)
        })
        const sum = (fates: readonly string[]) =>
          legs.filter(({ fate }) => fates.includes(fate)).reduce((total, { usd }) => total + usd, 0)
        expect(score.attackUsd).toBe(sum(['passed', 'held', 'released']))
        expect(score.lostUsd).toBe(sum(['passed', 'released']))
      }),
    )
  })
})

describe('note', () => {
  test('counts an honest wait when it is over, by kind, with its dollars and its dollar-seconds', () => {
    const score = Score.create()
    note(score, held(x, 70, 5), held(y, 30, 5))
    expect(score.held.release.count + score.held.mint.count).toBe(0)
    note(score, released(x, 70, x.at + 60), released(y, 30, y.at + 10))
    expect(score.held.release).toEqual({ count: 1, usd: 70, seconds: 60, usdSeconds: 4_200 })
    expect(score.held.mint).toEqual({ count: 1, usd: 30, seconds: 10, usdSeconds: 300 })
    expect(score.waiting.size).toBe(0)
  })

  test('counts whoever still waits at the end as having waited until then, once', () => {
    const score = Score.create()
    note(score, held(x, 70, 5))
    Score.finish(score, x.at + 100)
    Score.finish(score, x.at + 900)
    expect(score.held.release).toEqual({ count: 1, usd: 70, seconds: 100, usdSeconds: 7_000 })
  })

  test('counts a leg without source that is no attack as refused, and an attack leg not', () => {
    const score = Score.create()
    note(score, held(x, 70, never), held(y, null, never), held(a, 500, never))
    expect(score.refused).toEqual({ count: 2, usd: 70 })
    expect(score.waiting.size).toBe(0)
  })

  test('leaves out a wait that began before the score did', () => {
    const score = Score.create()
    note(score, released(x, 70, x.at + 60))
    expect(score).toEqual(Score.create())
  })

  test('takes an unknown value as none, and the wait as a wait', () => {
    const score = Score.create()
    note(score, held(x, null, 5))
    note(score, released(x, null, x.at + 60))
    expect(score.held.release).toEqual({ count: 1, usd: 0, seconds: 60, usdSeconds: 0 })
  })
})

function note(score: Score.Score, ...outputs: readonly Output[]): void {
  Score.note(score, outputs, (event) => attackCents.get(Event.id(event)))
}

function held(event: BridgeEvent, usd: number | null, provenAt: number): Output {
  return { type: 'held', held: heldOf(event, usd, provenAt) }
}

function released(event: BridgeEvent, usd: number | null, at: number): Output {
  return { type: 'released', held: heldOf(event, usd, event.at), at }
}

function heldOf(event: BridgeEvent, usd: number | null, provenAt: number): Held {
  return { event, units: 1, usd, provenAt, since: event.at, reason: 'unproven' }
}

function leg(place: number, kind: 'release' | 'mint'): BridgeEvent {
  return {
    kind,
    at: 1_700_000_000 + place,
    chain: 1,
    peer: 2,
    tx: '0xab',
    index: place,
    block: null,
    message: String(place),
    tokenSource: null,
    token: null,
    sender: null,
    beneficiary: '0xcafe',
    amount: 1n,
  }
}
