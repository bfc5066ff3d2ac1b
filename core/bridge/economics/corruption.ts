import { CutwaterError } from '../../units/CutwaterError.ts'

/** Who runs keys of the bridge: one operator may hold several. Dollars. */
export type Operator = {
  readonly name: string
  readonly keys: number
  readonly stakeUsd: number
  /** what it costs to take its keys from it; one break-in takes all of them */
  readonly hackUsd: number
}

export type Terms = {
  readonly operators: readonly Operator[]
  /** how many keys move money */
  readonly threshold: number
  /** σ: share of a stake that can be slashed */
  readonly slashableShare: number
  /** p: chance that the fault is proven and slashed before the stake is gone */
  readonly provenShare: number
  /** present value of the fees that the corrupted would lose */
  readonly lostFeesUsd: number
  /** what leaves before a stop is in force, and what pools and lenders pay for it */
  readonly releaseUsd: number
  readonly exitUsd: number
  /** γ: how far cost must lie above profit */
  readonly buffer: number
}

export type Corruption = {
  /** bribing: what is slashed of the cheapest operators whose keys suffice, and the fees they lose */
  readonly bribeUsd: number
  /** stealing: breaking into the cheapest operators whose keys suffice */
  readonly theftUsd: number
  /** the cheaper of the two */
  readonly costUsd: number
  readonly profitUsd: number
  /** cost less (1 + γ) · profit; below 0 it pays to attack */
  readonly marginUsd: number
  /** the fewest operators that suffice: the quorum as it really is */
  readonly operatorsNeeded: number
  readonly theftFrom: readonly string[]
}

/**
 * What it costs to corrupt a quorum, against what it brings: safe while
 * `p·σ·Σ stake + lost fees ≥ (1 + γ)·min(release before a stop, exit liquidity)`, and the same for the cost of theft,
 * because a bond does not price stolen keys. Operators are counted, not keys.
 *
 * Cost against profit from Durvasula and Roughgarden, "Robust restaking networks" (2024), whose γ this is. The cheapest
 * set is exact: fewest dollars for `threshold` keys, by dynamic programming over keys. Throws CORRUPTION_NO_QUORUM where
 * all keys together do not suffice.
 *
 * @example
 * const alone = { name: 'sky', keys: 4, stakeUsd: 0, hackUsd: 100 }
 * const one = { name: 'dao', keys: 1, stakeUsd: 0, hackUsd: 100 }
 * corruption({ operators: [alone, one], threshold: 5, slashableShare: 1, provenShare: 1, lostFeesUsd: 0, releaseUsd: 900, exitUsd: 700, buffer: 0 })
 * // { bribeUsd: 0, theftUsd: 200, costUsd: 0, profitUsd: 700, marginUsd: -700, operatorsNeeded: 2, theftFrom: ['dao', 'sky'] }
 */
export function corruption(terms: Terms): Corruption {
  const { operators, threshold, slashableShare, provenShare, lostFeesUsd, releaseUsd, exitUsd, buffer } =
    terms
  const slashed = (operator: Operator) => provenShare * slashableShare * operator.stakeUsd
  const bribeUsd = cheapest(operators, threshold, slashed).cost + lostFeesUsd
  const theft = cheapest(operators, threshold, ({ hackUsd }) => hackUsd)
  const costUsd = Math.min(bribeUsd, theft.cost)
  const profitUsd = Math.min(releaseUsd, exitUsd)
  return {
    bribeUsd,
    theftUsd: theft.cost,
    costUsd,
    profitUsd,
    marginUsd: costUsd - (1 + buffer) * profitUsd,
    operatorsNeeded: cheapest(operators, threshold, () => 1).cost,
    theftFrom: theft.names,
  }
}

type Choice = { readonly cost: number; readonly names: readonly string[] }

function cheapest(
  operators: readonly Operator[],
  threshold: number,
  costOf: (operator: Operator) => number,
): Choice {
  // best[k]: the cheapest way to k keys or more
  const best: (Choice | undefined)[] = [{ cost: 0, names: [] }]
  for (const operator of operators) {
    if (operator.keys < 1) continue
    for (let keys = threshold; keys > 0; keys--) {
      const before = best[Math.max(0, keys - operator.keys)]
      if (before === undefined) continue
      const cost = before.cost + costOf(operator)
      if (cost < (best[keys]?.cost ?? Number.POSITIVE_INFINITY))
        best[keys] = { cost, names: [...before.names, operator.name].sort() }
    }
  }
  return best[threshold] ?? noQuorum(operators, threshold)
}

function noQuorum(operators: readonly Operator[], threshold: number): never {
  const keys = operators.reduce((sum, operator) => sum + operator.keys, 0)
  throw new CutwaterError(
    'CORRUPTION_NO_QUORUM',
    `${operators.length} operators hold ${keys} keys of ${threshold} needed`,
    {
      right: 'operators whose keys together reach the threshold',
    },
  )
}
