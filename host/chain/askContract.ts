import type { Address, Hex } from 'viem'
import * as Answer from './Answer.ts'
import * as Quorum from './quorum.ts'

/** What a contract answers at the end of a block, or of the newest, by the word of a quorum; '0x' where there is none. */
export function askContract(
  nodes: Quorum.Quorum,
  to: Address,
  data: Hex,
  block: 'latest' | { readonly blockHash: string } = 'latest',
): Promise<Hex> {
  return Quorum.agree(nodes, async (rpc) =>
    Answer.bytes(await rpc.request('eth_call', [{ to, data }, block])),
  )
}
