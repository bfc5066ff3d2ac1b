import type { Batch } from '@cutwater/core/simulation/attack/runPaths.ts'
import type { Tally } from '@cutwater/core/simulation/attack/Tally.ts'

/** What all batches of a run have in common. */
export type Job = Omit<Batch, 'firstPath' | 'paths'>

/** A piece of a run: paths from one number on. */
export type Range = { readonly firstPath: number; readonly paths: number }

/** Hands that run batches of paths, several at a time. */
export type Crew = {
  /**
   * Runs every range of the job and hands over its tallies, one for each plan, as it is done: in any order, each once.
   * Rejects with what went wrong, and hands nothing over after that.
   */
  run(
    job: Job,
    ranges: readonly Range[],
    onDone: (index: number, tallies: readonly Tally[]) => void,
  ): Promise<void>
  /** lets the hands go; closing twice is closing once */
  close(): Promise<void>
}
