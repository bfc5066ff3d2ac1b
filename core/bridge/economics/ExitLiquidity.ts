import * as Input from '../../finance/Input.ts'

/** A constant-product pool of a wrapped token: how much of each side it holds, in dollars, and its fee as a share. */
export type Pool = { readonly wrappedUsd: number; readonly canonicalUsd: number; readonly fee: number }

/** A lender that takes the wrapped token: what may still be borrowed on it, and how much of the collateral. */
export type Lender = { readonly capUsd: number; readonly loanToValue: number }

/**
 * What a pool pays for so many dollars of wrapped tokens, at par: `Y·a ÷ (X + a)` with `a = amount·(1 − fee)`; always
 * less than it holds (Uniswap v2).
 *
 * @example
 * ExitLiquidity.ofPool(100, { wrappedUsd: 100, canonicalUsd: 100, fee: 0 }) // 50
 */
export function ofPool(amountUsd: number, { wrappedUsd, canonicalUsd, fee }: Pool): number {
  const taken = Input.atLeast(0, amountUsd, 'amount') * (1 - Input.share(fee, 'fee'))
  const reserve = Input.atLeast(0, wrappedUsd, 'wrapped reserve') + taken
  return reserve === 0 ? 0 : (Input.atLeast(0, canonicalUsd, 'canonical reserve') * taken) / reserve
}

/**
 * The most that unbacked tokens fetch: split over all pools so that the last dollar fetches the same in each, after
 * what lenders give at `cap · LTV`.
 *
 * @example
 * const pool = { wrappedUsd: 100, canonicalUsd: 100, fee: 0 }
 * ExitLiquidity.of(200, [pool, pool], []) // ≈ 100
 * ExitLiquidity.of(200, [], [{ capUsd: 50, loanToValue: 0.8 }]) // 40
 */
export function of(amountUsd: number, pools: readonly Pool[], lenders: readonly Lender[]): number {
  let left = Input.atLeast(0, amountUsd, 'amount')
  let lent = 0
  for (const { capUsd, loanToValue } of lenders) {
    const collateral = Math.min(left, Input.atLeast(0, capUsd, 'borrow cap'))
    lent += collateral * Input.share(loanToValue, 'loan to value')
    left -= collateral
  }
  return lent + sold(left, pools)
}

/** What it could never be more than: all that pools hold and lenders may lend. */
export function most(pools: readonly Pool[], lenders: readonly Lender[]): number {
  const held = pools.reduce((sum, { canonicalUsd }) => sum + canonicalUsd, 0)
  return held + lenders.reduce((sum, { capUsd, loanToValue }) => sum + capUsd * loanToValue, 0)
}

/** Halves in on the marginal price at which the pools together take the whole amount. */
function sold(amountUsd: number, pools: readonly Pool[]): number {
  // A pool that lacks a side trades nothing.
  const open = pools.filter(
    ({ wrappedUsd, canonicalUsd, fee }) => wrappedUsd > 0 && canonicalUsd > 0 && fee < 1,
  )
  if (amountUsd === 0 || open.length === 0) return 0
  let high = Math.max(
    ...open.map(({ wrappedUsd, canonicalUsd, fee }) => ((1 - fee) * canonicalUsd) / wrappedUsd),
  )
  let low = high * 1e-24
  for (let i = 0; i < halvings; i++) {
    const middle = Math.sqrt(low * high)
    if (open.reduce((sum, pool) => sum + takenAt(middle, pool), 0) > amountUsd) low = middle
    else high = middle
  }
  const shares = open.map((pool) => takenAt(low, pool))
  const scale = amountUsd / shares.reduce((sum, share) => sum + share, 0)
  return open.reduce((sum, pool, i) => sum + ofPool(shares[i]! * scale, pool), 0)
}

const halvings = 100

/** How much a pool takes until its marginal price is down to `price`: `Y·X·(1 − f) ÷ (X + a)² = price`. */
function takenAt(price: number, { wrappedUsd, canonicalUsd, fee }: Pool): number {
  const after = Math.sqrt((canonicalUsd * wrappedUsd * (1 - fee)) / price)
  return Math.max(0, after - wrappedUsd) / (1 - fee)
}
