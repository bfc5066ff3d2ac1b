import { hashTypedData } from 'viem'

// The EIP-712 data people and programs sign here, in the shape viem's `hashTypedData` and `signTypedData` take.
// src/libraries/MessageLib.sol and AttestationLib.sol are the other side; TypedData.test.ts and
// test/unit/TypedData.t.sol hold both to the same digests.

/** One transfer; the fields of the Solidity struct `Message`, in its order. */
export type Message = {
  readonly sourceChain: bigint
  readonly sourceBridge: `0x${string}`
  readonly nonce: bigint
  readonly tokenSource: `0x${string}`
  readonly sender: `0x${string}`
  readonly destinationChain: bigint
  readonly destinationBridge: `0x${string}`
  readonly token: `0x${string}`
  readonly beneficiary: `0x${string}`
  readonly amount: bigint
}

/** A message's id, the same on both chains: its EIP-712 digest under a domain that no chain owns. */
export function messageId(message: Message): `0x${string}` {
  return hashTypedData(forMessage(message))
}

/** What a watcher signs, as the guard computes it. */
export function attestationDigest(message: Message, guard: `0x${string}`): `0x${string}` {
  return hashTypedData(forAttestation(message, guard))
}

/** Typed data whose hash is the message's id, which is also what the verifier's signers sign. */
export function forMessage(message: Message) {
  return {
    domain: { name: 'Cutwater Bridge', version: '1' },
    types: messageTypes,
    primaryType: 'Message',
    message,
  } as const
}

/** Typed data a watcher signs for one guard: that the out leg of `message` exists, matches and is final. */
export function forAttestation(message: Message, guard: `0x${string}`) {
  return {
    domain: {
      name: 'Cutwater Guard',
      version: '1',
      chainId: message.destinationChain,
      verifyingContract: guard,
    },
    types: attestationTypes,
    primaryType: 'Attestation',
    message: {
      sourceChain: message.sourceChain,
      destinationChain: message.destinationChain,
      bridge: message.destinationBridge,
      message: messageId(message),
      token: message.token,
      beneficiary: message.beneficiary,
      amount: message.amount,
    },
  } as const
}

const messageTypes = {
  Message: [
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
  ],
} as const

const attestationTypes = {
  Attestation: [
    { name: 'sourceChain', type: 'uint256' },
    { name: 'destinationChain', type: 'uint256' },
    { name: 'bridge', type: 'address' },
    { name: 'message', type: 'bytes32' },
    { name: 'token', type: 'address' },
    { name: 'beneficiary', type: 'address' },
    { name: 'amount', type: 'uint256' },
  ],
} as const
