import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import { day, hour } from '@cutwater/core/units/UnixTime.ts'
import { expect, test } from 'vitest'
import { attackAt, handHistory, start } from './handHistory.fixture.ts'
import * as Moment from './Moment.ts'
import * as Run from './Run.ts'
import { track } from './track.ts'

const prepared = track(handHistory)

test('before anything happened there is nothing', () => {
  expect(momentAt(start - 1, 3)).toMatchObject({
    bridge: { name: 'By hand', synthetic: true },
    at: start - 1,
    policy: 'adaptive',
    level: 3,
    posture: 'balanced',
    lockedUsd: 0,
    openMessages: 0,
    waiting: [],
    pauses: [],
    counts: { legs: 0 },
  })
})

test('an out leg is on the way until its in leg comes', () => {
  const open = (at: number) => momentAt(at, 3).openMessages
  expect(open(start)).toBe(3)
  expect(open(start + 600)).toBe(0)
  expect(open(start + 2 * hour)).toBe(3)
  expect(open(start + 2 * hour + 20)).toBe(2)
})

test('a release before finality waits and will pass; the clock alone lets it go', () => {
  const burned = start + 2 * hour
  const waits = (at: number, until = at) =>
    momentAt(at, 3, until).waiting.filter(({ lane }) => lane === 'USDC Away→Home')
  expect(waits(burned + 20)).toEqual([
    {
      event: '1:0x31:1',
      lane: 'USDC Away→Home',
      usd: 3_000_000,
      since: burned + 20,
      reason: 'unproven',
      proven: true,
    },
  ])
  expect(waits(burned + 55)).toHaveLength(2)
  // An hour later, with nothing seen in between but the clock.
  expect(waits(burned + 20 + hour, burned + 20)).toEqual([])
  expect(waits(burned + 59)).toHaveLength(2)
  expect(waits(burned + 60)).toEqual([])
})

test('a leg without source waits for people, under the pauses in force then and no others', () => {
  const { waiting, pauses } = momentAt(attackAt + 30, 3)
  expect(waiting.filter(({ proven }) => !proven).map(({ event, usd }) => [event, usd])).toEqual([
    ['1:0xa:1', 100_000],
    ['1:0xb:1', 10_000],
  ])
  expect(pauses.every(({ until }) => until === null || until > attackAt + 30)).toBe(true)
  const [first] = momentAt(attackAt + 60, 1).pauses
  expect(first).toMatchObject({ at: attackAt + 36, scope: 'route:Away→Home' })
  expect(momentAt(attackAt + 20 * day, 1).pauses).toEqual([])
})

test('the bound is what the level can state: none below limits', () => {
  expect(momentAt(attackAt, 1).boundUsd).toBeNull()
  expect(momentAt(attackAt - 1, 2).boundUsd).toBe(5_199_000)
  expect(momentAt(attackAt - 1, 3).boundUsd).toBe(5_199)
})

function momentAt(at: number, level: 1 | 2 | 3, until = at): Moment.Moment {
  const run = Run.start(handHistory, Policy.of('adaptive', { level }))
  return Moment.of(Run.pass(Run.follow(run, prepared, { until }), prepared, at))
}
