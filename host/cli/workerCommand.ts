import { availableParallelism } from 'node:os'
import { Command } from 'commander'
import * as NatsAddress from '../nats/NatsAddress.ts'
import { workOnQueue } from '../simulate/workOnQueue.ts'
import { endOnSignal } from './endOnSignal.ts'
import { numberOf } from './numberOf.ts'

type Flags = { readonly threads: string; readonly json?: boolean }

/** `cutwater worker`: hands for simulations that are run elsewhere. */
export function workerCommand(): Command {
  return new Command('worker')
    .description('work on a queue of simulations, until told to end; any number may, on any machines')
    .argument('<address>', 'the queue: nats://host:port/name, the same as in simulate --workers')
    .option('--threads <n>', 'orders carried out at once', String(availableParallelism()))
    .option('--json', 'print one JSON object per line')
    .addHelpText('after', examples)
    .action(run)
}

const examples = `
Examples:
  $ cutwater worker nats://10.0.0.1:4222/simulations
  $ cutwater simulate --sweep --workers nats://10.0.0.1:4222/simulations     # elsewhere

A worker that is killed loses nothing: what it had in hand goes to another.`

async function run(text: string, { threads: asked, json }: Flags): Promise<void> {
  const address = NatsAddress.parse(text)
  const threads = numberOf('--threads', asked, 1, 256)
  const ending = endOnSignal()
  const where = NatsAddress.text(address)
  const tell = (news: object, line: string) =>
    void process.stdout.write(`${json ? JSON.stringify(news) : line}\n`)
  tell({ type: 'started', where, threads }, `Working on ${where} with ${threads} threads`)
  try {
    await workOnQueue(address, {
      threads,
      signal: ending.signal,
      onDone: (orders) => tell({ type: 'done', orders }, `    ${orders} orders done`),
    })
  } finally {
    ending.forget()
  }
  tell({ type: 'stopped' }, 'Stopped.')
}
