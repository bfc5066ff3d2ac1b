import type { Pending } from '@cutwater/engine/ports/PendingSource.ts'
import { type Hex, numberToHex, pad } from 'viem'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type EvmPending, evmPending } from './evmPending.ts'
import { isSigned } from './isSigned.ts'
import { type Anvil, startAnvil } from './testing/anvil.ts'
import { accountOf, deployEmitter, type Emitter } from './testing/emitter.ts'
import { liveChain, testClock } from './testing/liveChain.ts'

let anvil: Anvil
let emitter: Emitter
let pending: EvmPending | undefined
beforeAll(async () => {
  anvil = await startAnvil()
  emitter = await deployEmitter(anvil)
})
afterAll(() => anvil.stop())
afterEach(() => pending?.stop())

const dead = 'http://127.0.0.1:9'

async function listening(
  nodes: readonly { url: string; heads?: string }[] = [{ url: anvil.url, heads: anvil.ws }],
) {
  const said: string[] = []
  pending = evmPending(liveChain(nodes, emitter.address), {
    clock: testClock(),
    say: (_, what) => said.push(what),
  })
  const iterator = pending.follow()[Symbol.asyncIterator]()
  while (!pending.isOpen()) await testClock().sleep(2)
  return { next: async () => (await iterator.next()).value as Pending, said }
}

describe('a call that waits', () => {
  test('is told as the legs it would log, with what it offers, before it is mined', async () => {
    const { next } = await listening()
    const tx = await emitter.lock(7, 5_000n)
    expect(await next()).toMatchObject({
      chain: 31337,
      tx,
      observations: [{ kind: 'lock', message: '7', peer: 20, amount: 5_000n, tx, chain: 31337 }],
      offer: { maxFeePerGas: expect.any(BigInt), maxPriorityFeePerGas: expect.any(BigInt) },
    })
    expect(await anvil.call('eth_getTransactionReceipt', [tx])).toBeNull()
    await anvil.mine()
  })

  test('and logs nothing of interest is left out', async () => {
    const { next } = await listening()
    await emitter.log([pad(numberToHex(99))], '0x')
    const tx = await emitter.lock(8)
    expect((await next()).tx).toBe(tx)
    await anvil.mine()
  })

  test('that no quorum can simulate is left out and said', async () => {
    const { next, said } = await listening([{ url: anvil.url, heads: anvil.ws }, { url: dead }])
    void next()
    await emitter.lock(9)
    while (said.length === 0) await testClock().sleep(5)
    expect(said[0]).toMatch(/^a waiting transaction could not be simulated/)
    await anvil.mine()
  })
})

describe('a transaction as a node tells it', () => {
  const sent = async (fields: object) => {
    const [from] = await anvil.call<Hex[]>('eth_accounts')
    const hash = await anvil.call<Hex>('eth_sendTransaction', [
      { from, to: accountOf(7), gas: '0x20000', data: '0xfeed', ...fields },
    ])
    return anvil.call<Record<string, unknown>>('eth_getTransactionByHash', [hash])
  }

  test.each([
    ['legacy', { gasPrice: '0x77359400' }],
    [
      'with an access list',
      { gasPrice: '0x77359400', accessList: [{ address: accountOf(7), storageKeys: [] }] },
    ],
    ['EIP-1559', { maxFeePerGas: '0x77359400', maxPriorityFeePerGas: '0x1' }],
  ])('%s is what its sender signed, and nothing of it can be changed', async (_, fields) => {
    const told = await sent(fields)
    expect(await isSigned(told)).toBe(true)
    for (const change of [
      { from: accountOf(8) },
      { to: accountOf(8) },
      { input: '0xfeee' },
      { value: '0x1' },
      { nonce: '0x63' },
      { hash: `0x${'ab'.repeat(32)}` },
      { r: `0x${'11'.repeat(32)}` },
      { r: null },
    ])
      expect(await isSigned({ ...told, ...change })).toBe(false)
  })

  test.each([null, {}, 'transaction', { hash: '0x' }])('%o is none', async (told) => {
    expect(await isSigned(told)).toBe(false)
  })
})
