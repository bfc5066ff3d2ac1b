import * as Escrow from '@cutwater/contracts/generated/Escrow.ts'
import * as Guard from '@cutwater/contracts/generated/Guard.ts'
import type { Message } from '@cutwater/contracts/TypedData.ts'
import { decodeFunctionData, type Hex, parseEventLogs } from 'viem'
import { type Place, places } from '../bridge/Coins.ts'
import type { Twin } from '../bridge/Twin.ts'
import type { World } from '../World.ts'

/** A release that came in from `first` on, with what its caller brought, and what became of it at once. */
export type Payment = {
  readonly place: Place
  readonly block: number
  readonly id: Hex
  readonly message: Message
  readonly proof: Hex
  readonly outcome: 'paid' | 'held'
  /** why it was held */
  readonly reason: HoldReason | null
}

/** The guard's reasons, by the contract's numbers (Guard.sol). */
export const holdReasons = ['None', 'Unproven', 'LimitReached', 'LargeRelease'] as const
export type HoldReason = (typeof holdReasons)[number]

/** Every release of a twin that was paid or held from a block on; others left no trace. */
export async function readPayments(world: World, twin: Twin, first: number): Promise<readonly Payment[]> {
  const found = await Promise.all(places.map((place) => readAt(world, twin, place, first)))
  return found.flat().toSorted((a, b) => a.block - b.block)
}

async function readAt({ chains }: World, twin: Twin, place: Place, first: number): Promise<Payment[]> {
  const { client } = chains[place]
  const { escrow, guard } = twin.ends[place]
  const range = { fromBlock: BigInt(first), toBlock: 'latest' } as const
  const logs = await client.getLogs({ address: [escrow, guard], ...range })
  const abi = [...Escrow.abi, ...Guard.abi]
  const events = parseEventLogs({ abi, logs, eventName: ['Minted', 'Released', 'Held'] })
  const payments = await Promise.all(
    events.map(async ({ eventName, args, transactionHash, blockNumber }): Promise<Payment[]> => {
      const { input } = await client.getTransaction({ hash: transactionHash })
      const brought = broughtBy(input)
      if (brought === null) return []
      const isHeld = eventName === 'Held'
      const reason = isHeld ? holdReasons[args.reason]! : null
      return [
        {
          place,
          block: Number(blockNumber),
          id: args.id,
          ...brought,
          outcome: isHeld ? 'held' : 'paid',
          reason,
        },
      ]
    }),
  )
  return payments.flat()
}

// What contracts call for somebody else is not ours to read.
function broughtBy(input: Hex): Pick<Payment, 'message' | 'proof'> | null {
  try {
    const { functionName, args } = decodeFunctionData({ abi: Escrow.abi, data: input })
    if (functionName === 'release') return { message: args[0], proof: args[1] }
    if (functionName === 'execute') return { message: args[0], proof: '0x' }
    return null
  } catch {
    return null
  }
}
