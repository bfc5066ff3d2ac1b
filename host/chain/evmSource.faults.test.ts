import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type EvmSource, evmSource } from './evmSource.ts'
import type { LiveChain } from './LiveBridge.ts'
import { type Anvil, startAnvil } from './testing/anvil.ts'
import { deployEmitter, type Emitter } from './testing/emitter.ts'
import { type FaultProxy, startFaultProxy } from './testing/faultProxy.ts'
import * as Faults from './testing/faults.ts'
import { liveChain, type TestClock, testClock } from './testing/liveChain.ts'
import { type Reader, readerOf } from './testing/reader.ts'

let anvil: Anvil
let emitter: Emitter
let clean: string
/** three ways to one chain, each with faults of its own */
let proxies: readonly [FaultProxy, FaultProxy, FaultProxy]
let reader: Reader | undefined
let source: EvmSource
let clock: TestClock

beforeAll(async () => {
  anvil = await startAnvil()
  emitter = await deployEmitter(anvil)
  const starting = [1, 2, 3].map(() => startFaultProxy(anvil.url))
  proxies = (await Promise.all(starting)) as [FaultProxy, FaultProxy, FaultProxy]
})
afterAll(async () => {
  await Promise.all(proxies.map((proxy) => proxy.close()))
  await anvil.stop()
})
beforeEach(async () => {
  if (clean) await anvil.call('evm_revert', [clean])
  clean = await anvil.call('evm_snapshot')
  clock = testClock()
})
afterEach(async () => {
  for (const proxy of proxies) {
    proxy.behave(Faults.none)
    proxy.shutSockets(false)
  }
  await reader?.stop()
})

describe('one node alone', () => {
  test.each([
    ['gives no answer in time', Faults.hang, 'RPC_TIMEOUT'],
    ['breaks the connection', Faults.drop, 'RPC_UNREACHABLE'],
    ['is down behind its gateway', Faults.down, 'RPC_UNREACHABLE'],
    ['says 429', Faults.limited, 'RPC_LIMITED'],
    ['cuts its JSON short', Faults.malformed, 'RPC_MALFORMED'],
    ['answers JSON that is no JSON-RPC', Faults.notJsonRpc, 'RPC_MALFORMED'],
    ['answers nonsense for a block', nonsense, 'RPC_MALFORMED'],
    ['refuses', () => ({ error: { code: -32603, message: 'internal' } }), 'RPC_REFUSED'],
  ] as const)('%s, then recovers: nothing is lost and nothing made up', async (_, fault, code) => {
    const [proxy] = proxies
    await follow([proxy], { timeoutMilliseconds: 300 }).untilBlock(await lockAndMine(1))
    proxy.behave(fault)
    await problemOf(proxy, code)
    const tip = await lockAndMine(2)
    proxy.behave(Faults.none)
    expect((await reader!.untilBlock(tip)).observations).toMatchObject([{ message: '2' }])
    await theChainIsTold()
    expect(troubles()).toEqual([])
  })

  test('leaves out logs: its own header gives it away, and the block waits', async () => {
    const [proxy] = proxies
    await follow([proxy]).untilBlock(await lockAndMine(1))
    proxy.behave(Faults.withoutLogs)
    const tip = await lockAndMine(2)
    const { name, what } = await reader!.until('trouble')
    expect(name).toBe('SourceDisagreement')
    expect(what).toMatch(/logs of block 3 are missing: its header has traces of more/)
    expect(reader!.chain().at(-1)!.number).toBe(2)
    proxy.behave(Faults.none)
    expect((await reader!.untilBlock(tip)).observations).toMatchObject([{ message: '2' }])
  })

  test('invents a log: its own header gives it away', async () => {
    const [proxy] = proxies
    await follow([proxy]).untilBlock(await lockAndMine(1))
    proxy.behave(Faults.changedLogs((log) => ({ ...log, topics: [log.topics[0]!, ...twoTopics(log), beef] })))
    await lockAndMine(2)
    expect((await reader!.until('trouble')).what).toMatch(/the header of block 3 knows nothing of a log/)
  })

  test('tells logs of another block', async () => {
    const [proxy] = proxies
    await follow([proxy]).untilBlock(await lockAndMine(1))
    proxy.behave(Faults.changedLogs((log) => ({ ...log, blockHash: beef })))
    await lockAndMine(2)
    expect((await reader!.until('trouble')).what).toMatch(/a log of block 3 is of another block/)
  })

  test('goes back in height: it lags, and nothing is taken back', async () => {
    const [proxy] = proxies
    await follow([proxy]).untilBlock(await anvil.mine(10))
    proxy.behave(Faults.frozenAt(4))
    await heightOf(proxy, 4)
    proxy.behave(Faults.none)
    await reader!.untilBlock(await anvil.mine(2))
    expect(reader!.signals.filter(({ kind }) => kind === 'reorg')).toEqual([])
    await theChainIsTold()
  })

  test('stands still: said once, and again when it happens again', async () => {
    const [proxy] = proxies
    await follow([proxy]).untilBlock(await lockAndMine(1))
    for (const times of [1, 2]) {
      clock.turn(60)
      const trouble = await reader!.until('trouble')
      expect(trouble).toMatchObject({ name: 'SourceStale', chain: 31337, at: expect.any(Number) })
      expect(trouble.what).toMatch(/no new block after \d+ for 60 s: 127.0.0.1:\d+ stands at \d+/)
      clock.turn(600)
      await reader!.untilBlock(await anvil.mine())
      expect(troubles()).toHaveLength(times)
    }
  })

  test('is of another chain: a mistake that ends the watch', async () => {
    const [proxy] = proxies
    proxy.behave(Faults.ofChain(5))
    await expect(follow([proxy]).until('block')).rejects.toMatchObject({
      code: 'CHAIN_ID_WRONG',
      message: expect.stringMatching(
        /^Local: 127.0.0.1:\d+: it is a node of chain 5; expected a node of chain 31337/,
      ),
    })
  })

  test('asks for patience: it is asked again after as long as it said', async () => {
    const [proxy] = proxies
    const slept: number[] = []
    clock = { ...clock, sleep: (milliseconds) => testClock().sleep(slept.push(milliseconds) && 1) }
    proxy.behave(() => ({ ...Faults.limited(), headers: { 'retry-after': '7' } }))
    const tip = await anvil.mine()
    const block = follow([proxy]).untilBlock(tip)
    await problemOf(proxy, 'RPC_LIMITED')
    const before = proxy.seen.get('eth_chainId')!
    await untilTrue(() => proxy.seen.get('eth_chainId')! > before)
    expect(slept.filter((each) => each === 500).length).toBeGreaterThanOrEqual(14)
    proxy.behave(Faults.none)
    await block
  })
})

describe('a websocket', () => {
  const byWebsocketOnly = { pollMilliseconds: 3_600_000 }

  test('that breaks off is opened again, and heads come through it again', async () => {
    const [proxy] = proxies
    follow([{ url: proxy.url, heads: proxy.ws }], byWebsocketOnly)
    const first = reader!.untilBlock(await lockAndMine(1))
    await untilTrue(() => source.status()[0]!.isFed)
    await first
    for (const nonce of [2, 3, 4]) {
      const opened = proxy.socketsOpened()
      proxy.cutSockets()
      await untilTrue(() => proxy.socketsOpened() > opened && source.status()[0]!.isFed)
      expect((await reader!.untilBlock(await lockAndMine(nonce))).observations).toMatchObject([
        { message: String(nonce) },
      ])
    }
  })

  test('that cannot be opened: polling does it', async () => {
    const [proxy] = proxies
    proxy.shutSockets(true)
    follow([{ url: proxy.url, heads: proxy.ws }])
    await reader!.untilBlock(await lockAndMine(1))
    await reader!.untilBlock(await lockAndMine(2))
    expect(source.status()[0]).toMatchObject({ isFed: false, problem: null })
  })
})

describe('two of three', () => {
  test.each([
    ['gives no answer', Faults.hang],
    ['cuts its JSON short', Faults.malformed],
    ['leaves out logs', Faults.withoutLogs],
    ['stands still', Faults.frozenAt(1)],
    ['is of another chain', Faults.ofChain(5)],
    ['has another block', Faults.forgedHash(3, `0x${'be'.repeat(32)}`)],
    ['changes an amount', Faults.changedLogs((log) => ({ ...log, data: log.data.replace(/.$/, 'f') }))],
  ] as const)('are enough when the third %s', async (_, fault) => {
    proxies[2].behave(fault)
    follow(proxies, { timeoutMilliseconds: 60_000 })
    for (const nonce of [1, 2, 3, 4, 5, 6, 7]) {
      expect((await reader!.untilBlock(await lockAndMine(nonce))).observations).toMatchObject([
        { message: String(nonce), amount: 1_000n },
      ])
    }
    await theChainIsTold()
  })

  test.each([
    ['leaves out logs', Faults.withoutLogs, /logs of block \d+ are missing/],
    ['is of another chain', Faults.ofChain(5), /node of chain 5.*left out/],
    [
      'has another block',
      Faults.forgedHash(3, `0x${'be'.repeat(32)}`),
      /another block 3|other contents of block 4/,
    ],
    [
      'changes an amount',
      Faults.changedLogs((log) => ({ ...log, data: log.data.replace(/.$/, 'f') })),
      /tells other contents of block \d+/,
    ],
  ] as const)('agree, and an alarm names the third that %s', async (_, fault, says) => {
    proxies[2].behave(fault)
    follow(proxies)
    for (const nonce of [1, 2, 3, 4, 5, 6, 7]) await reader!.untilBlock(await lockAndMine(nonce))
    const { name, what } = troubles()[0] ?? (await reader!.until('trouble'))
    expect(name).toBe('SourceDisagreement')
    expect(what).toMatch(says)
    expect(what).toContain(new URL(proxies[2].url).host)
    expect(what).not.toContain(new URL(proxies[0].url).host)
    proxies[2].behave(Faults.none)
    await reader!.untilBlock(await lockAndMine(8))
    await theChainIsTold()
  })

  test('that is said once for as long as it lasts', async () => {
    proxies[2].behave(Faults.ofChain(5))
    follow(proxies)
    await reader!.until('trouble')
    for (const nonce of [1, 2, 3]) await reader!.untilBlock(await lockAndMine(nonce))
    expect(troubles()).toHaveLength(1)
    proxies[2].behave(Faults.none)
    await untilTrue(() => source.status()[2]!.problem === null)
    await reader!.untilBlock(await lockAndMine(4))
    proxies[2].behave(Faults.withoutLogs)
    await lockAndMine(5)
    expect((await reader!.until('trouble')).what).toMatch(/logs of block/)
  })

  test('that contradict each other: no block counts, and all are named', async () => {
    follow([proxies[0], proxies[1]], { quorum: 2 })
    await reader!.untilBlock(await lockAndMine(1))
    proxies[1].behave(Faults.changedLogs((log) => ({ ...log, data: log.data.replace(/.$/, 'f') })))
    for (const nonce of [2, 3, 4, 5]) await lockAndMine(nonce)
    const { what } = await reader!.until('trouble')
    for (const { url } of proxies.slice(0, 2)) expect(what).toContain(new URL(url).host)
    expect(reader!.chain().at(-1)!.number).toBe(2)
  })

  test('that fail with the third: the chain stands still, and each node is named with its reason', async () => {
    follow(proxies)
    await reader!.untilBlock(await lockAndMine(1))
    proxies[0].behave(Faults.drop)
    proxies[1].behave(Faults.limited)
    await problemOf(proxies[0], 'RPC_UNREACHABLE')
    await problemOf(proxies[1], 'RPC_LIMITED')
    const tip = await lockAndMine(2)
    await heightOf(proxies[2], 3)
    clock.turn(60)
    const { name, what } = await reader!.until('trouble')
    expect(name).toBe('SourceStale')
    expect(what).toMatch(/no connection.*too many requests.*stands at 3/)
    proxies[0].behave(Faults.none)
    await reader!.untilBlock(tip)
  })

  test('that come to another branch first: the reorg is told once, when they agree', async () => {
    follow(proxies)
    await reader!.untilBlock(await anvil.mine(9))
    proxies[0].behave(Faults.drop)
    await problemOf(proxies[0], 'RPC_UNREACHABLE')
    await anvil.replace(6)
    await reader!.untilBlock(await anvil.mine())
    proxies[0].behave(Faults.none)
    await reader!.untilBlock(await anvil.mine(4))
    expect(reader!.signals.filter(({ kind }) => kind === 'reorg')).toHaveLength(1)
    expect(troubles()).toEqual([])
    await theChainIsTold()
  })
})

const beef = `0x${'be'.repeat(32)}`

function twoTopics({ topics }: Faults.RawLog): string[] {
  return topics.slice(1, 3)
}

function nonsense({ method }: { readonly method: string }) {
  return method === 'eth_getBlockByNumber' ? { result: () => ({ number: 7, hash: 'no' }) } : Faults.none()
}

function follow(
  nodes: readonly { readonly url: string; readonly heads?: string }[],
  changes: Partial<LiveChain> = {},
): Reader {
  source = evmSource(liveChain(nodes, emitter.address, changes), { clock })
  reader = readerOf(source)
  return reader
}

async function lockAndMine(nonce: number): Promise<string> {
  await emitter.lock(nonce)
  return anvil.mine()
}

/** The chain as it was told is the chain as the node itself has it. */
async function theChainIsTold(): Promise<void> {
  const tip = await anvil.call<{ hash: string }>('eth_getBlockByNumber', ['latest', false])
  const told = reader!.chain()
  if (told.at(-1)!.hash !== tip.hash) await reader!.untilBlock(tip.hash)
  const numbers = reader!.chain().map(({ number }) => number)
  expect(numbers).toEqual(numbers.map((_, at) => at))
}

function troubles() {
  return reader!.signals.filter((signal) => signal.kind === 'trouble')
}

async function problemOf({ url }: Pick<FaultProxy, 'url'>, code: string): Promise<void> {
  await untilTrue(() => statusOf(url)?.problem?.includes(code) === true)
}

async function heightOf({ url }: Pick<FaultProxy, 'url'>, height: number): Promise<void> {
  await untilTrue(() => statusOf(url)?.height === height)
}

function statusOf(url: string) {
  return source.status().find(({ name }) => name === new URL(url).host)
}

/** Reads on while waiting: a source that nobody reads from does nothing. */
async function untilTrue(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await testClock().sleep(2)
}
