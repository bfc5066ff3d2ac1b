import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fuzz } from './fuzz.ts'
import type { Target } from './Target.ts'
import { targets } from './targets.ts'

let all: readonly Target[]
beforeAll(async () => {
  all = await targets()
}, 600_000)
afterAll(() => {
  for (const { close } of all) close?.()
})

describe('whatever strangers write', () => {
  test('is taken when it is whole', { timeout: 600_000 }, async () => {
    for (const { name, take, whole } of all) expect(await take(whole), name).toBeNull()
  })

  test('is refused by a clear error, or taken for what it says', { timeout: 600_000 }, async () => {
    // `npm run fuzz -- --inputs 1000000` tries a million.
    const tallies = await fuzz(all, { inputs: 1_500, seed: 7 })
    for (const { name, faults, refused } of tallies) {
      expect(faults, name).toEqual([])
      expect(refused, name).toBeGreaterThan(0)
    }
  })
})

describe('what does not stand up to it is seen', () => {
  const target = (take: Target['take']): Target => {
    return { name: 'a parser', share: 1, whole: '1', make: () => '{"a":1}', take }
  }

  test.each([
    ['an error of another kind', () => JSON.parse('{').a as null],
    ['a complaint', () => 'it was taken'],
    ['a promise that breaks', async () => Promise.reject(new TypeError('no'))],
  ])('%s', async (_, take) => {
    const [tally] = await fuzz([target(take)], { inputs: 9, seed: 1 })
    expect(tally).toMatchObject({ faultCount: 9, refused: 0, taken: 0 })
    expect(tally!.faults).toHaveLength(5)
  })

  test('and a refusal is none', async () => {
    const refuse = () => {
      throw new CutwaterError('NO', 'no')
    }
    expect((await fuzz([target(refuse)], { inputs: 3, seed: 1 }))[0]).toMatchObject({
      refused: 3,
      faultCount: 0,
    })
  })
})
