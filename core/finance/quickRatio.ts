import * as Input from './Input.ts'

/** All in one unit of money: what can be paid out at once, and what may be called at once. */
export type Position = {
  readonly liquid: number
  /** cover in force that pays without a dispute */
  readonly cover: number
  readonly claims: number
  readonly withdrawals: number
}

/**
 * The acid test: `(liquid + cover) ÷ (claims + withdrawals due)`; 1 is enough, exactly. null where nothing is due, as
 * then there is nothing to fall short of.
 *
 * @example
 * quickRatio({ liquid: 75_000, cover: 0, claims: 100_000, withdrawals: 0 }) // 0.75
 * quickRatio({ liquid: 75_000, cover: 0, claims: 0, withdrawals: 0 }) // null
 */
export function quickRatio({ liquid, cover, claims, withdrawals }: Position): number | null {
  const ready = Input.atLeast(0, liquid, 'liquid') + Input.atLeast(0, cover, 'cover')
  const due = Input.atLeast(0, claims, 'claims') + Input.atLeast(0, withdrawals, 'withdrawals')
  return due === 0 ? null : Input.result(ready / due, 'quick ratio')
}
