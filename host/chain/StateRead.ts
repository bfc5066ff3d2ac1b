import type { Quote } from '@cutwater/core/bridge/Observation.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { choice } from '@cutwater/core/units/nearest.ts'
import { type AbiFunction, type Address, encodeFunctionData, type Hex } from 'viem'
import * as z from 'zod'
import { address, chainId, someText, tokenWith } from '../config/bridgeSchemas.ts'
import type { Path } from '../config/readYaml.ts'
import * as AbiItem from './AbiItem.ts'

/** What is asked of a contract at the end of a block. */
export type StateRead = HoldingRead | PoolRead | OracleRead

/** What the bridge holds of a token at home, or has issued of a wrapped one. */
export type HoldingRead =
  | { readonly kind: 'locked'; readonly token: Address; readonly holder: Address }
  | { readonly kind: 'minted'; readonly token: Address }

/** What a Uniswap v2 pair trades a token at, in units of `against`. */
export type PoolRead = {
  readonly kind: 'pool'
  readonly symbol: string
  readonly pair: Address
  readonly token: Address
  readonly decimals: number
  readonly againstDecimals: number
}

/** What a contract believes a token is worth, in units of its canonical twin: the first value a call returns. */
export type OracleRead = {
  readonly kind: 'oracle'
  readonly symbol: Quote['token']
  readonly contract: Address
  readonly call: Hex
  readonly abi: AbiFunction
  readonly decimals: number
}

const decimals = z
  .int('a whole number')
  .min(0, 'a whole number from 0 to 36')
  .max(36, 'a whole number from 0 to 36')

/** The keys of a bridge's description that say what is read. */
export const stateSchema = {
  tokens: z
    .array(
      tokenWith(
        z.strictObject({
          chain: chainId,
          address,
          /** at home: whose balance is what the bridge holds */
          heldBy: address.optional(),
          /** elsewhere: whether nobody but the bridge mints it, so that its supply is what was issued */
          issued: z.boolean().default(false),
        }),
      ),
    )
    .min(1, 'at least one token'),
  quotes: z
    .array(
      z.strictObject({
        chain: chainId,
        token: someText,
        source: z.enum(['pool', 'oracle']),
        contract: address,
        /** of an oracle: what to call */
        call: someText.optional(),
        /** of what the oracle returns, or of the token a pool trades against */
        decimals,
      }),
    )
    .default([]),
}

type Written = z.output<z.ZodObject<typeof stateSchema>>
type Place = (path: Path) => string

type Placed = { readonly chain: number; readonly read: StateRead }

/** What is to be read on each chain; `TOKEN_*`, `QUOTE_*` and `ABI_*` name the line. */
export function stateReads({ tokens, quotes }: Written, place: Place): readonly Placed[] {
  const held = tokens.flatMap(({ home, contracts }, at) =>
    contracts.flatMap(({ chain, address, heldBy, issued }, nth): Placed[] => {
      const here = ['tokens', at, 'contracts', nth]
      const token = address as Address
      if (chain === home && issued) throw issuedAtHome(place([...here, 'issued']))
      if (chain !== home && heldBy !== undefined) throw heldElsewhere(home, place([...here, 'heldBy']))
      if (issued) return [{ chain, read: { kind: 'minted', token } }]
      if (heldBy === undefined) return []
      return [{ chain, read: { kind: 'locked', token, holder: heldBy as Address } }]
    }),
  )
  const priced = quotes.map((quote, at) => ({
    chain: quote.chain,
    read: quoteRead(quote, tokens, (part) => place(['quotes', at, ...part])),
  }))
  return [...held, ...priced]
}

function quoteRead(
  { chain, token: symbol, source, contract, call, decimals }: Written['quotes'][number],
  tokens: Written['tokens'],
  place: Place,
): StateRead {
  const token = tokens.find((each) => each.symbol === symbol)
  if (token === undefined) throw tokenUnknown(symbol, tokens, place(['token']))
  const here = token.contracts.find((each) => each.chain === chain)
  if (here === undefined) throw tokenElsewhere(symbol, chain, token, place(['chain']))
  const [pair, ours] = [contract as Address, here.address as Address]
  if (source === 'pool') {
    if (call !== undefined) throw callUnused(place(['call']))
    return { kind: 'pool', symbol, pair, token: ours, decimals: token.decimals, againstDecimals: decimals }
  }
  if (call === undefined) throw callMissing(place([]))
  const abi = functionOf(call, place(['call']))
  return {
    kind: 'oracle',
    symbol,
    contract: pair,
    call: encodeFunctionData({ abi: [abi] }),
    abi,
    decimals,
  }
}

const example =
  'a function without arguments that returns a number, such as: function price() view returns (uint256)'

function functionOf(text: string, where: string): AbiFunction {
  const item = AbiItem.parse(text, where, example)
  if (item.type === 'function' && item.inputs.length === 0 && /^u?int\d*$/.test(item.outputs[0]?.type ?? ''))
    return item
  throw new CutwaterError('ABI_FUNCTION_UNFIT', `${JSON.stringify(text)} does not tell a price`, {
    where,
    right: example,
  })
}

function issuedAtHome(where: string): CutwaterError {
  return new CutwaterError(
    'TOKEN_ISSUED_AT_HOME',
    'a token is not issued by the bridge where it is at home',
    {
      where,
      right: 'heldBy: and the address that holds what is locked',
    },
  )
}

function heldElsewhere(home: number, where: string): CutwaterError {
  return new CutwaterError('TOKEN_HELD_ELSEWHERE', `the token is at home on chain ${home}, not here`, {
    where,
    right: 'issued: true where nobody but the bridge mints it',
  })
}

function tokenUnknown(symbol: string, tokens: Written['tokens'], where: string): CutwaterError {
  return new CutwaterError('TOKEN_UNKNOWN', `there is no token ${JSON.stringify(symbol)}`, {
    where,
    right: choice(
      symbol,
      tokens.map((each) => each.symbol),
    ),
  })
}

function tokenElsewhere(
  symbol: string,
  chain: number,
  { contracts }: Written['tokens'][number],
  where: string,
): CutwaterError {
  return new CutwaterError('TOKEN_NOT_ON_CHAIN', `${symbol} is not on chain ${chain}`, {
    where,
    right: choice(
      String(chain),
      contracts.map((each) => String(each.chain)),
    ),
  })
}

function callUnused(where: string): CutwaterError {
  return new CutwaterError('QUOTE_CALL_UNUSED', 'a pool is asked for its reserves, not by a call', {
    where,
    right: 'no call, or source: oracle',
  })
}

function callMissing(where: string): CutwaterError {
  return new CutwaterError('QUOTE_CALL_MISSING', 'the oracle has no call', {
    where,
    right: `call: and ${example}`,
  })
}
