import { Worker } from 'node:worker_threads'
import type { Tally } from '@cutwater/core/simulation/attack/Tally.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { Crew, Job, Range } from '@cutwater/engine/ports/Crew.ts'

/** What a thread is told: the job once, then ranges one by one. */
export type Order = { readonly job: Job } | { readonly range: Range }

/** Threads that run batches; each asks for the next one when it is done with the last. */
export function threadCrew(threads: number): Crew {
  const workers = Array.from(
    { length: threads },
    () => new Worker(new URL('./pathThread.ts', import.meta.url)),
  )
  let isClosed = false
  return {
    async run(job, ranges, onDone) {
      let next = 0
      const takeNext = () => (next < ranges.length ? next++ : undefined)
      for (const worker of workers) worker.postMessage({ job } satisfies Order)
      await Promise.all(workers.map((worker) => serve(worker, ranges, takeNext, onDone)))
    },
    async close() {
      if (isClosed) return
      isClosed = true
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}

function serve(
  worker: Worker,
  ranges: readonly Range[],
  takeNext: () => number | undefined,
  onDone: (index: number, tallies: readonly Tally[]) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let current: number | undefined
    const end = (settle: () => void) => {
      worker.off('message', onMessage)
      worker.off('error', onError)
      worker.off('exit', onExit)
      settle()
    }
    const onError = (cause: Error) => end(() => reject(cause))
    const onExit = () => end(() => reject(threadEnded()))
    const onMessage = (tallies: readonly Tally[]) => {
      onDone(current!, tallies)
      ask()
    }
    const ask = () => {
      current = takeNext()
      if (current === undefined) end(resolve)
      else worker.postMessage({ range: ranges[current]! } satisfies Order)
    }
    worker.on('message', onMessage)
    worker.on('error', onError)
    worker.on('exit', onExit)
    ask()
  })
}

function threadEnded(): CutwaterError {
  return new CutwaterError('THREAD_ENDED', 'a thread of the simulation ended before its work', {
    right: 'enough memory, or fewer --workers',
  })
}
