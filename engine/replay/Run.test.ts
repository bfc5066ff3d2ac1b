import * as Event from '@cutwater/core/bridge/BridgeEvent.ts'
import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import type { Level } from '@cutwater/core/bridge/guard/GuardSettings.ts'
import { isLeg } from '@cutwater/core/bridge/Observation.ts'
import type { Output } from '@cutwater/core/bridge/Output.ts'
import * as Posture from '@cutwater/core/ladder/Posture.ts'
import type { AttackKind } from '@cutwater/core/simulation/synthetic/attackReleases.ts'
import { start, syntheticHistory } from '@cutwater/core/simulation/synthetic/syntheticHistory.ts'
import { day } from '@cutwater/core/units/UnixTime.ts'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode, encode } from '../journal/encode.ts'
import { withAttack } from './attacks.ts'
import type { History } from './History.ts'
import { handHistory } from './handHistory.fixture.ts'
import * as Moment from './Moment.ts'
import { policyResult } from './policyResult.ts'
import type { Attack } from './ReplayResult.ts'
import * as Run from './Run.ts'
import { track } from './track.ts'

// Short histories, each with another attack: a crowd, one forged message, stolen keys, a slow bleed.
const kinds: readonly AttackKind[] = ['copycat drain', 'single release', 'burst', 'slow bleed']
const histories = new Map(
  kinds.map((attack, seed) => [attack, syntheticHistory({ seed, days: 40, scale: 0.1, attack })]),
)
const copycat = histories.get('copycat drain')!

// Said by name, so that a counterexample is a line and not a history.
const setting = fc.record({
  kind: fc.constantFrom(...kinds),
  name: fc.constantFrom(...Policy.names),
  posture: fc.constantFrom(...Posture.names),
  level: fc.constantFrom<Level>(0, 1, 2, 3),
})
type Setting = typeof setting extends fc.Arbitrary<infer Value> ? Value : never
const resolve = ({ kind, name, ...options }: Setting) => ({
  history: histories.get(kind)!,
  policy: Policy.of(name, options),
})

// Midnights among them: prices come then.
const anytime = fc.integer({ min: start - 5, max: start + 40 * day })
const moment = fc.oneof(
  anytime,
  anytime.map((at) => at - (at % day)),
)
const share = fc.double({ min: 0, max: 1, noNaN: true })

describe('a run', () => {
  test('cut anywhere, kept as text and taken up again ends byte for byte where an undisturbed one does', () => {
    const attack = fc.constantFrom<Attack>('recorded', 'split', 'slow', 'deceived')
    const cuts = fc.array(share, { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(setting, attack, cuts, (setting, attack, cuts) => {
        const { history, policy } = resolve(setting)
        const prepared = track(withAttack(history, attack))
        const whole = Run.follow(begin(prepared, policy, attack), prepared)
        let run = begin(prepared, policy, attack)
        for (const stop of placesOf(cuts, prepared.history)) {
          run = decode(encode(Run.follow(run, prepared, { stop }))) as Run.Run
        }
        Run.follow(run, prepared)
        expectSame(encode(run), encode(whole))
        expectSame(encode(Moment.of(run)), encode(Moment.of(whole)))
        const resultOf = (of: Run.Run) =>
          JSON.stringify(policyResult(Run.finish(of, prepared), attack, prepared))
        expectSame(resultOf(run), resultOf(whole))
      }),
      { numRuns: 30 },
    )
  })

  test('does the same with the labels taken off: findings, decisions, holds, pauses, weights', () => {
    fc.assert(
      fc.property(setting, (setting) => {
        const { history, policy } = resolve(setting)
        const seen = outputsOf(history, policy)
        const blind = outputsOf({ ...history, attack: new Set() }, policy)
        expectSame(seen.book, blind.book)
        expectSame(seen.outputs, blind.outputs)
      }),
      { numRuns: 20 },
    )
  })

  test('does the same with the labels put on honest legs', () => {
    const releases = copycat.observations.filter(isLeg).filter(({ kind }) => kind === 'release')
    const attack = new Set(releases.slice(20, 40).map(Event.id))
    expect(attack.size).toBe(20)
    const seen = outputsOf(copycat, Policy.of('adaptive'))
    const misled = outputsOf({ ...copycat, attack }, Policy.of('adaptive'))
    expectSame(seen.book, misled.book)
    expectSame(seen.outputs, misled.outputs)
  })

  test('followed to a moment is the run of a history that ends there: nothing later is seen', () => {
    fc.assert(
      fc.property(setting, moment, (setting, at) => {
        const { history, policy } = resolve(setting)
        const observations = history.observations.filter((observation) => observation.at <= at)
        const cut = { ...history, observations }
        expectSame(encode(momentAt(history, policy, at)), encode(momentAt(cut, policy, at)))
      }),
      { numRuns: 60 },
    )
  })

  test('followed in stretches is followed at once', () => {
    fc.assert(
      fc.property(setting, fc.array(moment, { maxLength: 5 }), (setting, stops) => {
        const { history, policy } = resolve(setting)
        const prepared = track(history)
        const run = begin(prepared, policy)
        for (const stop of stops.sort((a, b) => a - b))
          Run.follow(run, prepared, { until: Math.min(stop, prepared.end) })
        const whole = Run.follow(begin(prepared, policy), prepared)
        expectSame(encode(Run.follow(run, prepared)), encode(whole))
      }),
      { numRuns: 20 },
    )
  })
})

describe('forget', () => {
  test('takes off the counts and the score, and nothing else', () => {
    const prepared = track(copycat)
    const run = Run.follow(begin(prepared, Policy.of('adaptive')), prepared, { until: start + 20 * day })
    expect(run.book.counts.matched.deposits).toBeGreaterThan(0)
    const before = JSON.parse(encode(run))
    const after = JSON.parse(encode(Run.forget(run)))
    expect({ ...after, score: null, book: { ...after.book, counts: null } }).toEqual({
      ...before,
      score: null,
      book: { ...before.book, counts: null },
    })
    expect(run.book.counts.matched.deposits).toBe(0)
    expect(run.score.attackUsd).toBe(0)
  })
})

describe('pass', () => {
  test('lets pauses end, hours close and the clock go on, and never back', () => {
    const prepared = track(handHistory)
    const run = Run.follow(begin(prepared, Policy.of('static', { level: 1 })), prepared)
    expect(Moment.of(run)).toMatchObject({ at: prepared.end, pauses: [{ scope: 'route:Away→Home' }] })
    // The cover pays the 110,000 after three days of claims, and nothing keeps the pause.
    const later = prepared.end + 30 * day
    expect(Moment.of(Run.pass(run, prepared, later))).toMatchObject({ at: later, pauses: [] })
    expect(run.book.nextClose).toBeGreaterThan(later)
    Run.pass(run, prepared, prepared.end)
    expect(run.book.now).toBe(later)
  })
})

function begin(prepared: Run.Track, policy: Policy.BridgePolicy, attack: Attack = 'recorded'): Run.Run {
  return Run.start(prepared.history, policy, attack === 'deceived')
}

function placesOf(shares: readonly number[], { observations }: History): readonly number[] {
  return shares.map((share) => Math.floor(share * observations.length)).sort((a, b) => a - b)
}

function momentAt(history: History, policy: Policy.BridgePolicy, at: number): Moment.Moment {
  const prepared = track(history)
  return Moment.of(Run.pass(Run.follow(begin(prepared, policy), prepared, { until: at }), prepared, at))
}

function outputsOf(history: History, policy: Policy.BridgePolicy) {
  const prepared = track(history)
  let outputs = ''
  const listen = (put: readonly Output[]) => {
    for (const output of put) outputs += `${encode(output)}\n`
  }
  const run = Run.follow(begin(prepared, policy), prepared, { listen })
  return { outputs, book: encode(run.book) }
}

/** Equal texts; where they are not, the place and not two megabytes. */
function expectSame(a: string, b: string): void {
  if (a === b) return
  let place = 0
  while (a[place] === b[place]) place++
  expect(a.slice(Math.max(0, place - 80), place + 80)).toBe(b.slice(Math.max(0, place - 80), place + 80))
}
