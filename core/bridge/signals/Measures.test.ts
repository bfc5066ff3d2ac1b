import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { hour } from '../../units/UnixTime.ts'
import type { Measure } from '../Observation.ts'
import { begin } from '../testing/sampleBridge.ts'
import type { FeedName } from './Feed.ts'
import * as Measures from './Measures.ts'
import { measure } from './signals.fixture.ts'

const taken = (...measures: Measure[]) => {
  const state = Measures.create()
  for (const each of measures) Measures.take(state, each)
  return state
}
const readOf = (name: FeedName, of: string, ...measures: Measure[]) =>
  Measures.read(taken(...measures), name, of, begin)
const old = (hours: number) => ({ asOf: begin - hours * hour })

describe('a feed', () => {
  it('says its newest reading, with the time it was so', () => {
    const newest = measure('wrappedPrice', 'GOLD', 0.99, old(1))
    const answer = { known: true, value: 0.99, asOf: begin - hour }
    expect(readOf('wrappedPrice', 'GOLD', measure('wrappedPrice', 'GOLD', 0.98, old(2)), newest)).toEqual(
      answer,
    )
    expect(readOf('wrappedPrice', 'GOLD', newest, measure('wrappedPrice', 'GOLD', 0.98, old(2)))).toEqual(
      answer,
    )
  })

  it('that nobody feeds says so', () => {
    const answer = { known: false, missing: true, why: 'no wrappedPrice of GOLD is fed' }
    expect(readOf('wrappedPrice', 'GOLD')).toEqual(answer)
    expect(readOf('wrappedPrice', 'GOLD', measure('wrappedPrice', 'SILVER', 1))).toEqual(answer)
  })

  it('of two sources that agree says their middle', () => {
    const sources = [0.98, 0.99].map((price, i) =>
      measure('wrappedPrice', 'GOLD', price, { source: `pool ${i}` }),
    )
    expect(readOf('wrappedPrice', 'GOLD', ...sources)).toMatchObject({ known: true, value: 0.985 })
  })

  const bad: readonly (readonly [string, FeedName, string, readonly Measure[], string])[] = [
    [
      'a reserve of zero',
      'poolReserve',
      'GOLD',
      [measure('poolReserve', 'GOLD', 0)],
      'poolReserve of GOLD by test is 0; above 0 would be right',
    ],
    [
      'a negative rate',
      'wrappedApy',
      'GOLD',
      [measure('wrappedApy', 'GOLD', -0.02)],
      'wrappedApy of GOLD by test is -0.02; 0 or more would be right',
    ],
    [
      'an oracle of 40 hours ago',
      'oraclePrice',
      'GOLD',
      [measure('oraclePrice', 'GOLD', 1, old(40))],
      'oraclePrice of GOLD by test is 40 h old (2020-09-11T20:00:00Z); at most 26 h would be right',
    ],
    [
      'two oracles 30% apart',
      'oraclePrice',
      'GOLD',
      [
        measure('oraclePrice', 'GOLD', 1, { source: 'one' }),
        measure('oraclePrice', 'GOLD', 1.3, { source: 'two' }),
      ],
      'oraclePrice of GOLD by one says 1 and two says 1.3',
    ],
    [
      'a token of 0 decimals',
      'decimals',
      'GOLD',
      [measure('decimals', 'GOLD', 0)],
      'decimals of GOLD by test is 0; 1 or more would be right',
    ],
    [
      'a token of 77 decimals',
      'decimals',
      'GOLD',
      [measure('decimals', 'GOLD', 77)],
      'decimals of GOLD by test is 77; 36 or less would be right',
    ],
    [
      'a price of such a token',
      'wrappedPrice',
      'GOLD',
      [measure('decimals', 'GOLD', 77), measure('wrappedPrice', 'GOLD', 1)],
      'decimals of GOLD by test is 77; 36 or less would be right',
    ],
    [
      'a cap of zero',
      'limit',
      'GOLD',
      [measure('limit', 'GOLD', 0)],
      'limit of GOLD by test is 0; above 0 would be right',
    ],
    [
      'no number',
      'stake',
      'alice',
      [measure('stake', 'alice', Number.NaN)],
      'stake of alice by test is NaN; a number would be right',
    ],
    [
      'another unit',
      'stake',
      'alice',
      [measure('stake', 'alice', 1, { unit: 'ETH' })],
      'stake of alice by test comes in "ETH"; "USD" would be right',
    ],
    [
      'a time to come',
      'stake',
      'alice',
      [measure('stake', 'alice', 1, old(-1))],
      'stake of alice by test is of a time that had not come when it was read',
    ],
  ]
  test.each(bad)('%s is named and not believed', (_, name, of, measures, why) => {
    expect(readOf(name, of, ...measures)).toEqual({ known: false, missing: false, why })
    expect(Measures.doubts(taken(...measures), begin)).toContain(why)
  })

  it('of an unknown name is named with the nearest one', () => {
    const odd = { ...measure('stake', 'alice', 1), name: 'stakes' }
    expect(Measures.doubts(taken(odd), begin)).toEqual(['no feed is called stakes; stake may be meant'])
  })

  it('believes the sound source beside one that is not', () => {
    const answer = readOf(
      'oraclePrice',
      'GOLD',
      measure('oraclePrice', 'GOLD', 1, { source: 'one' }),
      measure('oraclePrice', 'GOLD', 9, { source: 'two', ...old(40) }),
    )
    expect(answer).toMatchObject({ known: true, value: 1 })
  })

  it('law: an answer lies between the readings it is made of, in whatever order they came', () => {
    const readings = fc.array(fc.double({ min: 0.95, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(readings, (prices) => {
        const measures = prices.map((price, i) => measure('wrappedPrice', 'GOLD', price, { source: `${i}` }))
        const answer = readOf('wrappedPrice', 'GOLD', ...measures)
        expect(readOf('wrappedPrice', 'GOLD', ...measures.toReversed())).toEqual(answer)
        const value = answer.known ? answer.value : Number.NaN
        expect(value).toBeGreaterThanOrEqual(Math.min(...prices))
        expect(value).toBeLessThanOrEqual(Math.max(...prices))
      }),
    )
  })
})
