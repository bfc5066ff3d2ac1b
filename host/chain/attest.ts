import * as TypedData from '@cutwater/contracts/TypedData.ts'
import type { Address, Hex } from 'viem'
import type { LocalWallet } from './Wallet.ts'

/** A watcher's word that the out leg of a message exists, matches and is final. */
export type Attestation = { readonly id: Hex; readonly signer: Address; readonly signature: Hex }

/** Signs for the guard of the destination chain; it serves no other guard. */
export async function attest(
  message: TypedData.Message,
  guard: Address,
  wallet: LocalWallet,
): Promise<Attestation> {
  const signature = await wallet.signTypedData(TypedData.forAttestation(message, guard))
  return { id: TypedData.messageId(message), signer: wallet.address, signature }
}

/** The order in which the guard counts signatures: by signer, each once. */
export function inOrder(attestations: readonly Attestation[]): readonly Hex[] {
  const bySigner = new Map(attestations.map((each) => [each.signer.toLowerCase(), each.signature]))
  return [...bySigner].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, signature]) => signature)
}
