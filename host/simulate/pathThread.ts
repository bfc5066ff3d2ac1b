import { parentPort } from 'node:worker_threads'
import { runPaths } from '@cutwater/core/simulation/attack/runPaths.ts'
import type { Job } from '@cutwater/engine/ports/Crew.ts'
import type { Order } from './threadCrew.ts'

// A thread of `threadCrew`: it keeps the job and answers every range with its tallies.

let job: Job

parentPort!.on('message', (order: Order) => {
  if ('job' in order) job = order.job
  else parentPort!.postMessage(runPaths({ ...job, ...order.range }))
})
