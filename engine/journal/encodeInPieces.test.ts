import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { encode } from './encode.ts'
import { encodeInPieces } from './encodeInPieces.ts'
import { states } from './plainData.fixture.ts'

test('law: however deep it walks, the pieces are the text of encode', () => {
  fc.assert(
    fc.property(states, fc.nat(5), (state, depth) => {
      expect([...encodeInPieces(state, depth)].join('')).toBe(encode(state))
    }),
    { numRuns: 400 },
  )
})

test('what lies below comes whole, what lies above in pieces', () => {
  const state = { routes: [{ open: [1, 2] }, { open: [] }], at: 5 }
  expect([...encodeInPieces(state, 2)]).toEqual([
    '{"routes":',
    '[',
    '{"open":[1,2]}',
    ',',
    '{"open":[]}',
    ']',
    ',"at":',
    '5',
    '}',
  ])
})
