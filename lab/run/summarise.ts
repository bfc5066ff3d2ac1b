import type { RunId, RunResult, ScenarioResult, Summary } from './RunResult.ts'

/** All runs of one scenario at one level as one result. */
export function gather(runs: readonly RunResult[]): ScenarioResult {
  const { answerMilliseconds: _, ...worst } = most(runs, ({ on }) => on.lostUsd)
  const contained = runs.filter(({ on }) => on.blocksToContain !== null)
  const slowest = contained.length === 0 ? null : most(contained, ({ on }) => on.blocksToContain!)
  const nearest = most(runs, shareOfBound)
  return {
    ...worst,
    detectedBy: [...new Set(runs.flatMap(({ detectedBy }) => detectedBy))],
    foreseenBy: [...new Set(runs.flatMap(({ foreseenBy }) => foreseenBy))],
    runs: runs.length,
    worst: {
      blocksToContain: slowest && { blocks: slowest.on.blocksToContain!, seed: slowest.seed },
      ofBound: { share: shareOfBound(nearest), seed: nearest.seed },
    },
  }
}

/** What all runs of all scenarios say together. */
export function summarise(runs: readonly RunResult[]): Summary {
  const contained = runs.filter(({ on }) => on.blocksToContain !== null)
  const blocks = contained.map(({ on }) => on.blocksToContain!)
  const slowest = contained.length === 0 ? null : most(contained, ({ on }) => on.blocksToContain!)
  const lost = new Set(runs.filter(({ on }) => on.lostUsd > 0).map(({ name }) => name))
  return {
    runs: runs.length,
    containment: {
      runs: contained.length,
      p95Blocks: quantile(blocks, 0.95),
      worst: slowest && { ...idOf(slowest), blocks: slowest.on.blocksToContain! },
    },
    overBound: runs.filter(({ on }) => on.lostUsd > on.boundUsd).map(idOf),
    harmless: runs.filter(({ off }) => off.lostUsd <= 0).map(idOf),
    stopped: [...new Set(runs.map(({ name }) => name))].filter((name) => !lost.has(name)),
    answerMilliseconds: Math.round(Math.max(0, ...runs.map((run) => run.answerMilliseconds))),
  }
}

/**
 * The smallest value that so many are not above (nearest rank); null of none.
 *
 * @example
 * quantile([0, 0, 0, 1], 0.5) // 0
 * quantile([0, 0, 0, 1], 0.95) // 1
 */
export function quantile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.ceil(share * sorted.length) - 1] ?? null
}

function shareOfBound({ on }: RunResult): number {
  return on.boundUsd > 0 ? on.lostUsd / on.boundUsd : 0
}

function idOf({ name, level, seed }: RunResult): RunId {
  return { name, level, seed }
}

// Of equals the first: its seed is the one to try again.
function most(runs: readonly RunResult[], of: (run: RunResult) => number): RunResult {
  return runs.reduce((best, run) => (of(run) > of(best) ? run : best))
}
