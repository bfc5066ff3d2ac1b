import type { Observation } from '@cutwater/core/bridge/Observation.ts'
import { day } from '@cutwater/core/units/UnixTime.ts'
import { expect, test } from 'vitest'
import { attack, attackAt, handHistory, start } from './handHistory.fixture.ts'
import { track } from './track.ts'

const cents = (dollars: number) => dollars * 100

test('an attack leg is worth the close of its own day, which the day itself does not know', () => {
  const { attackUsdById } = track(handHistory)
  expect(Object.fromEntries(attackUsdById)).toEqual({
    '1:0xa:1': cents(99_000), // 100,000 × 0.99
    '1:0xb:1': cents(10_500), // 5 × 2,100
    '1:0xc:1': cents(31_500), // 15 × 2,100
    '1:0xc:2': 0, // nobody prices it
  })
})

test('a value stands at the position of its leg and nowhere else', () => {
  const { attackUsd, attackUsdById } = track(handHistory)
  expect([...attackUsd.values()]).toEqual([...attackUsdById.values()])
  expect([...attackUsd.keys()]).toEqual(
    Object.values(attack).map((leg) => handHistory.observations.indexOf(leg)),
  )
})

test('the history ends with its last leg, whatever prices follow', () => {
  expect(track(handHistory).end).toBe(attackAt + 600)
})

test('past the last price the last close counts, before the first one nothing does', () => {
  const late = at(attackAt + 300 * day)
  expect(track(late).attackUsdById.get('1:0xa:1')).toBe(cents(99_000))
  const unpriced = at(start - 2 * day)
  expect(track(unpriced).attackUsdById.get('1:0xa:1')).toBe(0)
})

test('a day that has no price of its own has that of the day before', () => {
  const observations = handHistory.observations.filter(
    (each) => !(each.kind === 'price' && each.at === start + day && each.priceId === 'weth'),
  )
  // 5 ether at 2,000, the close known at the day's start
  expect(track({ ...handHistory, observations }).attackUsdById.get('1:0xb:1')).toBe(cents(10_000))
})

/** The history with its first attack leg at another time. */
function at(time: number) {
  const moved = { ...attack.a, at: time }
  const observations: readonly Observation[] = [
    ...handHistory.observations.filter((each) => each !== attack.a),
    moved,
  ]
  return { ...handHistory, observations: [...observations].sort((a, b) => a.at - b.at) }
}
