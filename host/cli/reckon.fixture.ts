import * as Observation from '@cutwater/core/bridge/Observation.ts'
import { decode } from '@cutwater/engine/journal/encode.ts'
import type { Deed, Outcome } from '@cutwater/engine/ports/Actuator.ts'
import type { Block, ChainSignal } from '@cutwater/engine/ports/ChainSource.ts'
import type { Journal, Recorded, Topic } from '@cutwater/engine/ports/Journal.ts'
import type { ChainPlan } from '@cutwater/lab/bridge/BridgePlan.ts'
import { places } from '@cutwater/lab/bridge/Coins.ts'
import { type AbiEvent, parseAbi, parseAbiItem, parseEventLogs } from 'viem'
import { openJournal } from '../journal/openJournal.ts'
import type { Site } from './watch.fixture.ts'

/** What a journal and two chains say of one another: all of it is 0, but what counts how much there was. */
export type Reckoning = {
  readonly blocks: number
  readonly events: number
  readonly deeds: number
  readonly pauses: number
  /** blocks of a chain, up to the newest one that was told, that are not in the journal */
  readonly lostBlocks: number
  readonly doubledBlocks: number
  /** logs of the bridge on chain that are not in the journal */
  readonly lostEvents: number
  readonly doubledEvents: number
  /** deeds that were decided, and neither done nor found done */
  readonly undone: number
  /** transactions of the guardian on chain beyond those of deeds, and pauses beyond those that were decided */
  readonly doubledDeeds: number
}

/** Holds a journal against the chains of a lab's bridge. */
export async function reckon(site: Site, address: string): Promise<Reckoning> {
  const journal = await openJournal(address, { readOnly: true })
  try {
    const signals = (await entriesOf(journal, 'observed')).map(({ body }) => decode(body) as ChainSignal)
    const blocks = signals.flatMap((signal) => (signal.kind === 'block' ? [signal.block] : []))
    const byChain = await Promise.all(
      site.plan.chains.map((chain, nth) => reckonChain(site, nth, chain, blocks)),
    )
    const sum = (key: 'lostBlocks' | 'doubledBlocks' | 'lostEvents' | 'doubledEvents' | 'events') =>
      byChain.reduce((total, each) => total + each[key], 0)
    return {
      blocks: blocks.length,
      events: sum('events'),
      lostBlocks: sum('lostBlocks'),
      doubledBlocks: sum('doubledBlocks'),
      lostEvents: sum('lostEvents'),
      doubledEvents: sum('doubledEvents'),
      ...(await reckonDeeds(site, journal)),
    }
  } finally {
    await journal.close()
  }
}

async function reckonChain({ world }: Site, nth: number, chain: ChainPlan, all: readonly Block[]) {
  const { client } = world.chains[places[nth]!]
  const told = all.filter((block) => block.chain === chain.id)
  const newest = told.at(-1)!
  const numbers = new Set(told.map(({ number }) => number))
  const isOnChain = (await client.getBlock({ blockNumber: BigInt(newest.number) })).hash === newest.hash
  // Each on its parent, and the newest on the chain: then all of them are.
  const strays = told.slice(1).filter(({ parentHash }, at) => parentHash !== told[at]!.hash).length
  const wanted = await logsOf(client, chain, BigInt(newest.number))
  const placeOf = (each: Observation.Observation) =>
    'tx' in each && 'index' in each ? [`${each.tx}:${each.index}`] : []
  const seen = new Set(told.flatMap(({ observations }) => observations.flatMap(placeOf)))
  // A log may show a leg, and who signed it.
  const ids = told.flatMap(({ observations }) => observations.map(Observation.id))
  return {
    events: wanted.length,
    lostBlocks: newest.number - chain.startBlock + 1 - numbers.size + strays + (isOnChain ? 0 : 1),
    doubledBlocks: told.length - numbers.size,
    lostEvents: wanted.filter((id) => !seen.has(id)).length,
    doubledEvents: ids.length - new Set(ids).size,
  }
}

type Client = Site['world']['chains'][(typeof places)[number]]['client']

async function logsOf(client: Client, { contracts, startBlock }: ChainPlan, toBlock: bigint) {
  const logs = await Promise.all(
    contracts.map(({ address, events }) =>
      client.getLogs({
        address,
        events: events.map(({ abi }) => parseAbiItem(abi) as AbiEvent),
        fromBlock: BigInt(startBlock),
        toBlock,
      }),
    ),
  )
  return logs.flat().map(({ transactionHash, logIndex }) => `${transactionHash}:${logIndex}`)
}

async function reckonDeeds(site: Site, journal: Journal) {
  const decided = (await entriesOf(journal, 'decided')).filter(({ id }) => id.startsWith('deed:'))
  const deeds = decided.map(({ body }) => decode(body) as Deed)
  const done = await entriesOf(journal, 'done')
  const outcomes = new Map(done.map(({ id, body }) => [id, decode(body) as Outcome]))
  const isDone = ({ id }: Recorded) => ['confirmed', 'already'].includes(outcomes.get(id)?.kind ?? '')
  const pauses = (await pausesBy(site)).length
  const tooMany = pauses - deeds.filter(({ act }) => act.kind === 'pause').length
  // The first transaction of the guardian on each chain switched the guard on.
  const sent = (await sentBy(site)) - places.length - deeds.length
  return {
    deeds: deeds.length,
    pauses,
    undone: decided.filter((entry) => !isDone(entry)).length,
    doubledDeeds: Math.max(0, tooMany) + Math.max(0, sent),
  }
}

export async function entriesOf(journal: Journal, topic: Topic): Promise<readonly Recorded[]> {
  const entries: Recorded[] = []
  for await (const page of journal.read({ topics: [topic] })) entries.push(...page)
  return entries
}

const guardAbi = parseAbi([
  'event Paused(uint8 indexed scope, bytes32 indexed key, uint48 until, address indexed by, string reason)',
])

/** The pauses that the guardian asked of the guards. */
export async function pausesBy({ world, plan }: Site) {
  const { guardian } = world.accounts
  const all = await Promise.all(
    places.map(async (place, nth) => {
      const address = plan.chains[nth]!.guard
      const logs = await world.chains[place].client.getLogs({ address, fromBlock: 0n })
      return parseEventLogs({ abi: guardAbi, logs })
    }),
  )
  return all.flat().filter(({ args }) => args.by.toLowerCase() === guardian.address)
}

/** How many transactions the guardian has sent. */
async function sentBy({ world }: Site): Promise<number> {
  const { address } = world.accounts.guardian
  const counts = await Promise.all(
    places.map((place) => world.chains[place].client.getTransactionCount({ address })),
  )
  return counts.reduce((a, b) => a + b)
}
