import type { Usd } from '../../units/Usd.ts'

/** How much a finding matters, by what is at stake. `high` and above is a *hard* finding: it may stop a lane. */
export type Severity = 'low' | 'medium' | 'high' | 'critical'

/** Shares of the value locked from which on a finding is medium, high, critical. */
export const shares = { medium: 0.0001, high: 0.001, critical: 0.01 }

/** Below this nothing is more than low, however small the bridge: $1,000. */
export const oddity: Usd = 100_000

/**
 * Severity by value: a one-dollar oddity stays low on any bridge, one per cent of all that is locked is
 * critical. An unknown value is medium: somebody must look, nothing must stop.
 *
 * @example
 * Severity.of(100, 10_000_000_000) // 'low'
 * Severity.of(229_708_600, 19_000_000_000) // 'critical'
 * Severity.of(null, 19_000_000_000) // 'medium'
 */
export function of(usd: Usd | null, lockedUsd: Usd): Severity {
  if (usd === null) return 'medium'
  if (usd < oddity) return 'low'
  const share = lockedUsd > 0 ? usd / lockedUsd : 1
  if (share >= shares.critical) return 'critical'
  if (share >= shares.high) return 'high'
  return share >= shares.medium ? 'medium' : 'low'
}

export function isHard(severity: Severity): boolean {
  return severity === 'high' || severity === 'critical'
}

/** One step down, for signs that are no proof: they are looked at, they stop nothing by themselves. */
export function soften(severity: Severity): Severity {
  return severity === 'low' ? 'low' : 'medium'
}
