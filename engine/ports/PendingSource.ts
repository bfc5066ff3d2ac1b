import type { ChainId } from '@cutwater/core/bridge/BridgeEvent.ts'
import type { Observation } from '@cutwater/core/bridge/Observation.ts'
import type { Offer } from './Actuator.ts'

/** A transaction that waits in a mempool, as what it would do if it were mined now. */
export type Pending = {
  readonly chain: ChainId
  readonly tx: string
  readonly observations: readonly Observation[]
  readonly offer: Offer
}

/** Transactions before they are mined. A hint and no more: what is not told here is judged when it is in a block. */
export type PendingSource = {
  readonly chain: ChainId
  /** ends after `stop` */
  follow(): AsyncIterable<Pending>
  stop(): void
}
