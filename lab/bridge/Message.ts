import * as TypedData from '@cutwater/contracts/typedData.ts'
import { type Address, type Hex, hashTypedData } from 'viem'

/** One transfer, with the fields and the order of the contracts. */
export type Message = TypedData.Message

/** A message's id on both chains: its EIP-712 digest under a domain no chain owns (MessageLib.sol). */
export function id(message: Message): Hex {
  return hashTypedData(TypedData.forMessage(message))
}

/** What a watcher signs for a message under the guard of its destination (AttestationLib.sol). */
export function attestationDigest(message: Message, guard: Address): Hex {
  return hashTypedData(TypedData.forAttestation(message, id(message), guard))
}
