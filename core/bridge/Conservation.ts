/**
 * One token's balance sheet over all chains, in raw units: what its home chain holds, what other chains
 * minted against it, and what is on the way. A sound bridge has `locked = minted + inFlight`, exactly.
 */
export type Balance = { locked: bigint; minted: bigint; inFlight: bigint }

export function create(): Balance {
  return { locked: 0n, minted: 0n, inFlight: 0n }
}

/** Value leaves for the other chain: locked at home, or burned elsewhere. */
export function takeOut(balance: Balance, amount: bigint, atHome: boolean): void {
  balance.inFlight += amount
  if (atHome) balance.locked += amount
  else balance.minted -= amount
}

/** Value arrives: released at home, or minted elsewhere; only what was on the way comes off the way. */
export function takeIn(balance: Balance, amount: bigint, atHome: boolean, hadSource: boolean): void {
  if (hadSource) balance.inFlight -= amount
  if (atHome) balance.locked -= amount
  else balance.minted += amount
}

/**
 * What is missing: claims on the token that nothing backs; 0n on a sound bridge, negative when more is held
 * than is owed (a donation).
 *
 * @example
 * Conservation.gap({ locked: 70n, minted: 60n, inFlight: 20n }) // 10n
 */
export function gap(balance: Balance): bigint {
  return balance.minted + balance.inFlight - balance.locked
}
