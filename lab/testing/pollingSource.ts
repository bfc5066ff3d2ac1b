import type { BridgeEvent } from '@cutwater/core/bridge/BridgeEvent.ts'
import type { Attempt, Change } from '@cutwater/core/bridge/Observation.ts'
import type { ChainSignal, ChainSource, Place } from '@cutwater/engine/ports/ChainSource.ts'
import {
  type AbiEvent,
  createPublicClient,
  decodeEventLog,
  type Hex,
  http,
  type Log,
  type PublicClient,
  parseAbiItem,
  toEventSelector,
} from 'viem'
import type { ChainPlan, EventPlan } from '../bridge/BridgePlan.ts'

/** A chain as signals by asking its first node again and again; it knows reorgs no deeper than finality. */
export function pollingSource(plan: ChainPlan): ChainSource {
  const client = createPublicClient({ transport: http(plan.rpcs[0]!.http, { retryCount: 0 }), cacheTime: 0 })
  let isOver = false
  return {
    chain: plan.id,
    follow: (after) => follow(plan, client, after, () => isOver),
    stop: () => {
      isOver = true
    },
  }
}

async function* follow(
  plan: ChainPlan,
  client: PublicClient,
  after: Place | undefined,
  isOver: () => boolean,
): AsyncGenerator<ChainSignal> {
  const trail: Place[] = after === undefined ? [] : [after]
  while (!isOver()) {
    const head = Number(await client.getBlockNumber())
    for (let number = (trail.at(-1)?.number ?? plan.startBlock - 1) + 1; number <= head; number++) {
      const block = await client.getBlock({ blockNumber: BigInt(number) })
      const last = trail.at(-1)
      if (last !== undefined && block.parentHash !== last.hash) {
        yield await unwind(plan, client, trail)
        break
      }
      const at = Number(block.timestamp)
      // A block may be gone between two questions; the next round sees what came instead.
      const observations = await readBlock(plan, client, block.hash, at).catch(() => null)
      if (observations === null) break
      trail.push({ number, hash: block.hash })
      if (trail.length > 64) trail.shift()
      const { hash, parentHash } = block
      yield { kind: 'block', block: { chain: plan.id, number, hash, parentHash, at, observations } }
      const final = number - plan.finalityBlocks
      if (final >= plan.startBlock) yield { kind: 'finalize', chain: plan.id, number: final }
    }
    await new Promise((resolve) => setTimeout(resolve, plan.pollMilliseconds))
  }
}

async function unwind(plan: ChainPlan, client: PublicClient, trail: Place[]): Promise<ChainSignal> {
  const dropped: string[] = []
  for (;;) {
    const last = trail.at(-1)!
    const block = await client.getBlock({ blockNumber: BigInt(last.number) })
    if (block.hash === last.hash) return { kind: 'reorg', chain: plan.id, to: last, dropped }
    dropped.unshift(last.hash)
    trail.pop()
  }
}

async function readBlock(plan: ChainPlan, client: PublicClient, blockHash: Hex, at: number): Promise<Told[]> {
  const address = plan.contracts.map((contract) => contract.address)
  const logs = await client.getLogs({ address, blockHash })
  return logs.flatMap((log) => {
    const events = plan.contracts.find((contract) => contract.address === log.address.toLowerCase())!.events
    const event = events.find(({ abi }) => toEventSelector(abi.replace('event ', '')) === log.topics[0])
    return event === undefined ? [] : observationsOf(plan, event, log, at)
  })
}

function observationsOf(plan: ChainPlan, { abi, kind, fields }: EventPlan, log: Log, at: number): Told[] {
  const item = parseAbiItem(abi) as AbiEvent
  const { args } = decodeEventLog({ abi: [item], data: log.data, topics: log.topics as [Hex] })
  const values = args as unknown as Record<string, unknown>
  const text = (name: string) => String(values[name]).toLowerCase()
  const place = {
    at,
    chain: plan.id,
    tx: log.transactionHash!,
    index: log.logIndex!,
    block: Number(log.blockNumber),
  }
  if (kind === 'ConfigChanged' || kind === 'SignerSetChanged') {
    return [{ kind: 'change', ...place, name: kind, what: item.name, announced: false }]
  }
  if (kind === 'attempt') {
    return [{ kind, ...place, token: text('token'), amount: values.amount as bigint }]
  }
  const leg: BridgeEvent = {
    kind,
    ...place,
    peer: Number(values[fields!.peer]),
    message: text(fields!.message),
    tokenSource: text('tokenSource'),
    token: text('token'),
    sender: text('sender'),
    beneficiary: text('beneficiary'),
    amount: values.amount as bigint,
  }
  return [leg]
}

type Told = BridgeEvent | Change | Attempt
