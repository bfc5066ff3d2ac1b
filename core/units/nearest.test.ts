import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearest } from './nearest.ts'

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 })

describe('nearest', () => {
  it('law: no candidate is nearer than the one it names, by the recursive definition of the distance', () => {
    fc.assert(
      fc.property(word, fc.array(word, { minLength: 1, maxLength: 4 }), (text, candidates) => {
        const best = nearest(text, candidates)
        const least = Math.min(...candidates.map((candidate) => distance(text, candidate)))
        expect(candidates).toContain(best)
        expect(distance(text, best!)).toBe(least)
      }),
    )
  })

  it('takes the first of equals, does not mind case, and has no answer without candidates', () => {
    expect(nearest('ab', ['ac', 'ad'])).toBe('ac')
    expect(nearest('STATIC', ['none', 'static'])).toBe('static')
    expect(nearest('a', [])).toBeUndefined()
  })
})

function distance(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length
  if (a[0] === b[0]) return distance(a.slice(1), b.slice(1))
  const rest = [distance(a.slice(1), b), distance(a, b.slice(1)), distance(a.slice(1), b.slice(1))]
  return 1 + Math.min(...rest)
}
