import { type Address, type Hex, hashTypedData } from 'viem'

/** One transfer, with the fields and the order of the contracts. */
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

/** A message's id on both chains: its EIP-712 digest under a domain no chain owns (MessageLib.sol). */
export function id(message: Message): Hex {
  return hashTypedData({
    domain: { name: 'Cutwater Bridge', version: '1' },
    primaryType: 'Message',
    types: { Message: fields },
    message,
  })
}

/** What a watcher signs for a message under the guard of its destination (AttestationLib.sol). */
export function attestationDigest(message: Message, guard: Address): Hex {
  return hashTypedData({
    domain: {
      name: 'Cutwater Guard',
      version: '1',
      chainId: message.destinationChain,
      verifyingContract: guard,
    },
    primaryType: 'Attestation',
    types: { Attestation: attestationFields },
    message: { ...message, bridge: message.destinationBridge, message: id(message) },
  })
}

const fields = [
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
