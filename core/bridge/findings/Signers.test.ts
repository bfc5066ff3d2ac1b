import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Signers from './Signers.ts'

const three = ['a', 'b', 'c']

describe('a signer', () => {
  it('that always signed and misses six in a row is silent, told once until it signs again', () => {
    const signers = after(10)
    expect(missing(signers, 'c', 5)).toEqual([])
    // (1 − 11/12)^6 = 3.3e-7 is below one in a million, (1 − 11/12)^5 = 4.0e-6 is not.
    expect(missing(signers, 'c', 1)).toEqual([{ signer: 'c', missed: 6, lastAt: 9 }])
    expect(Signers.speaking(signers)).toBe(2)
    expect(missing(signers, 'c', 50)).toEqual([])
    Signers.note(signers, three, 100)
    expect(missing(signers, 'c', 5)).toEqual([])
    expect(missing(signers, 'c', 1)).toHaveLength(1)
  })

  it('that has signed for long is silent after five, never sooner', () => {
    const signers = after(500)
    expect([missing(signers, 'c', 4).length, missing(signers, 'c', 1).length]).toEqual([0, 1])
  })

  it('is not known from nine messages', () => {
    expect(missing(after(9), 'c', 200)).toEqual([])
  })

  it('that only takes turns is not silent while its turn may come', () => {
    const signers: Signers.Signers = new Map()
    for (let nth = 0; nth < 300; nth++) {
      expect(Signers.note(signers, [three[nth % 3]!], nth)).toEqual([])
    }
    // It signed a third: thirty-four in a row come once in a million, (2/3)^34 = 1.0e-6.
    expect(missing(signers, 'c', 33)).toEqual([])
    expect(missing(signers, 'c', 2)).toHaveLength(1)
  })

  it('is not accused of silence when nobody signs', () => {
    const signers = after(20)
    for (let nth = 0; nth < 100; nth++) expect(Signers.note(signers, [], nth)).toEqual([])
  })
})

it('law: relayers who bring any k of n signatures make nobody look silent', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 2, max: 7 }), (seed, n) => {
      const draw = drawing(seed)
      const all = Array.from({ length: n }, (_, nth) => `signer ${nth}`)
      const signers: Signers.Signers = new Map()
      for (let nth = 0; nth < 400; nth++) {
        const drawn = all.map((signer) => ({ signer, place: draw() })).sort((a, b) => a.place - b.place)
        const some = drawn.slice(0, Math.ceil(n / 2)).map(({ signer }) => signer)
        expect(Signers.note(signers, some, nth)).toEqual([])
      }
    }),
    { numRuns: 30, seed: 7 },
  )
})

it('law: however many strangers sign, only so many are remembered', () => {
  const signers: Signers.Signers = new Map()
  for (let nth = 0; nth < 2 * Signers.limit; nth++) Signers.note(signers, [`stranger ${nth}`], nth)
  expect(signers.size).toBe(Signers.limit)
  expect(signers.has(`stranger ${2 * Signers.limit - 1}`)).toBe(true)
})

// A linear congruential generator (Numerical Recipes, 1992): evenly spread, which fast-check's own draws are not.
function drawing(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state
  }
}

function after(messages: number): Signers.Signers {
  const signers: Signers.Signers = new Map()
  for (let nth = 0; nth < messages; nth++) Signers.note(signers, three, nth)
  return signers
}

/** What is told of so many messages without somebody. */
function missing(signers: Signers.Signers, who: string, messages: number): readonly Signers.Silence[] {
  const others = three.filter((each) => each !== who)
  return Array.from({ length: messages }, () => Signers.note(signers, others, 99)).flat()
}
