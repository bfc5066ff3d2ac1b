import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RunResult } from './RunResult.ts'
import { gather, quantile, summarise } from './summarise.ts'

describe('all runs of a scenario as one', () => {
  const runs = [
    run({ seed: 1, blocks: 1, lost: 10 }),
    run({ seed: 2, blocks: 3, lost: 20 }),
    run({ seed: 3, lost: 5 }),
  ]

  test('show the run in which most was lost, and the seed of the slowest', () => {
    const { on, seed, runs: count, worst } = gather(runs)
    expect([on.lostUsd, seed, count]).toEqual([20, 2, 3])
    expect(worst).toEqual({ blocksToContain: { blocks: 3, seed: 2 }, ofBound: { share: 0.2, seed: 2 } })
  })

  test('tell every finding of any run once', () => {
    const findings = [['Replay'], ['Replay', 'PegBreak'], []].map((detectedBy, nth) => ({
      ...runs[nth]!,
      detectedBy,
    }))
    expect(gather(findings).detectedBy).toEqual(['Replay', 'PegBreak'])
  })
})

describe('the summary of all runs', () => {
  test('counts what can be contained, and names what went over its bound with the seed to try again', () => {
    const over = { ...run({ seed: 9, blocks: null, lost: 101 }), name: 'other', off: { lostUsd: 0 } }
    const { runs, containment, overBound, stopped, harmless } = summarise([
      run({ seed: 1 }),
      run({ seed: 2, blocks: 1 }),
      over,
    ])
    expect([runs, containment.runs, containment.p95Blocks]).toEqual([3, 2, 1])
    expect(containment.worst).toEqual({ name: 'theft', level: 3, seed: 2, blocks: 1 })
    expect(overBound).toEqual([{ name: 'other', level: 3, seed: 9 }])
    expect(stopped).toEqual(['theft'])
    expect(harmless).toEqual([{ name: 'other', level: 3, seed: 9 }])
  })

  test('of nothing says nothing', () => {
    const { containment, overBound } = summarise([])
    expect([containment.p95Blocks, containment.worst, overBound]).toEqual([null, null, []])
  })
})

test('law: so many are not above the quantile, and fewer are not above anything smaller', () => {
  const values = fc.array(fc.nat(9), { minLength: 1, maxLength: 50 })
  fc.assert(
    fc.property(values, fc.double({ min: 0.01, max: 1, noNaN: true }), (all, share) => {
      const found = quantile(all, share)!
      const notAbove = (limit: number) => all.filter((value) => value <= limit).length
      return notAbove(found) >= share * all.length - 1e-9 && notAbove(found - 1) < share * all.length
    }),
  )
})

type Parts = { readonly seed: number; readonly blocks?: number | null; readonly lost?: number }

function run({ seed, blocks = 0, lost = 0 }: Parts): RunResult {
  const money = {
    preventedUsd: 0,
    slashedUsd: 0,
    coveredUsd: 0,
    backstoppedUsd: 0,
    shortfallUsd: 0,
    boundUsd: 100,
  }
  return {
    name: 'theft',
    incident: '',
    says: '',
    steps: 'many',
    limitedBy: '',
    level: 3,
    seed,
    on: { ...money, lostUsd: lost, blocksToContain: blocks, blocksMoved: blocks ?? 0 },
    off: { lostUsd: 1_000 },
    foreseenBy: [],
    detectedBy: [],
    answerMilliseconds: 0,
  }
}
