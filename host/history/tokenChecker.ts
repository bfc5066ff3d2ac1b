import type { Chain, Token } from '@cutwater/core/bridge/Bridge.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { choice } from '@cutwater/core/units/nearest.ts'

/**
 * A check to be run over a list of tokens one by one: known chains, a home among them, and no pair of chains
 * that maps one contract twice or gives it two scales.
 */
export function tokenChecker(chains: readonly Chain[]): (token: Token, where: string) => void {
  const ids = chains.map(({ id }) => String(id))
  const pairs = new Map<string, string>()
  const scales = new Map<string, { readonly decimals: number; readonly where: string }>()
  return (token, where) => {
    requireChains(token, where, ids)
    for (const pair of pairsOf(token)) {
      const before = pairs.get(pair.key)
      if (before !== undefined) throw duplicateError(where, pair.contract, pair.to, before)
      pairs.set(pair.key, where)
    }
    for (const { chain, address } of token.contracts) {
      const before = scales.get(`${chain}:${address}`)
      if (before && before.decimals !== token.decimals) throw scaleError(where, token, address, before)
      scales.set(`${chain}:${address}`, { decimals: token.decimals, where })
    }
  }
}

function pairsOf({ contracts }: Token) {
  return contracts.flatMap((from) =>
    contracts
      .filter((to) => to !== from)
      .map((to) => ({
        key: `${from.chain}:${from.address}>${to.chain}`,
        contract: from.address,
        to: to.chain,
      })),
  )
}

function requireChains({ symbol, home, contracts }: Token, where: string, ids: readonly string[]): void {
  const own = contracts.map(({ chain }) => chain)
  const unknown = own.find((chain) => !ids.includes(String(chain)))
  if (unknown !== undefined)
    throw new CutwaterError('CHAIN_UNKNOWN', `${symbol} has a contract on the unknown chain ${unknown}`, {
      where,
      right: choice(String(unknown), ids),
    })
  if (new Set(own).size < own.length)
    throw new CutwaterError('TOKEN_CHAIN_TWICE', `${symbol} has two contracts on one chain`, {
      where,
      right: 'contracts on different chains',
    })
  if (!own.includes(home))
    throw new CutwaterError(
      'TOKEN_HOME_UNKNOWN',
      `${symbol} is at home on ${home}, where it has no contract`,
      {
        where,
        right: `${own.join(' or ')} as its home chain`,
      },
    )
}

function duplicateError(where: string, contract: string, to: number, before: string): CutwaterError {
  return new CutwaterError('TOKEN_DUPLICATE', `${contract} is already mapped to chain ${to} at ${before}`, {
    where,
    right: 'one mapping per contract and pair of chains',
  })
}

function scaleError(
  where: string,
  token: Token,
  address: string,
  before: { readonly decimals: number; readonly where: string },
): CutwaterError {
  return new CutwaterError(
    'TOKEN_DECIMALS_DIFFER',
    `${address} has ${token.decimals} decimals, and ${before.decimals} at ${before.where}`,
    { where, right: 'the same decimals wherever a contract is mapped' },
  )
}
