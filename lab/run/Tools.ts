import type { ChainId } from '@cutwater/core/bridge/BridgeEvent.ts'
import type { Actuator } from '@cutwater/engine/ports/Actuator.ts'
import type { ChainSource } from '@cutwater/engine/ports/ChainSource.ts'
import type { Address, Hex } from 'viem'
import type { BridgePlan } from '../bridge/BridgePlan.ts'
import type { Message } from '../bridge/Message.ts'
import type { Account } from '../chain/Accounts.ts'

/** What the lab needs from outside: the same watcher, actuator and attester a real bridge is run with. */
export type Tools = {
  sources(plan: BridgePlan): readonly ChainSource[]
  actuator(plan: BridgePlan, guardian: Account): Actuator
  attester(plan: BridgePlan, watcher: Account): Attest
  /** follows calls that wait in mempools and tells of releases nobody sent; ends with the returned function */
  pending?(plan: BridgePlan, onSuspect: OnSuspect): () => Promise<void>
}

/** Signs a message if its out leg exists on the source, matches and is final; null otherwise. */
export type Attest = (message: Message, guard: Address) => Promise<Hex | null>

/** A call in the mempool of a chain that would pay what was never sent, or was paid before. */
export type OnSuspect = (chain: ChainId, name: 'ReleaseWithoutSource' | 'Replay', what: string) => void
