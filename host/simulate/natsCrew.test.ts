import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { runPaths } from '@cutwater/core/simulation/attack/runPaths.ts'
import type { Tally } from '@cutwater/core/simulation/attack/Tally.ts'
import { crewContract, sampleJob } from '@cutwater/engine/ports/Crew.contract.ts'
import type { Crew } from '@cutwater/engine/ports/Crew.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as NatsAddress from '../nats/NatsAddress.ts'
import { isInstalled, type NatsServer, need, startNats } from '../nats/testing/natsServer.ts'
import { natsCrew } from './natsCrew.ts'
import { workOnQueue } from './workOnQueue.ts'

const bin = join(import.meta.dirname, '..', 'bin', 'cutwater.js')

describe.skipIf(!isInstalled)(`workers on a queue, ${need}`, () => {
  let server: NatsServer
  let address: NatsAddress.NatsAddress
  const ending = new AbortController()
  let working: Promise<void>
  beforeAll(async () => {
    server = await startNats()
    address = NatsAddress.parse(`nats://${server.host}/contract`)
    working = workOnQueue(address, { threads: 2, signal: ending.signal })
  })
  afterAll(async () => {
    ending.abort()
    await working
    await server.stop()
  })

  crewContract('two threads of a worker', () => later(natsCrew(address)))

  test('workers are killed in the middle of orders: each result is there once, the same as on one thread', async () => {
    const own = NatsAddress.parse(`nats://${server.host}/killed`)
    const crew = await natsCrew(own)
    const job = sampleJob()
    const ranges = Array.from({ length: 24 }, (_, nth) => ({ firstPath: 4_000 * nth, paths: 4_000 }))
    const done = new Map<number, readonly Tally[]>()
    const running = crew.run(job, ranges, (index, tallies) => {
      expect(done.has(index)).toBe(false)
      done.set(index, tallies)
    })
    for (let kills = 0; kills < 3; kills++) {
      const worker = startWorker(own)
      await linesOf(worker, 2 + kills)
      worker.kill('SIGKILL')
    }
    const last = startWorker(own)
    await running
    last.kill('SIGKILL')
    await crew.close()
    expect(done.size).toBe(24)
    for (const [index, range] of ranges.entries())
      expect(done.get(index)).toEqual(runPaths({ ...job, ...range }))
  }, 120_000)
})

/** A crew that is opened when it is first needed. */
function later(opening: Promise<Crew>): Crew {
  return {
    run: async (...args) => (await opening).run(...args),
    close: async () => (await opening).close(),
  }
}

function startWorker(address: NatsAddress.NatsAddress): ChildProcess {
  const args = [bin, 'worker', NatsAddress.text(address), '--threads', '2', '--json']
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
}

/** Waits until it has said so many lines. */
async function linesOf(child: ChildProcess, wanted: number): Promise<void> {
  let lines = 0
  for await (const _ of createInterface({ input: child.stdout! })) {
    lines += 1
    if (lines === wanted) return
  }
}
