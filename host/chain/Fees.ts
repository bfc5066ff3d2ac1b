import type { Offer } from '@cutwater/engine/ports/Actuator.ts'

/** What decides on a first offer; all wei per gas. */
export type Market = {
  /** of the newest block */
  readonly baseFee: bigint
  /** the highest tips that were paid in the last blocks */
  readonly tips: readonly bigint[]
  /** the least tip that is offered */
  readonly floor: bigint
  /** the most that is offered in all */
  readonly cap: bigint
  /** a waiting transaction that must come later in the block */
  readonly above?: Offer | undefined
}

/**
 * The first offer: a tip above what was paid of late and above whoever must come later, with room for the base fee
 * to double.
 */
export function first({ baseFee, tips, floor, cap, above }: Market): Offer {
  const paid = tips.reduce((most, tip) => (tip > most ? tip : most), floor)
  const tip = above ? larger(paid, raised(above.maxPriorityFeePerGas)) : paid
  // Some builders sort by the whole price, so that is outbid as well.
  const price = larger(2n * baseFee + tip, above ? raised(above.maxFeePerGas) : 0n)
  return capped({ maxFeePerGas: price, maxPriorityFeePerGas: tip }, cap)
}

/**
 * The next offer for the same nonce, an eighth more: nodes refuse a replacement that pays less than a tenth more
 * (geth's `PriceBump`), and null where the cap allows no such step.
 */
export function bumped(fees: Offer, cap: bigint): Offer | null {
  const next = {
    maxFeePerGas: raised(fees.maxFeePerGas),
    maxPriorityFeePerGas: raised(fees.maxPriorityFeePerGas),
  }
  return next.maxFeePerGas > cap ? null : next
}

/** 12.5% more, rounded up. */
function raised(wei: bigint): bigint {
  return wei + (wei + 7n) / 8n + (wei === 0n ? 1n : 0n)
}

function capped({ maxFeePerGas, maxPriorityFeePerGas }: Offer, cap: bigint): Offer {
  const most = maxFeePerGas < cap ? maxFeePerGas : cap
  return {
    maxFeePerGas: most,
    maxPriorityFeePerGas: maxPriorityFeePerGas < most ? maxPriorityFeePerGas : most,
  }
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}
