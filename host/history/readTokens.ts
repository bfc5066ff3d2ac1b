import type { Chain, Token } from '@cutwater/core/bridge/Bridge.ts'
import * as Cell from '../tables/Cell.ts'
import * as Csv from '../tables/Csv.ts'
import { tokenChecker } from './tokenChecker.ts'

/** Reads a table of token pairs, one token of two contracts per row, in the order of `compareTokens`. */
export function readTokens(file: string, chains: readonly Chain[]): Token[] {
  const tokens: Token[] = []
  const check = tokenChecker(chains)
  Csv.forEachOfSomeRows(file, { required }, (row) => {
    const token: Token = {
      symbol: Cell.someText(row, 'symbol'),
      decimals: Cell.wholeNumber(row, 'decimals', { max: 36 }),
      home: Cell.wholeNumber(row, 'home_chain'),
      priceId: Cell.text(row, 'price_id') || null,
      contracts: [
        { chain: Cell.wholeNumber(row, 'chain_src'), address: Cell.address(row, 'token_src') },
        { chain: Cell.wholeNumber(row, 'chain_dst'), address: Cell.address(row, 'token_dst') },
      ],
    }
    check(token, Cell.place(row))
    tokens.push(token)
  })
  return tokens.sort(compareTokens)
}

/** By symbol, then by contracts: an order that does not depend on the file's. */
export function compareTokens(a: Token, b: Token): number {
  const [left, right] = [sortKey(a), sortKey(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

const required = [
  'chain_src',
  'chain_dst',
  'token_src',
  'token_dst',
  'symbol',
  'decimals',
  'price_id',
  'home_chain',
] as const

function sortKey({ symbol, contracts }: Token): string {
  return [symbol, ...contracts.flatMap(({ chain, address }) => [chain, address])].join(' ')
}
