import * as UnixTime from '../../units/UnixTime.ts'
import type { Usd } from '../../units/Usd.ts'

/**
 * A second set of books, kept apart from the account so that an error in the one shows against the other: how many
 * contracts of each instrument were paid for, and what the equity must be by what was earned.
 */
export type Audit = {
  checks: number
  readonly violations: Violation[]
  /** contracts bought less sold, by instrument and owner */
  readonly traded: Map<string, number>
  /** what was put in plus everything earned since, cents */
  earned: Usd
}

export type Rule =
  | 'equity is cash plus positions'
  | 'no position appears or disappears free'
  | 'each fill is inside bid and ask'
  | 'nothing reads the future'
  | 'money is whole cents'

export type Violation = { readonly at: UnixTime.UnixTime; readonly rule: Rule; readonly what: string }

/**
 * Books for an account that starts with `cash` cents.
 *
 * @example
 * Audit.create(100).earned // 100
 */
export function create(cash: Usd): Audit {
  return { checks: 0, violations: [], traded: new Map(), earned: cash }
}

/**
 * Counts one check and says whether it holds; where it does not, `violate` keeps it in words. Two steps, because words for
 * each of a million checks that hold would cost more than the checks.
 *
 * @example
 * Audit.holds(Audit.create(0), true) // true
 */
export function holds(audit: Audit, isSo: boolean): boolean {
  audit.checks += 1
  return isSo
}

/** Keeps what did not hold. */
export function violate({ violations }: Audit, at: UnixTime.UnixTime, rule: Rule, what: string): void {
  violations.push({ at, rule, what })
}

/** Notes contracts that were paid for, or paid out. */
export function trade(audit: Audit, key: string, quantity: number): void {
  const now = (audit.traded.get(key) ?? 0) + quantity
  if (now === 0) audit.traded.delete(key)
  else audit.traded.set(key, now)
}

/**
 * A violation as one line.
 *
 * @example
 * Audit.describe({ at: 0, rule: 'money is whole cents', what: 'cash is 0.5' }) // '1970-01-01: cash is 0.5 (money is whole cents)'
 */
export function describe({ at, rule, what }: Violation): string {
  return `${UnixTime.formatDate(at)}: ${what} (${rule})`
}
