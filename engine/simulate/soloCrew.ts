import { runPaths } from '@cutwater/core/simulation/attack/runPaths.ts'
import type { Crew } from '../ports/Crew.ts'

/** A crew of one: every batch on this thread, in order. */
export function soloCrew(): Crew {
  return {
    async run(job, ranges, onDone) {
      for (const [index, range] of ranges.entries()) onDone(index, runPaths({ ...job, ...range }))
    },
    async close() {},
  }
}
