import * as Escrow from '@cutwater/contracts/generated/Escrow.ts'
import { createPublicClient, encodeEventTopics, http, toHex } from 'viem'
import type { BridgePlan } from '../bridge/BridgePlan.ts'
import * as Messages from '../bridge/Message.ts'
import type { Account } from '../chain/Accounts.ts'
import type { Attest } from '../run/Tools.ts'

// The id is a digest of every field, so finding it is finding them all.
const outLegs = (['Locked', 'Burned'] as const).map(
  (eventName) => encodeEventTopics({ abi: Escrow.abi, eventName })[0]!,
)

/** A watcher that looks the out leg up on its own node of the source chain, final blocks only. */
export function attester({ chains }: BridgePlan, watcher: Account): Attest {
  return async (message, guard) => {
    const source = chains.find(({ id }) => BigInt(id) === message.sourceChain)
    if (source === undefined) return null
    const client = createPublicClient({
      transport: http(source.rpcs[0]!.http, { retryCount: 0 }),
      cacheTime: 0,
    })
    const toBlock = toHex(Number(await client.getBlockNumber()) - source.finalityBlocks)
    const topics = [outLegs, Messages.id(message)]
    const filter = { address: message.sourceBridge, fromBlock: '0x0', toBlock, topics }
    const sent = (await client.request({ method: 'eth_getLogs', params: [filter] } as never)) as unknown[]
    return sent.length === 0 ? null : watcher.sign(Messages.attestationDigest(message, guard))
  }
}
