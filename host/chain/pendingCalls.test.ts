import type { Hex } from 'viem'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type PendingCalls, pendingCalls } from './pendingCalls.ts'
import { type Anvil, startAnvil } from './testing/anvil.ts'
import { accountOf } from './testing/emitter.ts'
import { type FaultProxy, startFaultProxy } from './testing/faultProxy.ts'
import { liveChain, testClock } from './testing/liveChain.ts'

let anvil: Anvil
let proxies: readonly FaultProxy[]
let from: Hex
let calls: PendingCalls

beforeAll(async () => {
  anvil = await startAnvil()
  proxies = await Promise.all([1, 2].map(() => startFaultProxy(anvil.url)))
  from = (await anvil.call<Hex[]>('eth_accounts'))[0]!
})
afterAll(async () => {
  await Promise.all(proxies.map((proxy) => proxy.close()))
  await anvil.stop()
})
afterEach(() => calls.stop())

const bridge = accountOf(0xb1)

test('a call to the contract is told before it is mined, with what it pays', async () => {
  const next = await listening()
  const hash = await send({
    to: bridge,
    data: '0xfeed',
    maxFeePerGas: '0x77359400',
    maxPriorityFeePerGas: '0x5',
  })
  expect(await next()).toEqual({
    hash,
    from,
    to: bridge,
    data: '0xfeed',
    value: 0n,
    nonce: expect.any(Number),
    maxFeePerGas: 2_000_000_000n,
    maxPriorityFeePerGas: 5n,
  })
  expect(await anvil.call('eth_getTransactionReceipt', [hash])).toBeNull()
})

test('a legacy transaction pays its price for both, and other contracts are left out', async () => {
  const next = await listening()
  await send({ to: accountOf(0xb2), data: '0x01' })
  await send({ data: '0x5f5ff3' })
  const hash = await send({ to: bridge, data: '0x02', gasPrice: '0x77359400' })
  const fee = 2_000_000_000n
  expect(await next()).toMatchObject({ hash, data: '0x02', maxFeePerGas: fee, maxPriorityFeePerGas: fee })
})

test('two nodes tell the same once, and a broken websocket is opened again', async () => {
  const next = await listening()
  const first = await send({ to: bridge, data: '0x03' })
  const second = await send({ to: bridge, data: '0x04' })
  expect([(await next()).hash, (await next()).hash]).toEqual([first, second])
  const before = proxies.map((proxy) => proxy.socketsOpened())
  for (const proxy of proxies) proxy.cutSockets()
  await untilTrue(() => proxies.every((proxy, at) => proxy.socketsOpened() > before[at]!) && calls.isOpen())
  const third = await send({ to: bridge, data: '0x05' })
  expect((await next()).hash).toBe(third)
})

test('without a websocket nothing is told, and stop ends it', async () => {
  calls = pendingCalls(liveChain([anvil], bridge), { to: [bridge], clock: testClock() })
  const next = calls[Symbol.asyncIterator]().next()
  await send({ to: bridge, data: '0x06' })
  expect(calls.isOpen()).toBe(false)
  calls.stop()
  expect(await next).toEqual({ done: true, value: undefined })
})

async function listening() {
  const nodes = proxies.map(({ url, ws }) => ({ url, heads: ws }))
  calls = pendingCalls(liveChain(nodes, bridge), { to: [bridge], clock: testClock() })
  await untilTrue(() => calls.isOpen())
  const iterator = calls[Symbol.asyncIterator]()
  return async () => (await iterator.next()).value!
}

function send(transaction: object): Promise<Hex> {
  return anvil.call<Hex>('eth_sendTransaction', [{ from, gas: '0x20000', ...transaction }])
}

async function untilTrue(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await testClock().sleep(2)
}
