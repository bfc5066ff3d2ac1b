import * as Assumptions from '@cutwater/core/simulation/attack/Assumptions.ts'
import { sampleCalibration } from '@cutwater/core/simulation/attack/calibration.fixture.ts'
import * as Model from '@cutwater/core/simulation/attack/Model.ts'
import * as Plan from '@cutwater/core/simulation/attack/Plan.ts'
import { runPaths } from '@cutwater/core/simulation/attack/runPaths.ts'
import type { Tally } from '@cutwater/core/simulation/attack/Tally.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Crew, Job } from './Crew.ts'

/** A job of two plans, one of which adapts. */
export function sampleJob(changes: Readonly<Record<string, number>> = {}): Job {
  const model = Model.of({
    lockedUsd: 2e10,
    years: 1,
    assumptions: Assumptions.withChanges({ liveBridges: 20, ...changes }),
    calibration: sampleCalibration(),
  })
  const plans = (['static', 'adaptive'] as const).map((name) => Plan.of(Plan.recipeOf(name), model))
  return { model, plans, seed: 9 }
}

/** What every crew keeps, whoever does the work. */
export function crewContract(name: string, open: () => Crew): void {
  describe(`${name} keeps the crew contract`, () => {
    let crew: Crew
    beforeEach(() => {
      crew = open()
    })
    afterEach(() => crew.close())

    const ranges = Array.from({ length: 7 }, (_, index) => ({ firstPath: 100 * index, paths: 100 + index }))

    test('every range is done once, with the tallies that its paths have', async () => {
      const job = sampleJob()
      const done = new Map<number, readonly Tally[]>()
      await crew.run(job, ranges, (index, tallies) => {
        expect(done.has(index)).toBe(false)
        done.set(index, tallies)
      })
      expect(done.size).toBe(ranges.length)
      for (const [index, range] of ranges.entries())
        expect(done.get(index)).toEqual(runPaths({ ...job, ...range }))
    })

    test('one job after the other, and none at all', async () => {
      await crew.run(sampleJob(), [], () => expect.unreachable())
      for (const bypassChance of [0.1, 0.9]) {
        const job = sampleJob({ bypassChance })
        const [range] = ranges
        await crew.run(job, [range!], (_, tallies) =>
          expect(tallies).toEqual(runPaths({ ...job, ...range! })),
        )
      }
    })

    test('what goes wrong in a range is what the run rejects with', async () => {
      const broken = { ...sampleJob(), seed: -1 }
      await expect(crew.run(broken, ranges, () => {})).rejects.toThrow('[RNG_SEED_INVALID]')
    })

    test('closing twice is closing once', async () => {
      await crew.close()
      await crew.close()
    })
  })
}
