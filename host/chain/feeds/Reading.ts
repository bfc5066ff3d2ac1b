import type { Token } from '@cutwater/core/bridge/Bridge.ts'
import { type FeedName, feeds } from '@cutwater/core/bridge/signals/Feed.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { choice } from '@cutwater/core/units/nearest.ts'
import { type Address, type Hex, keccak256, toBytes } from 'viem'
import * as z from 'zod'
import { address, chainId, someText } from '../../config/bridgeSchemas.ts'
import type { Path } from '../../config/readYaml.ts'
import type { LiveBridge } from '../LiveBridge.ts'
import * as ViewCall from './ViewCall.ts'

/** What is to be read of contracts for feeds, as an operator lists it under `readings:`; docs/feeds.md has each kind. */
export type Reading =
  | Exclude<Written, { kind: 'call' | 'uniswapV2' | 'uniswapV3' | 'aave' | 'limit' }>
  | Resolved

type Resolved =
  | (Of<'call'> & { readonly ask: ViewCall.ViewCall })
  /** with the token's contract on the chain of the reading */
  | (Of<'uniswapV2' | 'uniswapV3' | 'limit'> & { readonly asset: Address })
  | (Omit<Of<'aave'>, 'asset'> & { readonly asset: Address })

/** A reading of one kind. */
export type ReadingOf<Kind extends Reading['kind']> = Extract<Reading, { kind: Kind }>

type Written = z.output<typeof one>
type Of<Kind extends Written['kind']> = Extract<Written, { kind: Kind }>

const contract = address.transform((text) => text as Address)
const whole = (least: number) => z.int('a whole number').min(least, `a whole number, ${least} or more`)
const positive = z.number().positive('a number above 0')

/** What a whole token is worth: dollars, or the oracle with Chainlink's interface, on the same chain, that says so. */
const usd = z.union([positive, contract], 'dollars per whole token, or the address of an oracle')

/** The hash of a role's name, as contracts count it; the hash itself may be written too. */
const role = someText.transform((text): Hex => {
  if (/^0x[0-9a-fA-F]{64}$/.test(text)) return text.toLowerCase() as Hex
  return text === 'DEFAULT_ADMIN_ROLE' ? `0x${'0'.repeat(64)}` : keccak256(toBytes(text))
})

const here = { chain: chainId, contract }
const feedNames = Object.keys(feeds) as [FeedName, ...FeedName[]]

const one = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('uniswapV2'), ...here, token: someText, usd }),
    z.strictObject({
      kind: z.literal('uniswapV3'),
      ...here,
      token: someText,
      usd,
      /** how long the price is averaged, so that no swap of the moment moves it; 0 reads the moment */
      averageSeconds: whole(0).default(1_800),
    }),
    z.strictObject({
      kind: z.literal('erc4626'),
      ...here,
      token: someText,
      side: z.enum(['wrapped', 'canonical']),
      /** over how many blocks growth is measured; a full node keeps the state of 128 */
      overBlocks: whole(1).default(100),
    }),
    z.strictObject({
      kind: z.literal('aave'),
      ...here,
      token: someText,
      side: z.enum(['wrapped', 'canonical']),
      /** the reserve, where it is not the token's own contract on this chain */
      asset: contract.nullable().default(null),
      usd: usd.nullable().default(null),
    }),
    z.strictObject({
      kind: z.literal('oracle'),
      ...here,
      feed: z.enum(['oraclePrice', 'bondPrice', 'marketPrice']).default('oraclePrice'),
      token: someText.nullable().default(null),
    }),
    z.strictObject({
      kind: z.literal('fees'),
      chain: chainId,
      /** of the token that gas is paid in */
      usd,
      blocks: whole(1).default(20),
      transferGas: whole(1).default(150_000),
      messageGas: whole(1).default(300_000),
      /** what the bridge keeps of a transfer */
      feeShare: z.number().min(0, 'a share').max(1, 'a share').default(0),
      sizes: z.array(positive).default([1_000, 10_000, 100_000]),
      /** the price of gas at which the chain's level of prices is 1 */
      baseGwei: positive.nullable().default(null),
    }),
    z.strictObject({
      kind: z.literal('stake'),
      ...here,
      usd,
      operators: z
        .array(z.strictObject({ name: someText, address: contract }))
        .min(1, 'at least one operator'),
    }),
    z.strictObject({ kind: z.literal('coverVault'), ...here, usd, name: someText.default('vault') }),
    z.strictObject({
      kind: z.literal('treasury'),
      chain: chainId,
      holders: z.array(contract).min(1, 'at least one holder'),
      assets: z.array(z.strictObject({ contract, usd })).min(1, 'at least one asset'),
    }),
    z.strictObject({ kind: z.literal('ladder'), ...here }),
    z.strictObject({ kind: z.literal('limit'), chain: chainId, token: someText, usd }),
    z.strictObject({
      kind: z.literal('roles'),
      ...here,
      holders: z.array(z.strictObject({ role, accounts: z.array(contract) })).min(1, 'at least one role'),
    }),
    z.strictObject({ kind: z.literal('implementation'), ...here, expected: contract }),
    z.strictObject({ kind: z.literal('timelock'), ...here }),
    z.strictObject({
      kind: z.literal('call'),
      ...here,
      call: someText,
      args: z.array(z.union([z.string(), z.number(), z.boolean()])).default([]),
      feed: z.enum(feedNames),
      of: z.string().default(''),
      decimals: whole(0).max(77, 'at most 77').default(0),
    }),
  ],
  'a kind of reading',
)

export const schema = z.array(one).default([])

/** The readings of a description, checked against its bridge; `CHAIN_*`, `TOKEN_*`, `GUARD_*` and `ABI_*` name the line. */
export function of(
  written: z.output<typeof schema>,
  bridge: LiveBridge,
  place: (path: Path) => string,
): readonly Reading[] {
  return written.map((reading, at) => resolved(reading, bridge, (part) => place([at, ...part])))
}

function resolved(reading: Written, bridge: LiveBridge, place: (path: Path) => string): Reading {
  const chain = bridge.chains.find(({ id }) => id === reading.chain)
  if (chain === undefined) throw chainUnknown(reading.chain, bridge, place(['chain']))
  const token =
    'token' in reading && reading.token !== null ? tokenOf(reading.token, bridge, place(['token'])) : null
  const onChain = () => assetOf(token!, reading.chain, place(['token']))
  switch (reading.kind) {
    case 'uniswapV2':
    case 'uniswapV3':
      return { ...reading, asset: onChain() }
    case 'aave':
      return { ...reading, asset: reading.asset ?? onChain() }
    case 'limit':
      if (chain.guard === null) throw guardMissing(chain.name, place(['chain']))
      return { ...reading, asset: onChain() }
    case 'oracle':
      if ((reading.feed === 'oraclePrice') !== (token !== null)) throw tokenUnclear(reading.feed, place([]))
      return reading
    case 'call':
      return { ...reading, ask: ViewCall.of(reading.call, reading.args, place(['call'])) }
    default:
      return reading
  }
}

function tokenOf(symbol: string, { tokens }: LiveBridge, where: string): Token {
  const token = tokens.find((each) => each.symbol === symbol)
  if (token !== undefined) return token
  throw new CutwaterError('TOKEN_UNKNOWN', `there is no token ${JSON.stringify(symbol)}`, {
    where,
    right: choice(
      symbol,
      tokens.map((each) => each.symbol),
    ),
  })
}

function assetOf({ symbol, contracts }: Token, chain: number, where: string): Address {
  const own = contracts.find((each) => each.chain === chain)
  if (own !== undefined) return own.address as Address
  throw new CutwaterError('TOKEN_NOT_ON_CHAIN', `${symbol} is not on chain ${chain}`, {
    where,
    right: choice(
      String(chain),
      contracts.map((each) => String(each.chain)),
    ),
  })
}

function chainUnknown(chain: number, { chains }: LiveBridge, where: string): CutwaterError {
  return new CutwaterError('CHAIN_UNKNOWN', `chain ${chain} is not among the chains`, {
    where,
    right: choice(
      String(chain),
      chains.map(({ id }) => String(id)),
    ),
  })
}

function guardMissing(chain: string, where: string): CutwaterError {
  return new CutwaterError('GUARD_MISSING', `${chain} has no guard whose limit could be read`, {
    where,
    right: 'the address of the guard contract as guard: of the chain, or no such reading',
  })
}

function tokenUnclear(feed: string, where: string): CutwaterError {
  const what =
    feed === 'oraclePrice' ? 'nothing says which token the oracle prices' : `${feed} is about no token`
  return new CutwaterError('READING_TOKEN_UNCLEAR', what, {
    where,
    right: 'a token for oraclePrice, and none for bondPrice and marketPrice',
  })
}
