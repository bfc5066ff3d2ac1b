import * as Input from '../../finance/Input.ts'

export type Window = {
  /** how long a claim may be disputed, seconds */
  readonly windowSeconds: number
  /** k independent watchers, each acting in time with probability a */
  readonly watchers: number
  readonly reliability: number
  /** q: chance that all of them fail together */
  readonly sharedFailure: number
  /** seconds to see, to decide, and to get a dispute into a congested block */
  readonly detectSeconds: number
  readonly decideSeconds: number
  readonly includeSeconds: number
  /** what a dispute costs, a delay costs, and a watcher must earn, dollars */
  readonly disputeUsd: number
  readonly delayUsd: number
  readonly rewardUsd: number
}

export type Survival = {
  /** chance that a fraud stands: `q + (1 − q)(1 − a)^k`, and 1 where the window is shorter than a reaction */
  readonly fraudStands: number
  readonly neededSeconds: number
  /** bond that makes a dispute worth its while: gas + delay + reward */
  readonly bondUsd: number
}

/**
 * Whether a fraud survives an optimistic window.
 *
 * @example
 * optimisticWindow({ windowSeconds: 1800, watchers: 2, reliability: 0.9, sharedFailure: 0.02, detectSeconds: 12,
 *   decideSeconds: 12, includeSeconds: 300, disputeUsd: 50, delayUsd: 0, rewardUsd: 100 })
 * // ≈ { fraudStands: 0.0298, neededSeconds: 324, bondUsd: 150 }
 */
export function optimisticWindow(window: Window): Survival {
  const { windowSeconds, watchers, detectSeconds, decideSeconds, includeSeconds } = window
  const q = Input.share(window.sharedFailure, 'shared failure')
  const missed =
    (1 - Input.share(window.reliability, 'reliability')) ** Input.atLeast(0, watchers, 'watchers')
  const neededSeconds = detectSeconds + decideSeconds + includeSeconds
  return {
    fraudStands: windowSeconds < neededSeconds ? 1 : q + (1 - q) * missed,
    neededSeconds,
    bondUsd: window.disputeUsd + window.delayUsd + window.rewardUsd,
  }
}
