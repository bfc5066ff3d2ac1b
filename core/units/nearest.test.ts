import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { choice, nearest } from './nearest.ts'

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 })

describe('nearest', () => {
  it('law: it names a candidate that is close, and none that is close is nearer', () => {
    fc.assert(
      fc.property(word, fc.array(word, { maxLength: 4 }), (text, candidates) => {
        const close = candidates.filter((candidate) => isClose(text, candidate))
        const least = Math.min(...close.map((candidate) => distance(text, candidate)))
        const named = nearest(text, candidates)
        if (named === undefined) expect(close).toEqual([])
        else expect([close.includes(named), distance(text, named)]).toEqual([true, least])
      }),
      { numRuns: 500 },
    )
  })

  it('takes the first of equals, does not mind case, and has no answer without candidates', () => {
    expect(nearest('abx', ['aby', 'abz'])).toBe('aby')
    expect(nearest('STATIC', ['none', 'static'])).toBe('static')
    expect(nearest('a', [])).toBeUndefined()
  })

  it('takes a word too long to be one for no misspelling', () => {
    expect(nearest('a'.repeat(1e6), ['b'.repeat(1e6)])).toBeUndefined()
  })
})

describe('choice', () => {
  it('names the word that was meant, or all there are, a dozen at most', () => {
    expect(choice('lokc', ['lock'])).toBe('"lock"')
    expect(choice('x', ['lock'])).toBe('"lock"')
    expect(
      choice(
        'x',
        Array.from({ length: 13 }, (_, at) => `word${at}`),
      ),
    ).toMatch(/^one of .*"word11" …$/)
  })
})

/** Optimal string alignment by its recursive definition. */
function distance(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length
  const ways = [distance(a.slice(1), b) + 1, distance(a, b.slice(1)) + 1]
  ways.push(distance(a.slice(1), b.slice(1)) + Number(a[0] !== b[0]))
  const isSwapped = a.length > 1 && b.length > 1 && a[0] === b[1] && a[1] === b[0]
  if (isSwapped) ways.push(distance(a.slice(2), b.slice(2)) + 1)
  return Math.min(...ways)
}

function isClose(a: string, b: string): boolean {
  const isBeginning = Math.min(a.length, b.length) >= 3 && (a.startsWith(b) || b.startsWith(a))
  return isBeginning || distance(a, b) * 3 <= Math.max(a.length, b.length)
}
