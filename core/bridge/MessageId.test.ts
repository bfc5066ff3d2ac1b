import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keyOf, noKey, numberOf } from './MessageId.ts'

describe('a message id', () => {
  it('is a whole number when it is written in one to fifteen digits', () => {
    expect(['0', '5078', '007', '999999999999999'].map(numberOf)).toEqual([0, 5078, 7, 999_999_999_999_999])
    for (const text of ['', ' 1', '1.5', '-1', '1e3', '0x10', '１', '1000000000000000']) {
      expect(numberOf(text)).toBeNaN()
    }
  })

  it('law: every whole number it reads comes back as it was written', () => {
    fc.assert(
      fc.property(fc.nat(999_999_999_999_999), (number) => {
        expect(numberOf(String(number))).toBe(number)
      }),
    )
  })

  it('law: a whole number is its own key; the key of any other text is a whole number below all of those', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.nat().map(String)), (text) => {
        const key = keyOf(text)
        if (numberOf(text) >= 0) expect(key).toBe(numberOf(text))
        else {
          expect(Number.isSafeInteger(key)).toBe(true)
          expect(key).toBeLessThan(noKey)
        }
      }),
    )
  })

  it('that is a text has the FNV-1a hash of it as key, counted down from -2', () => {
    // Test vectors of the 32-bit FNV-1a, http://www.isthe.com/chongo/src/fnv/test_fnv.c: "", "a", "foobar".
    expect(['', 'a', 'foobar'].map((text) => -2 - keyOf(text))).toEqual([0x811c9dc5, 0xe40c292c, 0xbf9cf968])
  })

  it('shares its key with another text now and then', () => {
    expect(keyOf('costarring')).toBe(keyOf('liquid'))
  })
})
