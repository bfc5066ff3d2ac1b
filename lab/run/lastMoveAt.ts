import * as Escrow from '@cutwater/contracts/generated/Escrow.ts'
import { parseEventLogs } from 'viem'
import { places } from '../bridge/Coins.ts'
import type { Twin } from '../bridge/Twin.ts'
import type { World } from '../World.ts'

/** The last block from `first` on in which a twin paid the attacker; `first - 1` when it never did. */
export async function lastMoveAt({ chains, accounts }: World, twin: Twin, first: number): Promise<number> {
  let last = first - 1
  for (const place of places) {
    const address = twin.ends[place].escrow
    const fromBlock = BigInt(first)
    const logs = await chains[place].client.getLogs({ address, fromBlock, toBlock: 'latest' })
    const paid = parseEventLogs({ abi: Escrow.abi, logs, eventName: ['Minted', 'Released'] })
    for (const { args, blockNumber } of paid) {
      const isAttack = args.beneficiary.toLowerCase() === accounts.attacker.address
      if (isAttack) last = Math.max(last, Number(blockNumber))
    }
  }
  return last
}
