import type { Model } from './Model.ts'

/** Mean and variance of a sum, in dollars and dollars squared. */
export type Moments = { readonly mean: number; readonly variance: number }

/**
 * Mean and variance of what attacks take over the horizon when nothing stands in their way and nothing is cut at the
 * value locked: a compound Poisson sum, `λE[X]` and `λE[X²]`, with lognormal X of the families' mixture.
 */
export function withoutGuard({
  attacksPerSecond,
  horizonSeconds,
  familyUpTo,
  medianLossUsd,
  lossSigma,
}: Model): Moments {
  let first = 0
  let second = 0
  familyUpTo.forEach((upTo, family) => {
    const share = upTo - (familyUpTo[family - 1] ?? 0)
    const median = medianLossUsd[family]! / 100
    const sigma = lossSigma[family]!
    first += share * median * Math.exp(sigma ** 2 / 2)
    second += share * median ** 2 * Math.exp(2 * sigma ** 2)
  })
  const attempts = attacksPerSecond * horizonSeconds
  return { mean: attempts * first, variance: attempts * second }
}

/**
 * The chance that a fraud stands: `q + (1 − q)·(1 − a)^k`, when k watchers act in time with chance a each and fail
 * together with chance q.
 *
 * @example
 * fraudStands(0.1, 0.8, 2) // ≈ 0.136
 */
export function fraudStands(together: number, each: number, watchers: number): number {
  return together + (1 - together) * (1 - each) ** watchers
}
