import * as Tally from '@cutwater/core/simulation/attack/Tally.ts'
import { describe, expect, test } from 'vitest'
import { sampleJob } from '../ports/Crew.contract.ts'
import type { Crew } from '../ports/Crew.ts'
import type { Keep } from '../ports/Keep.ts'
import { pathsPerRound, runMany } from './runMany.ts'
import { soloCrew } from './soloCrew.ts'

const whole = sampleJob()
const job = { ...whole, plans: whole.plans.slice(0, 1) }

/** Hands the results over last one first. */
function backwardCrew(): Crew {
  const solo = soloCrew()
  return {
    ...solo,
    async run(of, ranges, onDone) {
      const done: (() => void)[] = []
      await solo.run(of, ranges, (index, tallies) => done.push(() => onDone(index, tallies)))
      for (const tell of done.reverse()) tell()
    },
  }
}

/** Dies when it is asked for its second round. */
function mortalCrew(): Crew {
  const solo = soloCrew()
  let rounds = 0
  return {
    ...solo,
    async run(...args) {
      if (++rounds > 1) throw new Error('killed')
      await solo.run(...args)
    },
  }
}

function memoryKeep(text?: string): Keep & { text: string | undefined } {
  return {
    text,
    async load() {
      return this.text
    },
    async save(saved) {
      this.text = saved
    },
  }
}

describe('many paths', () => {
  test('law: the order in which batches are done changes no byte', async () => {
    const inOrder = await runMany({ job, paths: 30_000, crew: soloCrew() })
    expect(await runMany({ job, paths: 30_000, crew: backwardCrew() })).toEqual(inOrder)
    expect(inOrder.tallies[0]!.paths).toBe(30_000)
  })

  test('a run that was killed between two rounds goes on to the same bytes', async () => {
    const paths = 2 * pathsPerRound + 5_000
    const uninterrupted = await runMany({ job, paths, crew: soloCrew() })
    const keep = memoryKeep()
    await expect(runMany({ job, paths, crew: mortalCrew(), keep })).rejects.toThrow('killed')
    expect(keep.text).toContain(`"done":${pathsPerRound}`)
    const seen: number[] = []
    const resumed = await runMany({
      job,
      paths,
      crew: soloCrew(),
      keep,
      onProgress: (done) => seen.push(done),
    })
    expect(resumed).toEqual(uninterrupted)
    expect(seen[0]).toBe(pathsPerRound)
  })

  test('stops when the interval is narrow enough, at the end of a round', async () => {
    const { paths, stoppedEarly, tallies } = await runMany({
      job,
      paths: 1e9,
      crew: soloCrew(),
      tolerance: 0.2,
    })
    expect({ paths, stoppedEarly }).toEqual({ paths: pathsPerRound, stoppedEarly: true })
    const half = 1.96 * Tally.standardError(tallies[0]!, 'cost')
    expect(half).toBeLessThanOrEqual(0.2 * Tally.mean(tallies[0]!, 'cost'))
  })

  test('memory: what is kept has the same size after one round and after two', async () => {
    const one = await runMany({ job, paths: 20_000, crew: soloCrew() })
    const two = await runMany({ job, paths: 40_000, crew: soloCrew() })
    const size = (tallies: readonly Tally.Tally[]) =>
      tallies.map(({ sums, counts }) => sums.length + counts.length)
    expect(size(two.tallies)).toEqual(size(one.tallies))
  })

  test.each([
    ['{', 'STATE_MALFORMED'],
    ['{"done":1}', 'STATE_MALFORMED'],
    ['{"key":"another","done":100000,"tallies":[]}', 'STATE_OF_ANOTHER_RUN'],
  ])('refuses a kept %s', async (text, code) => {
    await expect(runMany({ job, paths: 5_000, crew: soloCrew(), keep: memoryKeep(text) })).rejects.toThrow(
      code,
    )
  })
})
