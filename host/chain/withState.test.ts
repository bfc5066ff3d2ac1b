import type { Observation } from '@cutwater/core/bridge/Observation.ts'
import type { ChainSignal } from '@cutwater/engine/ports/ChainSource.ts'
import { type Hex, parseAbiItem, toFunctionSelector } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chainlinkPrices } from './chainlinkPrices.ts'
import { evmSource } from './evmSource.ts'
import type { StateRead } from './StateRead.ts'
import { type Anvil, startAnvil } from './testing/anvil.ts'
import { accountOf } from './testing/emitter.ts'
import { liveChain, testClock } from './testing/liveChain.ts'
import { oneAnswer } from './testing/oneAnswer.ts'
import { withState } from './withState.ts'

let anvil: Anvil
beforeAll(async () => {
  anvil = await startAnvil()
})
afterAll(() => anvil.stop())

const dead = 'http://127.0.0.1:9'
const token = accountOf(0xc1)

function chainOf(state: readonly StateRead[], urls: readonly string[] = [anvil.url]) {
  return liveChain(
    urls.map((url) => ({ url })),
    accountOf(1),
    { state, finality: { by: 'blocks', depth: 2, seconds: 2 } },
  )
}

/** What the blocks up to the head tell of state, by block. */
async function told(state: readonly StateRead[], startBlock: number) {
  const chain = { ...chainOf(state), startBlock }
  const head = Number(await anvil.call<Hex>('eth_blockNumber'))
  const source = withState(evmSource(chain, { clock: testClock() }), chain)
  const blocks = new Map<number, readonly Observation[]>()
  for await (const signal of source.follow() as AsyncIterable<ChainSignal>) {
    if (signal.kind !== 'block') continue
    blocks.set(signal.block.number, signal.block.observations)
    if (signal.block.number >= head) source.stop()
  }
  return blocks
}

describe('state beside the log', () => {
  test('what is held and issued comes with each new block, and with none of a catching-up', async () => {
    const locked = await oneAnswer(anvil, 0xc1, [700n])
    const minted = await oneAnswer(anvil, 0xc2, [900n])
    await anvil.mine(40)
    const blocks = await told(
      [
        { kind: 'locked', token: locked, holder: accountOf(9) },
        { kind: 'minted', token: minted },
      ],
      1,
    )
    const newest = blocks.get(40)!
    expect(newest).toMatchObject([
      { kind: 'holding', chain: 31337, block: 40, token: locked, what: 'locked', amount: 700n },
      { kind: 'holding', chain: 31337, block: 40, token: minted, what: 'minted', amount: 900n },
    ])
    expect(blocks.get(10)).toEqual([])
  })

  test('a pool is asked for its reserves: what ours is worth in the other', async () => {
    // token0 is ours, and 193 of it stand against 386 of a token with one decimal more.
    const pair = await oneAnswer(anvil, 0xd1, [BigInt(token), 386n, 0n])
    await anvil.mine()
    const read: StateRead = { kind: 'pool', symbol: 'USDC', pair, token, decimals: 6, againstDecimals: 7 }
    const quotes = [...(await told([read], 30)).values()].at(-1)!
    expect(quotes).toMatchObject([{ kind: 'quote', token: 'USDC', source: 'pool' }])
    expect((quotes[0] as { price: number }).price).toBeCloseTo(0.2, 12)
  })

  test('an emptied pool has no price, and neither has an oracle that says nothing', async () => {
    const pair = await oneAnswer(anvil, 0xd2, [BigInt(token), 0n, 0n])
    const silent = await oneAnswer(anvil, 0xd3, [0n])
    await anvil.mine()
    const pool: StateRead = { kind: 'pool', symbol: 'USDC', pair, token, decimals: 6, againstDecimals: 6 }
    expect([...(await told([pool, oracle(silent)], 30)).values()].at(-1)).toEqual([])
  })

  test('an oracle is asked by its own call', async () => {
    const contract = await oneAnswer(anvil, 0xd4, [1_020_000n])
    await anvil.mine()
    expect([...(await told([oracle(contract)], 30)).values()].at(-1)).toMatchObject([
      { kind: 'quote', token: 'USDC', source: 'oracle', price: 1.02 },
    ])
  })

  test('what cannot be read is left out and said, and the block comes all the same', async () => {
    const nobody = accountOf(0xee)
    await anvil.mine()
    const chain = { ...chainOf([{ kind: 'minted', token: nobody }]), startBlock: 40 }
    const said: string[] = []
    const source = withState(evmSource(chain, { clock: testClock() }), chain, (_, what) => said.push(what))
    for await (const signal of source.follow()) {
      if (signal.kind !== 'block') continue
      expect(signal.block.observations).toEqual([])
      source.stop()
    }
    expect(said[0]).toMatch(/^the state of block 40 of Local was not read/)
  })
})

describe('prices by oracles on chain', () => {
  const ask = async (contract: Hex, maxAgeSeconds = 3_600, urls = [anvil.url]) => {
    const said: string[] = []
    const oracles = [{ priceId: 'eth', contract, maxAgeSeconds }]
    const source = chainlinkPrices(chainOf([], urls), oracles, (_, what) => said.push(what))
    return { prices: await source.read(), said }
  }
  // The first word is decimals() and roundId alike.
  const round = async (number: number, answer: bigint, age: number) => {
    const { timestamp } = await anvil.call<{ timestamp: Hex }>('eth_getBlockByNumber', ['latest', false])
    const updatedAt = BigInt(timestamp) - BigInt(age)
    return oneAnswer(anvil, number, [8n, answer, updatedAt, updatedAt, 8n])
  }

  test('come with the decimals of their oracle', async () => {
    expect(await ask(await round(0xe1, 2_000_50000000n, 60))).toEqual({
      prices: [{ priceId: 'eth', price: 2_000.5 }],
      said: [],
    })
  })

  test.each([
    ['old', 1n, 7_200, /silent for longer than 3600 s/],
    ['zero', 0n, 60, /no positive number/],
    ['negative', 2n ** 256n - 5n, 60, /no positive number/],
  ] as const)('one that is %s is none, and said', async (_, answer, age, says) => {
    const { prices, said } = await ask(await round(0xe2, answer, age))
    expect(prices).toEqual([])
    expect(said).toEqual([expect.stringMatching(says)])
  })

  test('without a quorum there is none', async () => {
    const { prices, said } = await ask(await round(0xe3, 5n, 60), 3_600, [anvil.url, dead])
    expect(prices).toEqual([])
    expect(said).toHaveLength(1)
  })
})

function oracle(contract: Hex): StateRead {
  const abi = parseAbiItem('function price() view returns (uint256)')
  return { kind: 'oracle', symbol: 'USDC', contract, call: toFunctionSelector(abi), abi, decimals: 6 }
}
