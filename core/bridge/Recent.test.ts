import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Recent from './Recent.ts'

test('law: it holds the last value of each of the newest keys, a key being as old as its first arrival', () => {
  const keys = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 60 })
  fc.assert(
    fc.property(keys, fc.integer({ min: 1, max: 4 }), (arrivals, limit) => {
      const recent = Recent.create<number>(limit)
      const naive = new Map<string, number>()
      for (const [at, key] of arrivals.entries()) {
        Recent.set(recent, key, at)
        naive.set(key, at)
        if (naive.size > limit) naive.delete([...naive.keys()][0]!)
        expect([...recent.values]).toEqual([...naive])
      }
    }),
  )
})
