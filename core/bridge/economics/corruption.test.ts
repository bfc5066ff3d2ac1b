import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { corruption, type Operator, type Terms } from './corruption.ts'

const terms = {
  threshold: 5,
  slashableShare: 1,
  provenShare: 0.5,
  lostFeesUsd: 10,
  releaseUsd: 600,
  exitUsd: 1_000,
  buffer: 0.1,
}
const operator = (name: string, keys: number, stakeUsd = 100, hackUsd = 50): Operator => ({
  name,
  keys,
  stakeUsd,
  hackUsd,
})

describe('the cost of corruption', () => {
  it('counts operators, not keys: nine keys of which one firm holds four fall to two break-ins', () => {
    // Ronin, March 2022: five of nine keys, four of them at Sky Mavis and one reached through it
    const operators = [
      operator('sky mavis', 4),
      ...['axie', 'b', 'c', 'd', 'e'].map((name) => operator(name, 1)),
    ]
    const { operatorsNeeded, theftUsd, theftFrom } = corruption({ ...terms, operators })
    expect({ operatorsNeeded, theftUsd, theftFrom }).toEqual({
      operatorsNeeded: 2,
      theftUsd: 100,
      theftFrom: ['axie', 'sky mavis'],
    })
  })

  it('agrees with an example by hand', () => {
    // three of five keys: the cheapest stakes are 20, 40 and 60, half of which is really lost, and fees of 10
    const operators = [20, 40, 60, 80, 100].map((stake, i) => operator(`o${i}`, 1, stake, 200))
    expect(corruption({ ...terms, operators, threshold: 3 })).toEqual({
      bribeUsd: 0.5 * 120 + 10,
      theftUsd: 600,
      costUsd: 70,
      profitUsd: 600,
      marginUsd: 70 - 1.1 * 600,
      operatorsNeeded: 3,
      theftFrom: ['o0', 'o1', 'o2'],
    })
  })

  it('refuses a quorum that nobody can reach', () => {
    expect(() => corruption({ ...terms, operators: [operator('a', 2)] })).toThrow('[CORRUPTION_NO_QUORUM]')
  })

  const some = fc.array(
    fc.record({ keys: fc.integer({ min: 1, max: 4 }), stakeUsd: fc.nat(1_000), hackUsd: fc.nat(1_000) }),
    { minLength: 5, maxLength: 8 },
  )
  const named = (operators: readonly Omit<Operator, 'name'>[]) =>
    operators.map((each, i) => ({ ...each, name: `o${i}` }))
  const of = (operators: readonly Operator[], more: Partial<Terms> = {}) =>
    corruption({ ...terms, operators, ...more })

  it('law: the set it names is the cheapest of all that suffice', () => {
    fc.assert(
      fc.property(some, (operators) => {
        let least = Number.POSITIVE_INFINITY
        for (let set = 0; set < 2 ** operators.length; set++) {
          const chosen = operators.filter((_, i) => set & (1 << i))
          const keys = chosen.reduce((sum, each) => sum + each.keys, 0)
          if (keys >= terms.threshold)
            least = Math.min(
              least,
              chosen.reduce((sum, each) => sum + each.hackUsd, 0),
            )
        }
        expect(of(named(operators)).theftUsd).toBe(least)
      }),
      { numRuns: 60 },
    )
  })

  it('law: more stake never makes it cheaper, one more key in a hand never dearer', () => {
    fc.assert(
      fc.property(some, (operators) => {
        const { bribeUsd, theftUsd } = of(named(operators))
        const richer = named(operators.map((each) => ({ ...each, stakeUsd: each.stakeUsd + 10 })))
        expect(of(richer).bribeUsd).toBeGreaterThanOrEqual(bribeUsd)
        const fewer = named(operators.map((each) => ({ ...each, keys: each.keys + 1 })))
        expect(of(fewer).theftUsd).toBeLessThanOrEqual(theftUsd)
      }),
    )
  })
})
