import { describe, expect, test } from 'vitest'
import type { Plant } from './plants.ts'
import { run } from './run.ts'

// Each invariant, and a bug that breaks it: red with the bug, green without, on the same seed.
const planted: readonly (readonly [string, Plant, number, number])[] = [
  ['none lost', 'dropsEvents', 1, 1_500],
  ['applied once', 'tellsEventsTwice', 1, 1_500],
  ['once', 'actsTwice', 3, 2_500],
  ['tight', 'loosens', 3, 2_500],
  ['fold', 'forgetsSignals', 1, 1_500],
  ['told', 'swallowsAlarms', 1, 1_500],
  ['honest', 'hidesOutLegs', 1, 1_500],
  ['bound', 'doesNothing', 27, 2_500],
  ['kept', 'doesNothing', 3, 2_500],
  ['kept', 'trustsBlocks', 358, 2_500],
  ['written', 'actsBeforeWriting', 1, 1_500],
  ['settled', 'neverAnswers', 3, 2_500],
  ['alive', 'repeatsBlocks', 1, 1_500],
]

describe('an invariant that is broken is seen', () => {
  test.each(planted)('%s, by a bug that %s', { timeout: 600_000 }, async (invariant, plant, seed, steps) => {
    const { violations } = await run(seed, { steps, plant })
    const found = violations.find((violation) => violation.invariant === invariant)
    expect(found).toBeDefined()
    expect(found!.last.length).toBeGreaterThan(5)
    expect((await run(seed, { steps })).violations).toEqual([])
  })
})
