import type { Block } from '@cutwater/engine/ports/ChainSource.ts'
import { type Address, decodeAbiParameters, type Hex } from 'viem'
import { decodeLog } from './decodeLog.ts'
import type { LiveChain } from './LiveBridge.ts'
import { callExecuted, type SeenBlock } from './readBlocks.ts'

/** A block with what the bridge did in it, and what in its logs could not be read. */
export type DecodedBlock = { readonly block: Block; readonly malformed: readonly string[] }

export function decodeBlock(
  { number, hash, parentHash, at, logs }: SeenBlock,
  chain: LiveChain,
): DecodedBlock {
  const announced = announcedCalls(logs, chain.timelock)
  const decoded = logs.flatMap((log) => {
    const contract = chain.contracts.find(({ address }) => address === log.address)
    const event = contract?.events.find(({ topic }) => topic === log.topics[0])
    if (!event) return []
    return [decodeLog(log, event, { chain: chain.id, at }, announced.has(`${log.tx}:${log.address}`))]
  })
  const observations = decoded.flatMap((each) => (each.kind === 'observation' ? each.observation : []))
  return {
    block: { chain: chain.id, number, hash, parentHash, at, observations },
    malformed: decoded.flatMap((each) => (each.kind === 'malformed' ? each.what : [])),
  }
}

/** The calls the timelock made, as transaction and target. */
export function announcedCalls(logs: SeenBlock['logs'], timelock: Address | null): ReadonlySet<string> {
  const calls = logs.filter(({ address, topics }) => address === timelock && topics[0] === callExecuted)
  return new Set(calls.flatMap(({ tx, data }) => targetOf(data).map((target) => `${tx}:${target}`)))
}

function targetOf(data: Hex): readonly string[] {
  try {
    return [decodeAbiParameters([{ type: 'address' }], data)[0].toLowerCase()]
  } catch {
    return []
  }
}
