import * as Tally from '@cutwater/core/simulation/attack/Tally.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { Crew, Job, Range } from '../ports/Crew.ts'
import type { Keep } from '../ports/Keep.ts'

export type Run = {
  readonly job: Job
  /** the most paths to run */
  readonly paths: number
  readonly crew: Crew
  /** stop when no plan's expected cost is uncertain by more than this share of it, at 95%; 0 never stops early */
  readonly tolerance?: number
  /** where to keep what is done, to go on from there after a kill */
  readonly keep?: Keep
  /** paths done, of paths at most */
  readonly onProgress?: (done: number, total: number) => void
}

export type Done = {
  readonly tallies: readonly Tally.Tally[]
  readonly paths: number
  readonly stoppedEarly: boolean
}

/**
 * Runs many paths in rounds of batches and merges them in one order, so that the result is the same, to the byte, for
 * any crew; memory does not grow with the paths.
 *
 * Rounds have a fixed size: stopping early and going on after a kill happen between them. Throws STATE_OF_ANOTHER_RUN
 * or STATE_MALFORMED for a kept text that does not belong here.
 */
export async function runMany({ job, paths, crew, tolerance = 0, keep, onProgress }: Run): Promise<Done> {
  const key = keyOf(job)
  const kept = await keep?.load()
  let { done, tallies } = kept === undefined ? begin(job) : restore(kept, key)
  onProgress?.(Math.min(done, paths), paths)
  let isNarrow = done > 0 && tolerance > 0 && isNarrowEnough(tallies, tolerance)
  while (done < paths && !isNarrow) {
    const ranges = roundFrom(done, paths)
    const parts = await runRound(crew, job, ranges)
    tallies = tallies.map((tally, plan) => {
      for (const part of parts) Tally.merge(tally, part[plan]!)
      return tally
    })
    done = ranges.at(-1)!.firstPath + ranges.at(-1)!.paths
    isNarrow = tolerance > 0 && isNarrowEnough(tallies, tolerance)
    if (keep !== undefined && done % pathsPerRound === 0) await keep.save(toText(key, done, tallies))
    onProgress?.(done, paths)
  }
  return { tallies, paths: done, stoppedEarly: done < paths }
}

export const pathsPerBatch = 5_000
export const pathsPerRound = 20 * pathsPerBatch

async function runRound(crew: Crew, job: Job, ranges: readonly Range[]) {
  const parts: (readonly Tally.Tally[])[] = []
  await crew.run(job, ranges, (index, tallies) => {
    parts[index] = tallies
  })
  return parts
}

function roundFrom(done: number, paths: number): readonly Range[] {
  const ranges: Range[] = []
  const end = Math.min(paths, done + pathsPerRound)
  for (let firstPath = done; firstPath < end; firstPath += pathsPerBatch) {
    ranges.push({ firstPath, paths: Math.min(pathsPerBatch, end - firstPath) })
  }
  return ranges
}

function isNarrowEnough(tallies: readonly Tally.Tally[], tolerance: number): boolean {
  return tallies.every((tally) => {
    const halfWidth = 1.96 * Tally.standardError(tally, 'cost')
    return halfWidth <= tolerance * Tally.mean(tally, 'cost')
  })
}

type State = { done: number; tallies: Tally.Tally[] }

function begin({ plans }: Job): State {
  return { done: 0, tallies: plans.map(() => Tally.create()) }
}

function keyOf(job: Job): string {
  return JSON.stringify({ pathsPerBatch, ...job })
}

function toText(key: string, done: number, tallies: readonly Tally.Tally[]): string {
  const columns = tallies.map(({ paths, sums, counts, tails, squares }) => ({
    paths,
    sums: [...sums],
    counts: [...counts],
    tails: [...tails],
    squares: [...squares],
  }))
  return JSON.stringify({ key, done, tallies: columns })
}

function restore(text: string, key: string): State {
  const kept = parse(text)
  if (kept.key !== key)
    throw new CutwaterError('STATE_OF_ANOTHER_RUN', 'what was kept belongs to a run with other settings', {
      right: 'the same bridge, policies, seed and assumptions, or another file',
    })
  return {
    done: kept.done,
    tallies: kept.tallies.map(({ paths, sums, counts, tails, squares }) => ({
      paths,
      sums: Float64Array.from(sums),
      counts: Float64Array.from(counts),
      tails: Float64Array.from(tails),
      squares: Float64Array.from(squares),
    })),
  }
}

type Kept = {
  readonly key: string
  readonly done: number
  readonly tallies: readonly Readonly<
    Record<'sums' | 'counts' | 'tails' | 'squares', readonly number[]> & { paths: number }
  >[]
}

function parse(text: string): Kept {
  try {
    const kept = JSON.parse(text) as Partial<Kept>
    if (typeof kept.key === 'string' && Number.isSafeInteger(kept.done) && Array.isArray(kept.tallies))
      return kept as Kept
  } catch (cause) {
    throw stateMalformed(cause)
  }
  throw stateMalformed()
}

function stateMalformed(cause?: unknown): CutwaterError {
  return new CutwaterError('STATE_MALFORMED', 'what was kept cannot be read', {
    right: 'a file that an earlier run wrote, or none',
    cause,
  })
}
