import type { Message } from '@cutwater/contracts/TypedData.ts'
import type { Actuator } from '@cutwater/engine/ports/Actuator.ts'
import type { ChainSource } from '@cutwater/engine/ports/ChainSource.ts'
import type { FeedSource } from '@cutwater/engine/ports/FeedSource.ts'
import type { Journal } from '@cutwater/engine/ports/Journal.ts'
import type { PendingSource } from '@cutwater/engine/ports/PendingSource.ts'
import type { Address, Hex } from 'viem'
import type { BridgePlan } from '../bridge/BridgePlan.ts'
import type { Account } from '../chain/Accounts.ts'

/** What the lab needs from outside: the same watcher, actuator and attester a real bridge is run with. */
export type Tools = {
  sources(plan: BridgePlan): readonly ChainSource[]
  actuator(plan: BridgePlan, guardian: Account): Actuator
  attester(plan: BridgePlan, watcher: Account): Attest
  /** what is read of contracts beside the bridge's log */
  feeds(plan: BridgePlan): readonly FeedSource[]
  /** what waits in mempools, by chain */
  pending(plan: BridgePlan): readonly PendingSource[]
  /** where a watch of the lab writes what it observes, finds, decides and does: a new one for each */
  journal(): Journal
}

/** Signs a message if its out leg exists on the source, matches and is final; null otherwise. */
export type Attest = (message: Message, guard: Address) => Promise<Hex | null>
