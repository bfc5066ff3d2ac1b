import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as SettledIds from './SettledIds.ts'

describe('SettledIds', () => {
  it('keeps whole numbers as ranges: what comes in order is one range', () => {
    const settled = SettledIds.create()
    for (const id of [0, 1, 2, 3]) add(settled, id)
    expect(rangesOf(settled)).toEqual([[0, 3]])
    add(settled, 7)
    expect(rangesOf(settled)).toEqual([
      [0, 3],
      [7, 7],
    ])
    for (const id of [5, 6, 4]) add(settled, id)
    expect(rangesOf(settled)).toEqual([[0, 7]])
  })

  it('law: for whole numbers, in any order and however often, it is a set', () => {
    fc.assert(
      fc.property(ids, fc.array(id), (added, asked) => {
        const settled = SettledIds.create()
        const naive = new Set<number>()
        for (const each of added) {
          add(settled, each)
          naive.add(each)
          for (const other of [each - 1, each, each + 1, ...asked]) {
            expect(has(settled, other)).toBe(naive.has(other))
          }
        }
      }),
    )
  })

  it('law: there are no more ranges than ids that are open below the newest, and one', () => {
    fc.assert(
      fc.property(ids, (added) => {
        const settled = SettledIds.create()
        const naive = new Set<number>()
        for (const each of added) {
          add(settled, each)
          naive.add(each)
          const newest = Math.max(...naive)
          const open = newest + 1 - naive.size
          expect(settled.starts.length).toBeLessThanOrEqual(open + 1)
        }
      }),
    )
  })

  it('law: ranges are in order, apart from each other, and as many starts as ends', () => {
    fc.assert(
      fc.property(ids, (added) => {
        const settled = SettledIds.create()
        for (const each of added) add(settled, each)
        const flat = rangesOf(settled).flat()
        expect(settled.starts).toHaveLength(settled.ends.length)
        for (const [i, [start, end]] of rangesOf(settled).entries()) {
          expect(start).toBeLessThanOrEqual(end)
          if (i > 0) expect(start).toBeGreaterThan(flat[2 * i - 1]! + 1)
        }
      }),
    )
  })

  it('law: the ranges do not depend on the order in which ids came', () => {
    const shuffled = ids.chain((some) => fc.tuple(fc.constant(some), shuffle(some)))
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        const [a, b] = [SettledIds.create(), SettledIds.create()]
        for (const each of one) add(a, each)
        for (const each of other) add(b, each)
        expect(rangesOf(a)).toEqual(rangesOf(b))
      }),
    )
  })

  it('remembers ids that are no whole numbers, the newest of them', () => {
    const settled = SettledIds.create()
    for (let i = 0; i <= SettledIds.recentLimit; i++) addText(settled, `0x${i}`)
    expect(settled.recent.size).toBe(SettledIds.recentLimit)
    expect(hasText(settled, '0x0')).toBe(false)
    expect(hasText(settled, '0x1')).toBe(true)
    expect(hasText(settled, `0x${SettledIds.recentLimit}`)).toBe(true)
    expect(settled.starts).toEqual([])
  })

  it('an id is a whole number when it is written in one to fifteen digits', () => {
    expect(['0', '5078', '007', '999999999999999'].map(SettledIds.numberOf)).toEqual([
      0, 5078, 7, 999_999_999_999_999,
    ])
    for (const text of ['', ' 1', '1.5', '-1', '1e3', '0x10', '１', '1000000000000000']) {
      expect(SettledIds.numberOf(text)).toBeNaN()
    }
  })

  it('law: every whole number it reads comes back as it was written', () => {
    fc.assert(
      fc.property(fc.nat(999_999_999_999_999), (number) => {
        expect(SettledIds.numberOf(String(number))).toBe(number)
      }),
    )
  })
})

const id = fc.oneof(fc.nat(40), fc.nat(400))
const ids = fc.array(id, { maxLength: 80 })

function shuffle(some: readonly number[]): fc.Arbitrary<number[]> {
  return fc.shuffledSubarray([...some], { minLength: some.length })
}

function add(settled: SettledIds.SettledIds, number: number): void {
  SettledIds.add(settled, String(number), number)
}

function has(settled: SettledIds.SettledIds, number: number): boolean {
  return SettledIds.has(settled, String(number), number)
}

function addText(settled: SettledIds.SettledIds, text: string): void {
  SettledIds.add(settled, text, SettledIds.numberOf(text))
}

function hasText(settled: SettledIds.SettledIds, text: string): boolean {
  return SettledIds.has(settled, text, SettledIds.numberOf(text))
}

function rangesOf({ starts, ends }: SettledIds.SettledIds): [number, number][] {
  return starts.map((start, i) => [start, ends[i]!])
}
