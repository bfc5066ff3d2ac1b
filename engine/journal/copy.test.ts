import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { begin, copy, goOn } from './copy.ts'
import { decode, encode } from './encode.ts'
import { states } from './plainData.fixture.ts'

test('a copy is what the text of it would give back, in the same order, for any plain data', () => {
  fc.assert(
    fc.property(states, (state) => {
      const text = encode(state)
      const copied = copy(state)
      expect(isDeepStrictEqual(copied, decode(text))).toBe(true)
      expect(encode(copied)).toBe(text)
    }),
    { numRuns: 500 },
  )
})

test('law: a copy is equal, and nothing that is done to it reaches what it was made of', () => {
  const make = () => ({
    rows: [{ units: 1n }, { units: 2n }],
    sent: new Map([['a', { ids: new Set([1, 2]) }]]),
    window: new Float64Array([0.5, Number.NaN]),
    none: undefined,
    nothing: null,
  })
  const made = make()
  const other = copy(made)
  expect(other).toStrictEqual(made)
  other.rows[0]!.units = 7n
  other.rows.pop()
  other.sent.get('a')!.ids.add(3)
  other.sent.clear()
  other.window[0] = 9
  expect(made).toStrictEqual(make())
})

test('law: made in pieces of any size it is the same copy', () => {
  fc.assert(
    fc.property(states, fc.integer({ min: 1, max: 9 }), (state, pieces) => {
      const copying = begin(state)
      while (!goOn(copying, pieces)) expect(copying.work.todo.length).toBeGreaterThan(0)
      expect(encode(copying.copied)).toBe(encode(state))
    }),
    { numRuns: 200 },
  )
})

test('what never changes is the same in the copy, and nothing else', () => {
  const leg = { tx: '0x1', places: [1] }
  const made = { legs: [leg, null], rows: new Map([['a', { leg }]]), keys: new Map([[{ at: 1 }, 2]]) }
  const copying = begin(made, (value) => 'tx' in value)
  goOn(copying, Number.POSITIVE_INFINITY)
  const { copied } = copying
  expect(copied).toStrictEqual(made)
  expect(copied.legs[0]).toBe(leg)
  expect(copied.rows.get('a')!.leg).toBe(leg)
  expect(copied.rows.get('a')).not.toBe(made.rows.get('a'))
  expect([...copied.keys.keys()][0]).not.toBe([...made.keys.keys()][0])
})
