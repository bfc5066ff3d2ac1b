import type { BridgeEvent } from '@cutwater/core/bridge/BridgeEvent.ts'
import type { Change } from '@cutwater/core/bridge/Observation.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import type { Deed, Limit } from '@cutwater/engine/ports/Actuator.ts'

/** A transaction: it waits in the mempool of its chain until it is in a block, and again when that is dropped. */
export type Tx = {
  readonly id: string
  /** when it was sent: no block before it can hold it */
  readonly since: UnixTime
  readonly body: Body
}

export type Body =
  | {
      readonly kind: 'leg'
      readonly leg: Leg
      /** whether watchers attest it: an in leg that answers a final out leg */
      readonly isHonest: boolean
    }
  | GuardianCall
  | { readonly kind: 'timelock'; readonly token: string; readonly unproven: Limit; readonly total: Limit }
  | { readonly kind: 'change'; readonly name: Change['name']; readonly announced: boolean }
  /** a log that means nothing: of a chain or a token that nobody described */
  | { readonly kind: 'noise'; readonly leg: Leg }

/** What a leg is before a block gives it its time. */
export type Leg = Omit<BridgeEvent, 'at' | 'tx' | 'index' | 'block'>

/** A deed as the guardian's key sends it. */
export type GuardianCall = {
  readonly kind: 'guardian'
  readonly nonce: number
  /** offered per gas, in units of the usual base fee */
  readonly fee: number
  readonly deed: Deed
  /** how long a pause is to last from its block on */
  readonly seconds: number
}

export function isOut({ kind }: Pick<Leg, 'kind'>): boolean {
  return kind === 'lock' || kind === 'burn'
}
