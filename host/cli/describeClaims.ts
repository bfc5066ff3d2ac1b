import type { Claim, Verdict } from '@cutwater/engine/backtest/BacktestResult.ts'
import { bold, dim } from './text.ts'

/** The claims as a page for the terminal: the count first, then each with its reason. */
export function describeClaims(claims: readonly Claim[]): string {
  return [bold(countOf(claims)), ...claims.map(describeClaim)].join('\n\n')
}

/**
 * How the claims stand, as one line.
 *
 * @example
 * countOf([]) // '0 hold, 0 do not hold, 0 cannot be tested'
 */
export function countOf(claims: readonly Claim[]): string {
  const of = (verdict: Verdict) => claims.filter((claim) => claim.verdict === verdict).length
  return `${of('holds')} hold, ${of('does not hold')} do not hold, ${of('cannot be tested')} cannot be tested`
}

function describeClaim({ id, claimed, measured, low, high, verdict, why }: Claim): string {
  const interval = low === null || high === null ? '' : ` (${percent(low)} to ${percent(high)})`
  const found = measured === null ? '' : ` Measured ${percent(measured)}${interval}.`
  return `${bold(`${id} ${verdict}`)}: ${claimed}.${found}\n${dim(`    ${why}`)}`
}

function percent(value: number): string {
  return `${(100 * value).toFixed(1)}%`
}
