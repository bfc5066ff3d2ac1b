import * as Escrow from '@cutwater/contracts/generated/Escrow.ts'
import * as TypedData from '@cutwater/contracts/TypedData.ts'
import { type Address, encodeEventTopics, toHex } from 'viem'
import * as Answer from './Answer.ts'
import { type Attestation, attest } from './attest.ts'
import type { LiveChain } from './LiveBridge.ts'
import * as Quorum from './quorum.ts'
import type * as Rpc from './Rpc.ts'
import { readHeader } from './readBlocks.ts'
import type { LocalWallet } from './Wallet.ts'

export type EvmAttester = {
  /** null where no quorum shows the out leg, or it is not final yet; fails with `RPC_*` where nobody can tell */
  attest(message: TypedData.Message, guard: Address): Promise<Attestation | null>
}

/**
 * A watcher that looks each message's out leg up on the source chain, by a quorum of its own nodes, and signs only
 * what is there, matches and is final.
 */
export function evmAttester({
  chains,
  wallet,
}: {
  readonly chains: readonly LiveChain[]
  readonly wallet: LocalWallet
}): EvmAttester {
  return {
    attest: async (message, guard) => {
      const chain = chains.find(({ id }) => BigInt(id) === message.sourceChain)
      if (chain === undefined || !isOurs(chain, message.sourceBridge)) return null
      const nodes = Quorum.of(chain)
      const isThere = await Quorum.agree(nodes, (rpc) => showsFinal(rpc, chain, message))
      return isThere ? attest(message, guard, wallet) : null
    },
  }
}

// Whoever deploys a contract of his own may have it log whatever he likes.
function isOurs({ contracts }: LiveChain, bridge: Address): boolean {
  return contracts.some(({ address }) => address === bridge.toLowerCase())
}

// The id is a digest of every field, so finding it is finding them all.
const outLegs = (['Locked', 'Burned'] as const).map(
  (eventName) => encodeEventTopics({ abi: Escrow.abi, eventName })[0],
)

/** Whether one node shows the out leg as final; the newest blocks are looked through first. */
async function showsFinal(rpc: Rpc.Rpc, chain: LiveChain, message: TypedData.Message): Promise<boolean> {
  const { finality, startBlock, rangeBlocks } = chain
  const head = await readHeader(rpc, 'latest')
  if (head === null) return false
  const topics = [outLegs, TypedData.messageId(message)]
  const newest = finality.by === 'blocks' ? head.number - finality.depth : head.number
  for (let to = newest; to >= startBlock; to -= rangeBlocks) {
    const from = Math.max(startBlock, to - rangeBlocks + 1)
    const filter = { address: message.sourceBridge, topics, fromBlock: toHex(from), toBlock: toHex(to) }
    const [log] = Answer.logs(await rpc.request('eth_getLogs', [filter]))
    if (log === undefined) continue
    if (finality.by === 'blocks') return true
    const at = (await readHeader(rpc, log.block))?.at ?? Number.POSITIVE_INFINITY
    return at + finality.seconds <= head.at
  }
  return false
}
