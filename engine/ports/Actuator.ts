import type { ChainId } from '@cutwater/core/bridge/BridgeEvent.ts'

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
      }
    | {
        readonly kind: 'tighten'
        readonly token: string
        readonly direction: 'in' | 'out'
        /** capacities in raw units, refilled once in `windowSeconds`; null leaves a limit as it is */
        readonly total: bigint | null
        readonly unproven: bigint | null
        readonly windowSeconds: number
      }
    | { readonly kind: 'raiseLevel'; readonly level: 1 | 2 | 3 }
  /** one sentence for people who wait */
  readonly reason: string
  /** what a waiting transaction offers that the deed must come before in its block */
  readonly ahead?: Offer
}

/** What a transaction offers for its place in a block, wei per gas (EIP-1559). */
export type Offer = { readonly maxFeePerGas: bigint; readonly maxPriorityFeePerGas: bigint }

/** How a deed ended: confirmed by reading its effect back, or not done and why. */
export type Outcome =
  | { readonly kind: 'confirmed'; readonly tx: string; readonly block: number; readonly attempts: number }
  /** the chain is already in the state the deed wants */
  | { readonly kind: 'already' }
  /** nothing was sent: this is what would have been */
  | { readonly kind: 'dryRun'; readonly call: string }
  | { readonly kind: 'failed'; readonly why: string; readonly retryable: boolean }

/** Acts on chains. It can only tighten: nothing a watcher decides loosens a guard. */
export type Actuator = {
  /** sends until it is included, with a higher fee each time, and reads the effect back */
  execute(deed: Deed): Promise<Outcome>
}
