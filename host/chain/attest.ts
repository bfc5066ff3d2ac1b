import { type Address, type Hex, hashTypedData } from 'viem'
import type { Wallet } from './Wallet.ts'

/** One transfer as the escrows know it (contracts/src/libraries/MessageLib.sol). */
export type Message = {
  readonly sourceChain: bigint
  readonly sourceBridge: Address
  readonly nonce: bigint
  readonly tokenSource: Address
  readonly sender: Address
  readonly destinationChain: bigint
  readonly destinationBridge: Address
  readonly token: Address
  readonly beneficiary: Address
  readonly amount: bigint
}

/** A watcher's word that the out leg of a message exists, matches and is final. */
export type Attestation = { readonly id: Hex; readonly signer: Address; readonly signature: Hex }

/** Signs for the guard of the destination chain; it serves no other guard. */
export async function attest(message: Message, guard: Address, wallet: Wallet): Promise<Attestation> {
  const signature = await wallet.signTypedData(attestationOf(message, guard))
  return { id: messageId(message), signer: wallet.address, signature }
}

/** The order in which the guard counts signatures: by signer, each once. */
export function inOrder(attestations: readonly Attestation[]): readonly Hex[] {
  const bySigner = new Map(attestations.map((each) => [each.signer.toLowerCase(), each.signature]))
  return [...bySigner].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, signature]) => signature)
}

/** A message's id, the same on both chains: its EIP-712 digest under a domain that no chain owns. */
export function messageId(message: Message): Hex {
  return hashTypedData({
    domain: { name: 'Cutwater Bridge', version: '1' },
    types: { Message: messageFields },
    primaryType: 'Message',
    message,
  })
}

/** What a watcher signs: contracts/src/libraries/AttestationLib.sol, EIP-712. */
export function attestationDigest(message: Message, guard: Address): Hex {
  return hashTypedData(attestationOf(message, guard))
}

function attestationOf(message: Message, guard: Address) {
  const { sourceChain, destinationChain, destinationBridge: bridge, token, beneficiary, amount } = message
  return {
    domain: {
      name: 'Cutwater Guard',
      version: '1',
      chainId: destinationChain,
      verifyingContract: guard,
    },
    types: { Attestation: attestationFields },
    primaryType: 'Attestation',
    message: {
      sourceChain,
      destinationChain,
      bridge,
      message: messageId(message),
      token,
      beneficiary,
      amount,
    },
  } as const
}

const messageFields = [
  { name: 'sourceChain', type: 'uint256' },
  { name: 'sourceBridge', type: 'address' },
  { name: 'nonce', type: 'uint256' },
  { name: 'tokenSource', type: 'address' },
  { name: 'sender', type: 'address' },
  { name: 'destinationChain', type: 'uint256' },
  { name: 'destinationBridge', type: 'address' },
  { name: 'token', type: 'address' },
  { name: 'beneficiary', type: 'address' },
  { name: 'amount', type: 'uint256' },
] as const

const attestationFields = [
  { name: 'sourceChain', type: 'uint256' },
  { name: 'destinationChain', type: 'uint256' },
  { name: 'bridge', type: 'address' },
  { name: 'message', type: 'bytes32' },
  { name: 'token', type: 'address' },
  { name: 'beneficiary', type: 'address' },
  { name: 'amount', type: 'uint256' },
] as const
