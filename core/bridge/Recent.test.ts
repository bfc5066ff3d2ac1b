import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Recent from './Recent.ts'

test('law: it holds the newest keys, a key being as old as its first arrival, each at a place of its own', () => {
  const keys = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 60 })
  fc.assert(
    fc.property(keys, fc.integer({ min: 1, max: 4 }), (arrivals, limit) => {
      const recent = Recent.create(limit)
      const naive = new Map<string, number>()
      for (const key of arrivals) {
        const place = Recent.add(recent, key)
        if (naive.has(key)) expect(place).toBe(naive.get(key))
        naive.set(key, place)
        if (naive.size > limit) naive.delete([...naive.keys()][0]!)
        expect([...recent.places]).toEqual([...naive])
        for (const each of 'abcdef') expect(Recent.placeOf(recent, each)).toBe(naive.get(each))
        expect(new Set(naive.values()).size).toBe(naive.size)
        expect(Math.max(...naive.values())).toBeLessThan(limit)
      }
    }),
  )
})
