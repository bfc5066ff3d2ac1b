import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BridgeEvent } from './BridgeEvent.ts'
import { keyOf } from './MessageId.ts'
import * as OpenLegs from './OpenLegs.ts'
import { alpha, begin, beta, gold, outLeg } from './testing/sampleBridge.ts'

const leg = (message: string, amount = 1n) =>
  outLeg({ token: gold, from: alpha, to: beta, amount, message, at: begin })

describe('OpenLegs', () => {
  it('law: it is a list of legs by message, first in order of arrival, whatever leaves meanwhile', () => {
    fc.assert(
      fc.property(fc.array(move, { minLength: 60, maxLength: 200 }), (moves) => {
        const open = OpenLegs.create()
        const naive: BridgeEvent[] = []
        for (const { message, nth } of moves) {
          const waiting = naive.filter((each) => each.message === message)
          if (nth === null || waiting.length === 0) {
            const added = leg(message)
            OpenLegs.add(open, keyOf(message), added)
            naive.push(added)
          } else {
            const left = waiting[nth % waiting.length]!
            OpenLegs.remove(open, placesOf(open, message)[nth % waiting.length]!)
            naive.splice(naive.indexOf(left), 1)
          }
          expect(open.size).toBe(naive.length)
          const found = placesOf(open, message).map((place) => open.legs[place])
          expect(found).toEqual(naive.filter((each) => each.message === message))
          expect(
            found.every((each, i) => each === naive.filter((other) => other.message === message)[i]),
          ).toBe(true)
        }
      }),
    )
  })

  it('law: it grows to at most four places for each of the most that ever waited', () => {
    fc.assert(
      fc.property(fc.integer({ min: 64, max: 2_000 }), (count) => {
        const open = OpenLegs.create()
        for (let id = 0; id < count; id++) OpenLegs.add(open, id, leg(String(id)))
        expect(open.keys.length).toBeLessThanOrEqual(4 * count)
        for (let id = 0; id < count; id++) expect(placesOf(open, String(id))).toHaveLength(1)
      }),
      { numRuns: 5 },
    )
  })

  it.each([1, 256, 2 ** 20, 2 ** 32, 2 ** 40])('spreads ids that are %d apart', (step) => {
    const open = OpenLegs.create()
    for (let i = 0; i < 512; i++) OpenLegs.add(open, i * step, leg(String(i * step)))
    expect(longestRow(open)).toBeLessThan(32)
  })

  it('tells texts apart that have one key', () => {
    const open = OpenLegs.create()
    for (const message of ['costarring', 'liquid', 'costarring'])
      OpenLegs.add(open, keyOf(message), leg(message))
    expect(['costarring', 'liquid'].map((message) => placesOf(open, message).length)).toEqual([2, 1])
  })
})

function placesOf(open: OpenLegs.OpenLegs, message: string): number[] {
  const key = keyOf(message)
  const places: number[] = []
  let place = OpenLegs.first(open, key, message)
  for (; place !== OpenLegs.nowhere; place = OpenLegs.next(open, place, key, message)) places.push(place)
  return places
}

/** The longest row of places without a free one between. */
function longestRow({ legs }: OpenLegs.OpenLegs): number {
  const rows = legs
    .map((each) => (each === null ? ' ' : '.'))
    .join('')
    .split(' ')
  return Math.max(...rows.map((row) => row.length))
}

/** The whole numbers below 4,096 that stand in one of the last four places of an empty table. */
const atTheEnd = Array.from({ length: 4_096 }, (_, id) => String(id)).filter((id) => {
  const open = OpenLegs.create()
  OpenLegs.add(open, keyOf(id), leg(id))
  return open.legs.slice(-4).some((each) => each !== null)
})

// Few messages, so that ids repeat; most of them crowd at the end of the table and run over it.
const message = fc.constantFrom(...atTheEnd.slice(0, 12), '1', '2', '3', 'costarring', 'liquid', '0xaa')
const move = fc.record({ message, nth: fc.option(fc.nat(3), { freq: 2 }) })
