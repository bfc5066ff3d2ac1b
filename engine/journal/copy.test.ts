import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { copy } from './copy.ts'
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
