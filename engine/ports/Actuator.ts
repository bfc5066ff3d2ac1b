import type { ChainId } from '@cutwater/core/bridge/BridgeEvent.ts'
import type { Weights } from '@cutwater/core/ladder/Weights.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'

/** Something to do on a chain. The same id is the same deed, however often it is asked for. */
export type Deed = {
  readonly id: string
  readonly chain: ChainId
  readonly act:
    | {
        readonly kind: 'pause'
        readonly scope: 'message' | 'token' | 'direction' | 'bridge'
        /** message id, token address, 'in' or 'out', or nothing for the bridge */
        readonly key: string
        readonly seconds: number
        /** when it ends in any case, chain time: asked for late, it lasts for what is left */
        readonly until?: UnixTime
      }
    | {
        /** ends a pause before its time: for the timelock alone, so it is written out, and people decide */
        readonly kind: 'resume'
        readonly scope: 'message' | 'token' | 'direction' | 'bridge'
        readonly key: string
      }
    | {
        readonly kind: 'tighten'
        readonly token: string
        readonly direction: 'in' | 'out'
        /** null leaves a limit as it is */
        readonly total: Limit | null
        readonly unproven: Limit | null
      }
    | {
        /** what the role may not do: it is written out for the timelock, and people decide */
        readonly kind: 'propose'
        readonly token: string
        readonly direction: 'in' | 'out'
        readonly total: Limit
        readonly unproven: Limit
      }
    | { readonly kind: 'raiseLevel'; readonly level: 1 | 2 | 3 }
    /** moves the treasury towards these shares of the layers, within its bounds and speed */
    | { readonly kind: 'tilt'; readonly weights: Weights }
    /** opens an auction for so much cover, on the terms and with the premium money its desk has */
    | { readonly kind: 'raiseCover'; readonly dollars: number }
  /** one sentence for people who wait */
  readonly reason: string
  /** what a waiting transaction offers that the deed must come before in its block */
  readonly ahead?: Offer
}

/** What a transaction offers for its place in a block, wei per gas (EIP-1559). */
export type Offer = { readonly maxFeePerGas: bigint; readonly maxPriorityFeePerGas: bigint }

/** What passes at once, raw units, refilled once in a window. */
export type Limit = { readonly capacity: bigint; readonly windowSeconds: number }

/** How a deed ended: confirmed by reading its effect back, or not done and why. */
export type Outcome =
  | { readonly kind: 'confirmed'; readonly tx: string; readonly block: number; readonly attempts: number }
  /** the chain is already in the state the deed wants */
  | { readonly kind: 'already' }
  /** nothing was sent: this is what would have been */
  | { readonly kind: 'dryRun'; readonly call: string }
  /** nothing was sent: this is what the timelock would have to be asked for */
  | { readonly kind: 'proposed'; readonly call: string }
  | { readonly kind: 'failed'; readonly why: string; readonly retryable: boolean }

/** Acts on chains. It can only tighten: nothing a watcher decides loosens a guard. */
export type Actuator = {
  /** sends until it is included, with a higher fee each time, and reads the effect back */
  execute(deed: Deed): Promise<Outcome>
  /** the block that has a transaction now; null where a reorg took it back; fails where nobody can tell */
  blockOf(chain: ChainId, tx: string): Promise<number | null>
}
