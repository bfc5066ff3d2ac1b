import * as Escrow from '@cutwater/contracts/generated/Escrow.ts'
import { createPublicClient, http, parseEventLogs } from 'viem'
import type { BridgePlan } from '../bridge/BridgePlan.ts'
import * as Messages from '../bridge/Message.ts'
import type { Account } from '../chain/Accounts.ts'
import type { Attest } from '../run/Tools.ts'

/** A watcher that looks the out leg up on its own node of the source chain, final blocks only. */
export function attester({ chains }: BridgePlan, watcher: Account): Attest {
  return async (message, guard) => {
    const source = chains.find(({ id }) => BigInt(id) === message.sourceChain)
    if (source === undefined) return null
    const client = createPublicClient({
      transport: http(source.rpcs[0]!.http, { retryCount: 0 }),
      cacheTime: 0,
    })
    const head = await client.getBlockNumber()
    const id = Messages.id(message)
    const toBlock = head - BigInt(source.finalityBlocks)
    const logs = await client.getLogs({ address: message.sourceBridge, fromBlock: 0n, toBlock })
    const sent = parseEventLogs({ abi: Escrow.abi, logs, eventName: ['Locked', 'Burned'], args: { id } })
    return sent.length === 0 ? null : watcher.sign(Messages.attestationDigest(message, guard))
  }
}
