import * as Escrow from '@cutwater/contracts/generated/Escrow.ts'
import { type Address, createPublicClient, decodeFunctionData, type Hex, http, type PublicClient } from 'viem'
import type { BridgePlan, ChainPlan } from '../bridge/BridgePlan.ts'
import type { Message } from '../bridge/Message.ts'
import * as Messages from '../bridge/Message.ts'
import type { OnSuspect, Tools } from '../run/Tools.ts'

/**
 * Looks at what waits in each chain's mempool, again and again: a call that would release a message its source
 * never sent, or one that was released before, is told once.
 */
export const plainPending: NonNullable<Tools['pending']> = (plan, onSuspect) => {
  let isOver = false
  const clients = new Map(
    plan.chains.map(({ id, rpcs }) => [
      id,
      createPublicClient({ transport: http(rpcs[0]!.http, { retryCount: 0 }), cacheTime: 0 }),
    ]),
  )
  const seen = new Set<Hex>()
  const look = async (chain: ChainPlan): Promise<void> => {
    while (!isOver) {
      // What cannot be asked now is asked again; a mempool that is not seen accuses nobody.
      await inspect({ plan, clients, seen, onSuspect }, chain).catch(() => {})
      await new Promise((resolve) => setTimeout(resolve, chain.pollMilliseconds))
    }
  }
  const ended = Promise.all(plan.chains.map(look))
  return async () => {
    isOver = true
    await ended
  }
}

type Look = {
  readonly plan: BridgePlan
  readonly clients: ReadonlyMap<number, PublicClient>
  readonly seen: Set<Hex>
  readonly onSuspect: OnSuspect
}

type Waiting = { readonly hash: Hex; readonly to: Address | null; readonly input: Hex }

async function inspect({ plan, clients, seen, onSuspect }: Look, chain: ChainPlan): Promise<void> {
  const escrow = chain.contracts[0]!.address
  const question = { method: 'txpool_content', params: [] } as never
  const answer = await clients.get(chain.id)!.request(question)
  const { pending } = answer as { pending: Record<string, Record<string, Waiting>> }
  for (const { hash, to, input } of Object.values(pending).flatMap((each) => Object.values(each))) {
    if (to?.toLowerCase() !== escrow || seen.has(hash)) continue
    seen.add(hash)
    const message = messageIn(input)
    const wrong = message === null ? null : await wrongIn(plan, clients, message)
    if (wrong === 'Replay') onSuspect(chain.id, wrong, `${hash} in the mempool would pay a message again`)
    else if (wrong !== null)
      onSuspect(chain.id, wrong, `${hash} in the mempool would pay what was never sent`)
  }
}

function messageIn(input: Hex): Message | null {
  try {
    const { functionName, args } = decodeFunctionData({ abi: Escrow.abi, data: input })
    return functionName === 'release' ? args[0] : null
  } catch {
    return null
  }
}

async function wrongIn(
  plan: BridgePlan,
  clients: Look['clients'],
  message: Message,
): Promise<'ReleaseWithoutSource' | 'Replay' | null> {
  const [source, destination] = [Number(message.sourceChain), Number(message.destinationChain)]
  if (!plan.chains.some(({ id }) => id === source)) return 'ReleaseWithoutSource'
  const { abi } = Escrow
  const args = [Messages.id(message)] as const
  const sent = { address: message.sourceBridge, abi, functionName: 'wasSent', args } as const
  const status = { address: message.destinationBridge, abi, functionName: 'statusOf', args } as const
  const [wasSent, stands] = await Promise.all([
    clients.get(source)!.readContract(sent),
    clients.get(destination)!.readContract(status),
  ])
  if (!wasSent) return 'ReleaseWithoutSource'
  return stands === 0 ? null : 'Replay'
}
