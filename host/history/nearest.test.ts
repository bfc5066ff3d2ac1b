import fc from 'fast-check'
import { expect, test } from 'vitest'
import { choice, nearest } from './nearest.ts'

test.each([
  ['lok', ['lock', 'mint'], 'lock'],
  ['LOCK', ['lock', 'mint'], 'lock'],
  ['fianlity', ['finality', 'files'], 'finality'],
  ['finality', ['id', 'name', 'finalitySeconds'], 'finalitySeconds'],
  ['withdrawal_relesed', ['withdrawal_released', 'withdrawal_burned'], 'withdrawal_released'],
  ['banana', ['lock', 'mint'], undefined],
  ['', ['lock', 'mint'], undefined],
  ['30', ['10', '20'], undefined],
  ['lock', [], undefined],
  ['x'.repeat(100_000), ['lock'], undefined],
])('of %s', (word, words, expected) => {
  expect(nearest(word, words)).toBe(expected)
})

test('law: a known word is its own nearest', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z_]{1,12}$/), { minLength: 1 }), (words) => {
      for (const word of words) expect(nearest(word, words)).toBe(word)
    }),
  )
})

test('law: a word with two neighbours swapped is one step away, so near', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{3,12}$/), fc.nat(), (word, at) => {
      const left = at % (word.length - 1)
      const swapped = word.slice(0, left) + word[left + 1] + word[left] + word.slice(left + 2)
      expect(nearest(swapped, [word])).toBe(word)
    }),
  )
})

test('a choice names the near one, else all', () => {
  expect(choice('lokc', ['lock', 'mint'])).toBe('"lock" or another known one')
  expect(choice('x', ['lock', 'mint'])).toBe('one of "lock", "mint"')
  expect(choice('x', ['lock'])).toBe('"lock"')
})
