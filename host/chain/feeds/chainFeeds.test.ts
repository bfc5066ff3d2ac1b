import * as Bond from '@cutwater/contracts/generated/Bond.ts'
import * as ConcentratedPool from '@cutwater/contracts/generated/ConcentratedPool.ts'
import * as CoverVault from '@cutwater/contracts/generated/CoverVault.ts'
import * as Guard from '@cutwater/contracts/generated/Guard.ts'
import * as IPair from '@cutwater/contracts/generated/IPair.ts'
import * as LendingPool from '@cutwater/contracts/generated/LendingPool.ts'
import * as PriceFeed from '@cutwater/contracts/generated/PriceFeed.ts'
import * as TestToken from '@cutwater/contracts/generated/TestToken.ts'
import * as TestVault from '@cutwater/contracts/generated/TestVault.ts'
import * as Timelock from '@cutwater/contracts/generated/Timelock.ts'
import * as Treasury from '@cutwater/contracts/generated/Treasury.ts'
import * as Factory from '@cutwater/contracts/uniswapV2Factory.ts'
import type { Measure } from '@cutwater/core/bridge/Observation.ts'
import * as Measures from '@cutwater/core/bridge/signals/Measures.ts'
import { day, hour, year } from '@cutwater/core/units/UnixTime.ts'
import { feedSourceContract } from '@cutwater/engine/ports/FeedSource.contract.ts'
import {
  type Address,
  createPublicClient,
  type Hex,
  http,
  keccak256,
  pad,
  toBytes,
  zeroAddress,
  zeroHash,
} from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LiveBridge } from '../LiveBridge.ts'
import { type Anvil, startAnvil } from '../testing/anvil.ts'
import { deploy, send } from '../testing/deploy.ts'
import { accountOf } from '../testing/emitter.ts'
import { startFaultProxy } from '../testing/faultProxy.ts'
import { liveChain } from '../testing/liveChain.ts'
import { chainFeeds } from './chainFeeds.ts'
import * as Reading from './Reading.ts'

const chain = 31337
let anvil: Anvil
let admin: Address
let other: Address
let wrapped: Address
let native: Address

beforeAll(async () => {
  anvil = await startAnvil(['--no-mining', '--code-size-limit', '100000'])
  // A second to a block, however fast they come.
  await anvil.call('anvil_setBlockTimestampInterval', [1])
  const accounts = await anvil.call<Address[]>('eth_accounts')
  ;[admin, other] = [accounts[0]!, accounts[1]!]
  wrapped = await deploy(anvil, TestToken, 'Wrapped', 'wUSD', 6)
  native = await deploy(anvil, TestToken, 'Native', 'USD', 18)
}, 60_000)
afterAll(() => anvil.stop())

/** What readings say at the newest block, by feed and what it is about. */
async function told(written: readonly object[], options: Options = {}): Promise<Map<string, Measure>> {
  const { source, at } = await sourceOf(written, options)
  const measures = await source.read(at)
  return new Map(measures.map((measure) => [`${measure.name} ${measure.of}`.trim(), measure]))
}

type Options = { readonly guard?: Address; readonly token?: Address; readonly urls?: readonly string[] }

async function sourceOf(written: readonly object[], options: Options = {}) {
  const { guard = null, token = wrapped, urls = [anvil.url] } = options
  const nodes = urls.map((url) => ({ url }))
  const live = liveChain(nodes, accountOf(1), { guard, finality: { by: 'blocks', depth: 2, seconds: 2 } })
  const bridge: LiveBridge = {
    name: 'test',
    chains: [live],
    tokens: [
      { symbol: 'USD', decimals: 6, home: 1, priceId: null, contracts: [{ chain, address: token }] },
      { symbol: 'FAR', decimals: 6, home: 1, priceId: null, contracts: [{ chain: 1, address: token }] },
    ],
  }
  const readings = Reading.of(Reading.schema.parse(written), bridge, (path) => path.join('.'))
  return { source: chainFeeds(bridge.chains, readings), at: await now() }
}

async function now(): Promise<number> {
  const { timestamp } = await anvil.call<{ timestamp: Hex }>('eth_getBlockByNumber', ['latest', false])
  return Number(timestamp)
}

/** What the book would not believe of it. */
function doubtsOf(measures: Iterable<Measure>, at: number): readonly string[] {
  const state = Measures.create()
  for (const measure of measures) Measures.take(state, measure)
  return Measures.doubts(state, at)
}

const units = { wrapped: 10n ** 6n, native: 10n ** 18n }
const mint = (token: Address, to: Address, amount: bigint) =>
  send(anvil, token, TestToken, 'mint', [to, amount])

async function pairWith(amounts: { readonly wrapped: bigint; readonly native: bigint }, token = wrapped) {
  const factory = await deploy(anvil, { abi: Factory.abi, bytecode: Factory.readBytecode() }, admin)
  await send(anvil, factory, Factory, 'createPair', [token, native])
  const client = createPublicClient({ transport: http(anvil.url) })
  const args = [token, native] as const
  const pair = await client.readContract({
    address: factory,
    abi: Factory.abi,
    functionName: 'getPair',
    args,
  })
  if (amounts.wrapped === 0n) return pair
  await mint(token, pair, amounts.wrapped)
  await mint(native, pair, amounts.native)
  await send(anvil, pair, IPair, 'mint', [admin])
  return pair
}

async function warp(seconds: number): Promise<void> {
  await anvil.call('evm_setNextBlockTimestamp', [(await now()) + seconds])
  await anvil.mine()
}

describe('pools', () => {
  test('a v2 pair tells its price in whole tokens, its other side in dollars, and the decimals', async () => {
    const contract = await pairWith({
      wrapped: 2_000_000n * units.wrapped,
      native: 1_900_000n * units.native,
    })
    const seen = await told([{ kind: 'uniswapV2', chain, contract, token: 'USD', usd: 1 }])
    expect(seen.get('wrappedPrice USD')!.value).toBeCloseTo(0.95, 12)
    expect(seen.get('poolReserve USD')!.value).toBeCloseTo(1_900_000, 6)
    expect(seen.get('decimals USD')).toMatchObject({ value: 6, source: `token ${wrapped}` })
    expect(seen.get('wrappedPrice USD')).toMatchObject({
      asOf: await now(),
      source: `uniswapV2 ${contract.toLowerCase()}`,
    })
  })

  test('a v3 pool tells the price of the moment, and the mean of half an hour that a swap does not move', async () => {
    // 1.0001^tick raw native per raw wrapped: par is 10^12, tick 276,324.
    const isFirst = BigInt(wrapped) < BigInt(native)
    const sign = isFirst ? 1 : -1
    const par = isFirst ? 2n ** 96n * 10n ** 6n : 2n ** 96n / 10n ** 6n
    const sides = isFirst ? [wrapped, native] : [native, wrapped]
    const contract = await deploy(anvil, ConcentratedPool, ...sides, par, sign * 276_324)
    await mint(wrapped, contract, 700_000n * units.wrapped)
    await mint(native, contract, 600_000n * units.native)
    await warp(hour)
    const swapped = isFirst ? par / 2n : par * 2n
    await send(anvil, contract, ConcentratedPool, 'set', [swapped, sign * (276_324 - 13_863)])
    const reading = { kind: 'uniswapV3', chain, contract, token: 'USD', usd: 1 }
    const spot = await told([{ ...reading, averageSeconds: 0 }])
    expect(spot.get('wrappedPrice USD')!.value).toBeCloseTo(0.25, 9)
    expect(spot.get('poolReserve USD')!.value).toBeCloseTo(600_000, 6)
    const averaged = await told([reading])
    expect(averaged.get('wrappedPrice USD')!.value).toBeCloseTo(1, 3)
  })

  test('an empty pair has the price 0 and no reserve: both are named and none is believed', async () => {
    const contract = await pairWith({ wrapped: 0n, native: 0n })
    const seen = await told([{ kind: 'uniswapV2', chain, contract, token: 'USD', usd: 1 }])
    expect(doubtsOf(seen.values(), await now())).toEqual([
      expect.stringMatching(/^wrappedPrice of USD by uniswapV2 0x\w+ is 0; 0.000001 or more would be right$/),
      expect.stringMatching(/^poolReserve of USD by uniswapV2 0x\w+ is 0; above 0 would be right$/),
    ])
  })

  test.each([0, 77])('a token with %i decimals is named, and nothing of it is believed', async (decimals) => {
    const token = await deploy(anvil, TestToken, 'Odd', 'ODD', decimals)
    const contract = await pairWith({ wrapped: 10n ** 9n, native: 10n ** 21n }, token)
    const seen = await told([{ kind: 'uniswapV2', chain, contract, token: 'USD', usd: 1 }], { token })
    expect([...seen.values()].every(({ value }) => Number.isFinite(value))).toBe(true)
    const state = Measures.create()
    for (const measure of seen.values()) Measures.take(state, measure)
    const right = decimals === 0 ? '1 or more' : '36 or less'
    const why = expect.stringContaining(
      `decimals of USD by token ${token} is ${decimals}; ${right} would be right`,
    )
    expect(Measures.doubts(state, await now())).toContainEqual(why)
    for (const name of ['wrappedPrice', 'poolReserve'] as const)
      expect(Measures.read(state, name, 'USD', await now()).known).toBe(false)
  })
})

describe('oracles', () => {
  test('one says how old its word is; 40 hours are too old, and the answer says so', async () => {
    const contract = await deploy(anvil, PriceFeed, 8, 99_500_000n)
    const reading = { kind: 'oracle', chain, contract, token: 'USD' }
    const fresh = (await told([reading])).get('oraclePrice USD')!
    expect(fresh).toMatchObject({ value: 0.995, source: `oracle ${contract}` })
    await send(anvil, contract, PriceFeed, 'setAt', [99_500_000n, BigInt((await now()) - 40 * hour)])
    const [doubt] = doubtsOf((await told([reading])).values(), await now())
    expect(doubt).toContain(`oraclePrice of USD by oracle ${contract} is 40 h old`)
  })

  test('two that are 30% apart contradict each other, and neither is believed', async () => {
    const [first, second] = [
      await deploy(anvil, PriceFeed, 8, 10n ** 8n),
      await deploy(anvil, PriceFeed, 18, 7n * 10n ** 17n),
    ]
    const { source, at } = await sourceOf(
      [first, second].map((contract) => ({ kind: 'oracle', chain, contract, token: 'USD' })),
    )
    expect(doubtsOf(await source.read(at), at)).toEqual([
      `oraclePrice of USD by oracle ${second} says 0.7 and oracle ${first} says 1`,
    ])
  })

  test('what an oracle values is of now within its heartbeat, and as old as its word from then on', async () => {
    const contract = await deploy(anvil, PriceFeed, 8, 2n * 10n ** 8n)
    await mint(native, accountOf(8), 5n * units.native)
    const assets = [{ contract: native, usd: contract }]
    const reading = { kind: 'treasury', chain, holders: [accountOf(8)], assets }
    await send(anvil, contract, PriceFeed, 'setAt', [2n * 10n ** 8n, BigInt((await now()) - 20 * hour)])
    expect((await told([reading])).get('liquidTreasury')).toMatchObject({ value: 10, asOf: await now() })
    await send(anvil, contract, PriceFeed, 'setAt', [2n * 10n ** 8n, BigInt((await now()) - 60 * hour)])
    expect(doubtsOf((await told([reading])).values(), await now())[0]).toMatch(
      /^liquidTreasury by .* is 60 h old/,
    )
  })

  test.each([0n, -5n])('an answer of %i is told as it is and values nothing', async (answer) => {
    const contract = await deploy(anvil, PriceFeed, 0, answer)
    const holders = [admin]
    const seen = await told([
      { kind: 'oracle', chain, contract, token: 'USD' },
      { kind: 'treasury', chain, holders, assets: [{ contract: native, usd: contract }] },
    ])
    expect([...seen.keys()]).toEqual(['oraclePrice USD'])
    expect(doubtsOf(seen.values(), await now())[0]).toContain(`is ${answer}; 1e-12 or more would be right`)
  })
})

describe('supply rates', () => {
  test('a vault earns what its shares gain, and a vault that lost has a negative rate, which is named', async () => {
    const contract = await deploy(anvil, TestVault, native)
    await mint(native, admin, 10_000n * units.native)
    await send(anvil, native, TestToken, 'approve', [contract, 10_000n * units.native])
    await send(anvil, contract, TestVault, 'deposit', [1_000n * units.native, admin])
    await warp(10 * day)
    await send(anvil, native, TestToken, 'transfer', [contract, units.native])
    const reading = { kind: 'erc4626', chain, contract, token: 'USD', side: 'canonical', overBlocks: 2 }
    const { value } = (await told([reading])).get('canonicalApy USD')!
    // A thousandth in ten days and a second.
    expect(value).toBeCloseTo((0.001 * year) / (10 * day), 4)
    await send(anvil, contract, TestVault, 'lose', [200n * units.native])
    const lost = await told([{ ...reading, overBlocks: 1 }])
    expect(lost.get('canonicalApy USD')!.value).toBeLessThan(0)
    expect(doubtsOf(lost.values(), await now())[0]).toMatch(
      /^canonicalApy of USD by erc4626 .* 0 or more would be right$/,
    )
  })

  test('a lending pool tells its rate, and its cap as collateral; a cap of zero is none, and named', async () => {
    const contract = await deploy(anvil, LendingPool)
    await send(anvil, contract, LendingPool, 'set', [wrapped, 45n * 10n ** 24n, 5_000_000n])
    const reading = { kind: 'aave', chain, contract, token: 'USD', side: 'wrapped', usd: 1 }
    const seen = await told([reading])
    expect(seen.get('wrappedApy USD')!.value).toBeCloseTo(0.045, 12)
    expect(seen.get('borrowCap USD')!.value).toBe(5_000_000)
    await send(anvil, contract, LendingPool, 'set', [wrapped, 45n * 10n ** 24n, 0n])
    expect(doubtsOf((await told([reading])).values(), await now())).toEqual([
      `borrowCap of USD by aave ${contract} is 0; above 0 would be right`,
    ])
  })
})

describe('money', () => {
  test('stake by operator, what is leaving, and what a treasury holds and how it splits it', async () => {
    const bond = await deploy(anvil, Bond, native, accountOf(7), admin, 21 * day, 10_000n, 500n)
    const floor = [2_000n, 2_000n, 1_000n]
    const cap = [6_000n, 6_000n, 4_000n]
    const treasury = await deploy(anvil, Treasury, native, admin, admin, floor, cap, 1_000n)
    await mint(native, admin, 10_000n * units.native)
    for (const spender of [bond, treasury])
      await send(anvil, native, TestToken, 'approve', [spender, 10_000n * units.native])
    await send(anvil, bond, Bond, 'stake', [admin, 300n * units.native])
    await send(anvil, bond, Bond, 'stake', [other, 200n * units.native])
    await send(anvil, bond, Bond, 'startUnbonding', [100n * units.native])
    await send(anvil, treasury, Treasury, 'deposit', [1_000n * units.native])
    const operators = [
      { name: 'First', address: admin },
      { name: 'First', address: other },
    ]
    const seen = await told([
      { kind: 'stake', chain, contract: bond, usd: 2, operators },
      { kind: 'treasury', chain, holders: [treasury], assets: [{ contract: native, usd: 2 }] },
      { kind: 'ladder', chain, contract: treasury },
    ])
    expect(Object.fromEntries([...seen].map(([key, { value }]) => [key, value]))).toEqual({
      'stake First': 800,
      withdrawalsDue: 200,
      liquidTreasury: 2_000,
      'layerWeight near': 0.4,
      'layerWeight mid': 0.4,
      'layerWeight far': 0.2,
    })
  })

  test('a vault of cover tells what is in force, claimed and queued; what is due adds up over contracts', async () => {
    const vault = await deploy(anvil, CoverVault, native, admin, 30 * day, 0n)
    await mint(native, admin, 10_000n * units.native)
    await send(anvil, native, TestToken, 'approve', [vault, 10_000n * units.native])
    await send(anvil, vault, CoverVault, 'deposit', [1_000n * units.native, admin])
    await send(anvil, vault, CoverVault, 'grantRole', [keccak256(toBytes('UNDERWRITER_ROLE')), admin])
    await send(anvil, vault, CoverVault, 'issuePolicy', [admin, 600n * units.native, (await now()) + year])
    await send(anvil, vault, CoverVault, 'fileClaim', [1n, admin, 50n * units.native, 'a loss'])
    await send(anvil, vault, CoverVault, 'requestUnlock', [400n * units.native])
    const bond = await deploy(anvil, Bond, native, accountOf(7), admin, 21 * day, 10_000n, 500n)
    const operators = [{ name: 'First', address: admin }]
    const readings = [
      { kind: 'coverVault', chain, contract: vault, usd: 1 },
      { kind: 'stake', chain, contract: bond, usd: 1, operators },
    ]
    const seen = await told(readings)
    expect(seen.get('cover vault')!.value).toBe(600)
    expect(seen.get('coverCapital vault')!.value).toBe(1_000)
    expect(seen.get('claimsDue')!.value).toBe(50)
    expect(seen.get('withdrawalsDue')).toMatchObject({ value: 400, source: '2 contracts' })
    // A sum with a hole in it would be another sum.
    const broken = await told([readings[0]!, { ...readings[1], contract: accountOf(9) }])
    expect(broken.has('withdrawalsDue')).toBe(false)
    expect(broken.get('claimsDue')!.value).toBe(50)
  })

  test('the limit of the guard, in dollars; one of zero is named', async () => {
    const guard = await deploy(anvil, Guard, accountOf(7), admin, admin, 2, hour)
    const reading = { kind: 'limit', chain, token: 'USD', usd: 1 }
    expect(doubtsOf((await told([reading], { guard })).values(), await now())).toEqual([
      `limit of USD by guard ${guard} is 0; above 0 would be right`,
    ])
    const limit = { capacity: 2_000_000n * units.wrapped, window: 3_600 }
    await send(anvil, guard, Guard, 'setLimits', [wrapped, 0, limit, limit])
    expect((await told([reading], { guard })).get('limit USD')!.value).toBe(2_000_000)
  })

  test('fees of the last blocks as the cost of transfers and messages, and as a level of prices', async () => {
    const fees = {
      kind: 'fees',
      chain,
      usd: 2_000,
      transferGas: 100_000,
      messageGas: 200_000,
      sizes: [1_000],
    }
    const seen = await told([{ ...fees, feeShare: 0.001, baseGwei: 1 }])
    const [transfer, message, level] = ['transferCost 1000', 'messageCost Local', `priceLevel ${chain}`].map(
      (key) => seen.get(key)!.value,
    )
    // Gas at the base level costs 1e-9 ETH: $0.2 for a transfer, beside the bridge's dollar.
    expect(transfer).toBeCloseTo(1 + 0.2 * level!, 9)
    expect(message).toBeCloseTo(0.4 * level!, 9)
    expect(level).toBeGreaterThan(0)
  })
})

describe('governance', () => {
  test('what waits in a timelock is a dated event until it is done or cancelled', async () => {
    const contract = await deploy(anvil, Timelock, 2n * BigInt(day), [admin], [zeroAddress], admin)
    const call = [admin, 0n, '0x', zeroHash] as const
    for (const salt of [1n, 2n])
      await send(anvil, contract, Timelock, 'schedule', [...call, pad(`0x0${salt}`), 2n * BigInt(day)])
    const { source, at } = await sourceOf([{ kind: 'timelock', chain, contract }])
    const times = async (when: number) => (await source.read(when)).map(({ value }) => value)
    expect(await times(at)).toEqual([at - 1 + 2 * day, at + 2 * day])
    await warp(3 * day)
    await send(anvil, contract, Timelock, 'execute', [...call, pad('0x01')])
    const after = await times(await now())
    expect(after).toEqual([0, at + 2 * day])
  })

  test('a role that somebody else holds, or nobody any more, is a change that nobody has read', async () => {
    const contract = await deploy(anvil, Timelock, 0n, [admin], [zeroAddress], admin)
    const reading = {
      kind: 'roles',
      chain,
      contract,
      holders: [{ role: 'PROPOSER_ROLE', accounts: [admin] }],
    }
    const { source } = await sourceOf([reading])
    const value = async () => (await source.read(await now()))[0]!.value
    expect(await value()).toBe(0)
    const proposer = keccak256(toBytes('PROPOSER_ROLE'))
    await send(anvil, contract, Timelock, 'grantRole', [proposer, other])
    const granted = await now()
    await warp(hour)
    expect((await source.read(await now()))[0]).toMatchObject({
      name: 'codeChange',
      of: `roles of ${contract}`,
      value: 1,
      asOf: granted,
    })
    await send(anvil, contract, Timelock, 'revokeRole', [proposer, other])
    expect(await value()).toBe(0)
    await send(anvil, contract, Timelock, 'revokeRole', [proposer, admin])
    expect(await value()).toBe(1)
  })

  test('a proxy that runs other code than was looked at is named', async () => {
    const contract = accountOf(0xbeef)
    const slot = '0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc'
    await anvil.call('anvil_setStorageAt', [contract, slot, pad(accountOf(0xaa))])
    await anvil.mine()
    const reading = { kind: 'implementation', chain, contract, expected: accountOf(0xaa) }
    expect((await told([reading])).get(`codeChange code of ${contract}`)!.value).toBe(0)
    await anvil.call('anvil_setStorageAt', [contract, slot, pad(accountOf(0xbb))])
    await anvil.mine()
    expect((await told([reading])).get(`codeChange code of ${contract}`)!.value).toBe(1)
  })
})

describe('the word of a quorum', () => {
  test('what one of three nodes lies about is read as the other two tell it', async () => {
    const contract = await deploy(anvil, PriceFeed, 8, 10n ** 8n)
    const proxy = await startFaultProxy(anvil.url)
    try {
      const zero = `0x${'0'.repeat(64)}`
      proxy.behave(({ method }) => (method === 'eth_call' ? { result: () => zero } : 'pass'))
      const urls = [proxy.url, anvil.url, anvil.url.replace('127.0.0.1', 'localhost')]
      const seen = await told([{ kind: 'oracle', chain, contract, token: 'USD' }], { urls })
      expect(seen.get('oraclePrice USD')!.value).toBe(1)
    } finally {
      await proxy.close()
    }
  })

  test('a contract that is not there is left out, and the others are told', async () => {
    const contract = await deploy(anvil, PriceFeed, 8, 10n ** 8n)
    const seen = await told([
      { kind: 'oracle', chain, contract, token: 'USD' },
      { kind: 'uniswapV2', chain, contract: accountOf(99), token: 'USD', usd: 1 },
    ])
    expect([...seen.keys()]).toEqual(['oraclePrice USD'])
  })

  test('any number a contract tells can feed any feed', async () => {
    const call = 'function balanceOf(address) view returns (uint256)'
    const args = [accountOf(5)]
    await mint(native, accountOf(5), 3n * 10n ** 16n)
    const rate = { kind: 'call', chain, contract: native, call, args, feed: 'coverRate', decimals: 18 }
    expect((await told([rate])).get('coverRate')!.value).toBeCloseTo(0.03, 15)
  })
})

describe('a description', () => {
  test.each([
    [{ kind: 'limit', chain, token: 'USD', usd: 1 }, 'GUARD_MISSING'],
    [{ kind: 'uniswapV2', chain, contract: accountOf(1), token: 'USDC', usd: 1 }, 'TOKEN_UNKNOWN'],
    [{ kind: 'uniswapV2', chain, contract: accountOf(1), token: 'FAR', usd: 1 }, 'TOKEN_NOT_ON_CHAIN'],
    [{ kind: 'oracle', chain: 5, contract: accountOf(1), token: 'USD' }, 'CHAIN_UNKNOWN'],
    [{ kind: 'oracle', chain, contract: accountOf(1) }, 'READING_TOKEN_UNCLEAR'],
    [
      { kind: 'oracle', chain, contract: accountOf(1), feed: 'marketPrice', token: 'USD' },
      'READING_TOKEN_UNCLEAR',
    ],
    [{ kind: 'call', chain, contract: accountOf(1), call: 'event A()', feed: 'cover' }, 'ABI_FUNCTION_UNFIT'],
    [
      {
        kind: 'call',
        chain,
        contract: accountOf(1),
        call: 'function a(uint8) view returns (int8)',
        feed: 'cover',
      },
      'ABI_ARGUMENT_UNFIT',
    ],
  ])('%j is refused as %s', async (reading, code) => {
    await expect(sourceOf([reading])).rejects.toMatchObject({ code })
  })
})

feedSourceContract('feeds on chain', async () => {
  const contract = await deploy(anvil, PriceFeed, 8, 10n ** 8n)
  const proxy = await startFaultProxy(anvil.url)
  const readings = [
    { kind: 'oracle', chain, contract, token: 'USD' },
    { kind: 'fees', chain, usd: 2_000 },
  ]
  const { source, at } = await sourceOf(readings, { urls: [proxy.url] })
  return {
    source,
    at,
    breakDown: async () => proxy.behave(() => 'drop'),
    downCode: 'RPC_NO_QUORUM',
    dispose: () => proxy.close(),
  }
})
