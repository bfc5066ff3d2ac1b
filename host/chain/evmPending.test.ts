import * as Timelock from '@cutwater/contracts/generated/Timelock.ts'
import type { Pending } from '@cutwater/engine/ports/PendingSource.ts'
import { encodeFunctionData, type Hex, numberToHex, pad, toEventSelector, zeroAddress, zeroHash } from 'viem'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type EvmPending, evmPending } from './evmPending.ts'
import { isSigned } from './isSigned.ts'
import type { LiveChain } from './LiveBridge.ts'
import { type Anvil, startAnvil } from './testing/anvil.ts'
import { deploy, send } from './testing/deploy.ts'
import { accountOf, deployEmitter, type Emitter, instruction } from './testing/emitter.ts'
import { liveChain, testClock } from './testing/liveChain.ts'
import * as WatchedEvent from './WatchedEvent.ts'

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
  changes: Partial<LiveChain> = {},
) {
  const said: string[] = []
  pending = evmPending(liveChain(nodes, emitter.address, changes), {
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

describe('a call to another contract that calls the bridge', () => {
  const abi = 'event ThresholdChanged(uint256 threshold)'
  const changed = WatchedEvent.create({ abi, kind: 'SignerSetChanged' }, ([part]) => part ?? '')
  const change = instruction([toEventSelector(abi)], pad('0x1'))

  // A timelock that asks nobody and waits for nothing passes on whatever it is given.
  const passOn = async () => {
    const [from] = await anvil.call<[Hex]>('eth_accounts')
    const through = await deploy(anvil, Timelock, 0n, [from], [zeroAddress], from)
    const call = [emitter.address, 0n, change, zeroHash, zeroHash] as const
    await send(anvil, through, Timelock, 'schedule', [...call, 0n])
    await anvil.mine()
    const execute = encodeFunctionData({ abi: Timelock.abi, functionName: 'execute', args: call })
    const contracts = [{ address: emitter.address, events: [changed] }]
    return { through, contracts, from, execute }
  }

  test.each([
    ['is told as the change it would make, made without the timelock', false],
    ['is told as an announced change where it is the timelock', true],
  ])('%s', async (_, announced) => {
    const { through, contracts, from, execute } = await passOn()
    const { next } = await listening(undefined, {
      contracts,
      entrances: [through],
      timelock: announced ? through : null,
    })
    const tx = await anvil.call<Hex>('eth_sendTransaction', [{ from, to: through, data: execute }])
    expect(await next()).toMatchObject({
      tx,
      observations: [{ kind: 'change', name: 'SignerSetChanged', announced, tx }],
    })
    await anvil.mine()
  })

  test('is not looked at where the description does not name that contract', async () => {
    const { through, contracts, from, execute } = await passOn()
    const { next } = await listening(undefined, { contracts })
    await anvil.call<Hex>('eth_sendTransaction', [{ from, to: through, data: execute }])
    const direct = await emitter.log([toEventSelector(abi)], pad('0x2'))
    expect((await next()).tx).toBe(direct)
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
