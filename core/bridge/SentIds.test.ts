import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keyOf } from './MessageId.ts'
import * as SentIds from './SentIds.ts'

describe('SentIds', () => {
  it('keeps whole numbers as ranges: what comes in order is one range', () => {
    const sent = SentIds.create()
    for (const id of [0, 1, 2, 3]) add(sent, id)
    expect(rangesOf(sent)).toEqual([[0, 3]])
    add(sent, 7)
    expect(rangesOf(sent)).toEqual([
      [0, 3],
      [7, 7],
    ])
    for (const id of [5, 6, 4]) add(sent, id)
    expect(rangesOf(sent)).toEqual([[0, 7]])
  })

  it('law: for whole numbers, in any order and however often, it is a set', () => {
    fc.assert(
      fc.property(ids, fc.array(id), (added, asked) => {
        const sent = SentIds.create()
        const naive = new Set<number>()
        for (const each of added) {
          add(sent, each)
          naive.add(each)
          for (const other of [each - 1, each, each + 1, ...asked]) {
            expect(has(sent, other)).toBe(naive.has(other))
          }
        }
      }),
    )
  })

  it('law: there are no more ranges than ids below the newest that were never sent, and one', () => {
    fc.assert(
      fc.property(ids, (added) => {
        const sent = SentIds.create()
        const naive = new Set<number>()
        for (const each of added) {
          add(sent, each)
          naive.add(each)
          const newest = Math.max(...naive)
          const holes = newest + 1 - naive.size
          expect(rangesOf(sent).length).toBeLessThanOrEqual(holes + 1)
        }
      }),
    )
  })

  it('law: the bounds of ranges come in pairs, each above the one before', () => {
    fc.assert(
      fc.property(ids, (added) => {
        const sent = SentIds.create()
        for (const each of added) add(sent, each)
        expect(sent.bounds.length % 2).toBe(0)
        for (const [i, bound] of sent.bounds.slice(1).entries()) {
          expect(bound).toBeGreaterThan(sent.bounds[i]!)
        }
        expect(SentIds.newest(sent)).toBe(Math.max(-1, ...added))
      }),
    )
  })

  it('law: the ranges do not depend on the order in which ids came', () => {
    const shuffled = ids.chain((some) => fc.tuple(fc.constant(some), shuffle(some)))
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        const [a, b] = [SentIds.create(), SentIds.create()]
        for (const each of one) add(a, each)
        for (const each of other) add(b, each)
        expect(rangesOf(a)).toEqual(rangesOf(b))
      }),
    )
  })

  it('remembers ids that are no whole numbers, the newest of them', () => {
    const sent = SentIds.create()
    for (let i = 0; i <= SentIds.recentLimit; i++) addText(sent, `0x${i}`)
    expect(sent.recent.places.size).toBe(SentIds.recentLimit)
    expect(hasText(sent, '0x0')).toBe(false)
    expect(hasText(sent, '0x1')).toBe(true)
    expect(hasText(sent, `0x${SentIds.recentLimit}`)).toBe(true)
    expect(sent.bounds).toEqual([])
  })

  it('keeps no more ranges than ids: of a source that numbers many routes together the oldest holes are forgotten', () => {
    const most = 100
    const sent = SentIds.create(most)
    for (let id = 0; id < 20 * most; id += 2) {
      add(sent, id)
      expect(sent.bounds.length).toBeLessThanOrEqual(2 * most)
      expect(has(sent, id)).toBe(true)
    }
    expect(SentIds.newest(sent)).toBe(20 * most - 2)
    expect([has(sent, 1), has(sent, 20 * most - 3)]).toEqual([true, false])
  })
})

const id = fc.oneof(fc.nat(40), fc.nat(400))
const ids = fc.array(id, { maxLength: 80 })

function shuffle(some: readonly number[]): fc.Arbitrary<number[]> {
  return fc.shuffledSubarray([...some], { minLength: some.length })
}

function add(sent: SentIds.SentIds, number: number): void {
  SentIds.add(sent, String(number), number)
}

function has(sent: SentIds.SentIds, number: number): boolean {
  return SentIds.has(sent, String(number), number)
}

function addText(sent: SentIds.SentIds, text: string): void {
  SentIds.add(sent, text, keyOf(text))
}

function hasText(sent: SentIds.SentIds, text: string): boolean {
  return SentIds.has(sent, text, keyOf(text))
}

/** First and last id of each range. */
function rangesOf({ bounds }: SentIds.SentIds): [number, number][] {
  return bounds.flatMap((bound, i) => (i % 2 === 0 ? [[bound, bounds[i + 1]! - 1]] : []))
}
