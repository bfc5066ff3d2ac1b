import * as MultisigVerifier from '@cutwater/contracts/generated/MultisigVerifier.ts'
import type { Message } from '@cutwater/contracts/TypedData.ts'
import * as TypedData from '@cutwater/contracts/TypedData.ts'
import { type Address, encodeAbiParameters, type Hex } from 'viem'
import * as Accounts from '../chain/Accounts.ts'
import * as Chain from '../chain/Chain.ts'
import type { World } from '../World.ts'
import type { Place } from './Coins.ts'
import type { Twin } from './Twin.ts'

/** How a bridge comes to believe a message: the contract, and what an honest relayer brings along. */
export type Verifier = {
  deploy(world: World, place: Place, escrow: Address): Promise<Address>
  /** contracts beside it through which it is called, once it is there */
  entrances?(world: World, place: Place, verifier: Address): Promise<readonly Address[]>
  /** the proof of an honest message; null while it is not ready, and then it is asked for again */
  prove(world: World, twin: Twin, message: Message): Promise<Hex | null>
}

/** m-of-n signatures over the message's id: sound as long as fewer than m keys are stolen. */
export const multisig: Verifier = {
  deploy: (world, place) => {
    const { admin, deployer, validators } = world.accounts
    const threshold = BigInt(world.scale.signers.threshold)
    const args = [admin.address, validators.map(({ address }) => address), threshold] as const
    return Chain.deploy(world.chains[place], deployer.address, { ...MultisigVerifier, args })
  },
  prove: (world, _, message) => signedBy(world.accounts.validators, message),
}

/** A multisig proof by these signers, honest or not. */
export async function signedBy(signers: readonly Accounts.Account[], message: Message): Promise<Hex> {
  const signatures = await Accounts.signAll(signers, TypedData.messageId(message))
  return encodeAbiParameters([{ type: 'bytes[]' }], [signatures])
}
