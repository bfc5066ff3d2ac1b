import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { choice } from '@cutwater/core/units/nearest.ts'
import type { ChainSignal, Standing } from '@cutwater/engine/ports/ChainSource.ts'
import type { Tenure } from '@cutwater/engine/ports/Lease.ts'
import { Command } from 'commander'
import type { LiveChain } from '../chain/LiveBridge.ts'
import type { Say } from '../chain/Say.ts'
import { natsLease } from '../nats/natsLease.ts'
import { observe } from '../nats/sightings/observe.ts'
import { printable } from '../notify/AlertText.ts'
import { aborted } from './aborted.ts'
import { clock } from './clock.ts'
import { endOnSignal } from './endOnSignal.ts'
import { numberOf } from './numberOf.ts'
import { openSightings } from './openSightings.ts'
import * as WatchFile from './WatchFile.ts'
import { nodesOf, noteOf } from './watchBridge.ts'

type Flags = {
  readonly chain?: readonly string[]
  readonly journal?: string
  readonly every: string
  readonly json?: boolean
}

/** `cutwater observe`: chains followed on their nodes, and told to whoever decides. */
export function observeCommand(): Command {
  return new Command('observe')
    .description('follow chains of a bridge on their nodes, and tell those who decide what is seen')
    .argument('<bridge.yaml>', 'what the bridge is, the same as for `cutwater decide`')
    .option('--chain <names...>', 'only these chains (default: all)')
    .option('--journal <address>', 'tell it beside this journal: nats://host:port/name')
    .option('--every <seconds>', 'how often it is said how far that is', '60')
    .option('--json', 'print one JSON object per line')
    .addHelpText('after', examples)
    .action(run)
}

const examples = `
Examples:
  $ cutwater observe bridge.yaml --chain Ethereum
  $ cutwater observe bridge.yaml --chain Optimism Base --json

One observer of a chain tells, others stand by and follow when it is not heard of. Killed at any moment and begun again, it
tells every block once.`

type News =
  | { readonly type: 'waiting' | 'observing' | 'stopped'; readonly chain: string }
  | { readonly type: 'told'; readonly chain: string; readonly block: number; readonly final: number | null }
  | { readonly type: 'note'; readonly level: string; readonly text: string }

async function run(path: string, flags: Flags): Promise<void> {
  const everySeconds = numberOf('--every', flags.every, 1, 86_400)
  const file = WatchFile.read(path)
  const chains = chosen(file.bridge.chains, flags.chain)
  const tell = (news: News) =>
    void process.stdout.write(`${flags.json ? JSON.stringify(news) : textOf(news)}\n`)
  const say: Say = (level, what, facts) => tell({ type: 'note', level, text: noteOf(what, facts) })
  const { address, sightings, close } = await openSightings(flags.journal ?? file.journal)
  const ending = endOnSignal()
  const calledOff = aborted(ending.signal)

  async function follow(chain: LiveChain): Promise<void> {
    const own = { ...address, name: `${address.name}-${chain.id}` }
    const { lease, close: letGo } = await natsLease(own, file.leaseSeconds)
    try {
      tell({ type: 'waiting', chain: chain.name })
      const tenure = await lease.acquire(calledOff)
      if (tenure === undefined) return
      tell({ type: 'observing', chain: chain.name })
      await followWith(chain, tenure)
      await tenure.release()
    } finally {
      await letGo()
    }
  }

  async function followWith(chain: LiveChain, { lost }: Tenure): Promise<void> {
    const source = nodesOf(chain, say)
    void calledOff.then(source.stop)
    let toldAt = Number.NEGATIVE_INFINITY
    const onTold = (_: ChainSignal, standing: Standing | null) => {
      if (standing === null || clock.now() - toldAt < everySeconds) return
      toldAt = clock.now()
      tell({ type: 'told', chain: chain.name, block: standing.number, final: standing.final ?? null })
    }
    const overtaken = lost.then((why) => {
      throw why
    })
    await Promise.race([observe(source, sightings, onTold), overtaken])
    tell({ type: 'stopped', chain: chain.name })
  }

  try {
    await Promise.all(chains.map(follow))
  } catch (error) {
    // One that has lost its place must not go on beside whoever has it now.
    setImmediate(() => process.exit())
    throw error
  } finally {
    ending.forget()
    await close()
  }
}

function chosen(chains: readonly LiveChain[], names: readonly string[] | undefined): readonly LiveChain[] {
  return names === undefined ? chains : names.map((name) => chainNamed(chains, name))
}

function chainNamed(chains: readonly LiveChain[], name: string): LiveChain {
  const found = chains.find((chain) => chain.name === name || String(chain.id) === name)
  if (found !== undefined) return found
  throw new CutwaterError('CHAIN_UNKNOWN', `there is no chain ${JSON.stringify(name)}`, {
    where: '--chain',
    right: choice(
      name,
      chains.map((chain) => chain.name),
    ),
  })
}

function textOf(news: News): string {
  switch (news.type) {
    case 'waiting':
      return `    ${news.chain}: waiting for the lease: one observer of a chain at a time`
    case 'observing':
      return `    ${news.chain}: observing`
    case 'told':
      return `    ${news.chain}: told up to block ${news.block}${news.final === null ? '' : `, final up to ${news.final}`}`
    case 'note':
      return `    ${printable(news.text)}`
    case 'stopped':
      return `    ${news.chain}: stopped`
  }
}
