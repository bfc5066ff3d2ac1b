import type { ChainSignal, Standing } from '@cutwater/engine/ports/ChainSource.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { evmSource } from './evmSource.ts'
import type { LiveChain } from './LiveBridge.ts'
import { type Anvil, startAnvil } from './testing/anvil.ts'
import { accountOf, deployEmitter, type Emitter, lockedLog } from './testing/emitter.ts'
import { type FaultProxy, startFaultProxy } from './testing/faultProxy.ts'
import { liveChain, testClock } from './testing/liveChain.ts'
import { type Reader, readerOf } from './testing/reader.ts'

let anvil: Anvil
let emitter: Emitter
let clean: string

beforeAll(async () => {
  anvil = await startAnvil()
  emitter = await deployEmitter(anvil)
})
afterAll(() => anvil.stop())
beforeEach(async () => {
  // Every test has the chain to itself, from the emitter's block on.
  if (clean) await anvil.call('evm_revert', [clean])
  clean = await anvil.call('evm_snapshot')
})

describe('backfill', () => {
  test('tells every block once, with what the bridge did in it, and what is final', async () => {
    await emitter.lock(1)
    await anvil.mine(3)
    await emitter.lock(2)
    await emitter.lock(3, 77n)
    await anvil.mine(20)
    const tip = await tipHash()
    const reader = read({})
    await reader.untilBlock(tip)
    expect(reader.chain().map(({ number }) => number)).toEqual(range(0, 24))
    expect(legs(reader.signals)).toEqual(['2:1', '5:2', '5:3'])
    expect(reader.chain()[5]!.observations[1]).toMatchObject({
      kind: 'lock',
      chain: 31337,
      block: 5,
      index: 1,
      message: '3',
      peer: 20,
      amount: 77n,
      beneficiary: accountOf(2),
      at: reader.chain()[5]!.at,
    })
    expect(await reader.until('finalize')).toEqual({ kind: 'finalize', chain: 31337, number: 16 })
    await reader.stop()
  })

  test('is the same in small ranges, in batches, and with final blocks let go on the way', async () => {
    for (const nonce of range(1, 12)) {
      await emitter.lock(nonce)
      await anvil.mine(nonce)
    }
    const tip = await tipHash()
    const whole = read({})
    await whole.untilBlock(tip)
    const pieces = read({ rangeBlocks: 7, rpcs: [{ http: anvil.url, ws: null, batch: 5 }] })
    await pieces.untilBlock(tip)
    expect(pieces.chain()).toEqual(whole.chain())
    expect(legs(pieces.signals).map((each) => each.split(':')[1])).toEqual(range(1, 12).map(String))
    await Promise.all([whole.stop(), pieces.stop()])
  })

  test('begins at the configured block', async () => {
    await anvil.mine(9)
    const reader = read({ startBlock: 6 })
    await reader.untilBlock(await tipHash())
    expect(reader.chain().map(({ number }) => number)).toEqual(range(6, 10))
    await reader.stop()
  })

  test('halves its questions until the node answers them', async () => {
    const proxy = await startFaultProxy(anvil.url)
    await emitter.lock(1)
    await anvil.mine(40)
    proxy.behave(({ method, params }) => {
      const { fromBlock, toBlock } = (params[0] ?? {}) as { fromBlock?: string; toBlock?: string }
      const isLarge = method === 'eth_getLogs' && Number(toBlock) - Number(fromBlock) >= 5
      return isLarge ? { error: { code: -32000, message: 'range too large' } } : 'pass'
    })
    const reader = readProxies([proxy], {})
    await reader.untilBlock(await tipHash())
    expect(reader.chain()).toHaveLength(42)
    expect(legs(reader.signals)).toEqual(['2:1'])
    await reader.stop()
    await proxy.close()
  })
})

describe('live', () => {
  test('new blocks come by polling', async () => {
    const reader = read({})
    await reader.untilBlock(await tipHash())
    for (const nonce of [1, 2, 3]) {
      await emitter.lock(nonce)
      const { observations } = await reader.untilBlock(await anvil.mine())
      expect(observations).toMatchObject([{ message: String(nonce) }])
    }
    await reader.stop()
  })

  test('new blocks come by websocket, without a poll', async () => {
    const reader = read({ ...neverPolling, rpcs: [{ http: anvil.url, ws: anvil.ws, batch: 1 }] })
    await reader.untilBlock(await tipHash())
    for (const nonce of [1, 2, 3]) {
      await emitter.lock(nonce)
      expect((await reader.untilBlock(await anvil.mine())).observations).toHaveLength(1)
    }
    await reader.stop()
  })

  test('finality may go by age', async () => {
    const start = Number(await anvil.call<string>('eth_getBlockByNumber', ['latest', false]).then(timeOf))
    for (const seconds of [100, 200, 300, 400]) {
      await anvil.call('evm_setNextBlockTimestamp', [start + seconds])
      await anvil.mine()
    }
    const reader = read({ finality: { by: 'seconds', depth: 300, seconds: 250 } })
    await reader.untilBlock(await tipHash())
    expect((await reader.until('finalize')).number).toBe(2)
    await reader.stop()
  })
})

describe('reorgs', () => {
  test.each(range(1, 7))(
    '%i blocks deep: back to the last common block, then the new ones',
    async (depth) => {
      await anvil.mine(12)
      const reader = read({})
      await reader.untilBlock(await tipHash())
      const before = reader.chain().map(({ hash }) => hash)
      await anvil.replace(depth)
      await emitter.lock(1)
      const reorg = reader.until('reorg')
      const tip = await anvil.mine()
      expect(await reorg).toEqual({
        kind: 'reorg',
        chain: 31337,
        to: { number: before.length - 1 - depth, hash: before.at(-1 - depth) },
        dropped: before.slice(-depth),
      })
      await reader.untilBlock(tip)
      expect(reader.chain().map(({ hash }) => hash)).toEqual(await canonicalHashes())
      await reader.stop()
    },
  )

  test('a leg that is moved to another block goes and comes again', async () => {
    await anvil.mine(3)
    await emitter.lock(1)
    const reader = read({})
    await reader.untilBlock(await anvil.mine())
    await anvil.call('anvil_rollback', [2])
    await anvil.mine()
    await emitter.lock(2)
    await emitter.lock(1)
    const tip = await anvil.mine(2)
    await reader.untilBlock(tip)
    expect(reader.signals.filter(({ kind }) => kind === 'reorg')).toHaveLength(1)
    expect(legs(reader.chain().map((block) => ({ kind: 'block', block })))).toEqual(['5:2', '5:1'])
    await reader.stop()
  })

  test('deeper than finality: a loud trouble, and no block until people have looked', async () => {
    await anvil.mine(20)
    const reader = read({ finality: { by: 'blocks', depth: 3, seconds: 3 } })
    await reader.until('finalize')
    await anvil.replace(9)
    await anvil.mine(4)
    const { what } = await reader.until('trouble')
    expect(what).toMatch(/its block 18 is 0x\w+; expected 0x\w+, which was final/)
    expect(what).toMatch(/reorganised below what was final/)
    expect(reader.signals.at(-2)!.kind).toBe('finalize')
    await reader.stop()
  })
})

describe('going on after a block', () => {
  test.each([0, 1, 5, 8, 9, 14])('%i blocks behind the tip: neither gap nor double', async (behind) => {
    await emitter.lock(1)
    await anvil.mine(20)
    const hashes = await canonicalHashes()
    const number = hashes.length - 1 - behind
    await emitter.lock(2)
    const tip = await anvil.mine()
    const reader = read({}, { number, hash: hashes[number]! })
    await reader.untilBlock(tip)
    expect(reader.signals[0]).toMatchObject({ block: { number: number + 1, parentHash: hashes[number] } })
    expect(reader.chain().map(({ hash }) => hash)).toEqual([...hashes.slice(number + 1), tip])
    await reader.stop()
  })

  test('that was dropped meanwhile: a reorg first, to what was final then', async () => {
    await anvil.mine(20)
    const earlier = read({})
    await earlier.untilBlock(await tipHash())
    await earlier.stop()
    const before = earlier.chain()
    const after = before.at(-1)!
    await anvil.replace(5)
    const reader = read({}, after, earlier.signals)
    const to = after.number - 8
    const reorg = { to: { number: to, hash: before[to]!.hash }, dropped: [after.hash] }
    expect(await reader.until('reorg')).toMatchObject(reorg)
    await reader.untilBlock(await tipHash())
    expect(reader.chain().map(({ hash }) => hash)).toEqual(await canonicalHashes())
    await reader.stop()
  })

  test('that was dropped meanwhile: no reorg goes below what was told to be final, though the chain was higher then', async () => {
    await anvil.mine(20)
    const before = await canonicalHashes()
    const number = before.length - 1
    const final = number - 3
    await anvil.replace(2)
    const reader = read({}, { number, hash: before[number]!, final })
    expect(await reader.until('reorg')).toMatchObject({ to: { number: final, hash: before[final]! } })
    await reader.untilBlock(await tipHash())
    const told = reader.signals.flatMap((signal) => (signal.kind === 'block' ? [signal.block.hash] : []))
    expect(told).toEqual((await canonicalHashes()).slice(final + 1))
    await reader.stop()
  })

  test('and a reorg below that very block is still a reorg', async () => {
    await anvil.mine(20)
    const hashes = await canonicalHashes()
    const reader = read({}, { number: 21, hash: hashes[21]! })
    await reader.untilBlock(await anvil.mine())
    await anvil.replace(6)
    expect(await reader.until('reorg')).toMatchObject({ to: { number: 16, hash: hashes[16] } })
    await reader.stop()
  })

  test('where blocks are final at once', async () => {
    await anvil.mine(5)
    const finality = { by: 'blocks', depth: 0, seconds: 0 } as const
    const hashes = await canonicalHashes()
    const reader = read({ finality }, { number: 4, hash: hashes[4]! })
    await reader.untilBlock(hashes.at(-1)!)
    expect(reader.chain().map(({ number }) => number)).toEqual([5, 6])
    expect((await reader.until('finalize')).number).toBe(6)
    await reader.stop()
  })

  test('before the first block there is', async () => {
    const hashes = await canonicalHashes()
    const reader = read({ startBlock: 1 }, { number: 0, hash: hashes[0]! })
    await reader.untilBlock(hashes[1]!)
    expect(reader.chain().map(({ number }) => number)).toEqual([1])
    await reader.stop()
  })
})

describe('logs that are not what the operator said', () => {
  test('are told with their transaction and argument; the others count', async () => {
    const [topics, data] = lockedLog(8, 1n)
    await emitter.lock(7)
    const bad = await emitter.log(topics, data.slice(0, -64) as `0x${string}`)
    await emitter.log([topics[0]!], data)
    await emitter.log([`0x${'ee'.repeat(32)}`], '0x')
    await emitter.lock(9)
    const tip = await anvil.mine()
    const reader = read({})
    const { observations } = await reader.untilBlock(tip)
    expect(observations).toMatchObject([{ message: '7' }, { message: '9' }])
    const { name, what } = await reader.until('trouble')
    expect(name).toBe('SourceDisagreement')
    expect(what).toContain(`log 1 of ${bad} is no Locked of ${emitter.address}: amount is missing`)
    expect(what).toContain('id is missing')
    await reader.untilBlock(await anvil.mine())
    await reader.stop()
  })
})

describe('the end', () => {
  test('stop ends the stream, and a stopped source tells nothing', async () => {
    const source = evmSource(liveChain([anvil], emitter.address), { clock: testClock() })
    const reader = readerOf(source)
    await reader.untilBlock(await tipHash())
    const ending = reader.until('trouble')
    source.stop()
    await expect(ending).rejects.toThrow('the source ended')
    expect(await source.follow()[Symbol.asyncIterator]().next()).toEqual({ done: true, value: undefined })
  })

  test('who stops reading ends the stream, and may read again', async () => {
    const source = evmSource(liveChain([anvil], emitter.address), { clock: testClock() })
    for (let times = 0; times < 2; times++) {
      const read = []
      for await (const signal of source.follow()) {
        read.push(signal)
        if (signal.kind === 'block') break
      }
      expect(read).toMatchObject([{ block: { number: 0 } }])
    }
  })
})

const neverPolling: Partial<LiveChain> = { pollMilliseconds: 3_600_000 }

function read(changes: Partial<LiveChain>, after?: Standing, signals?: ChainSignal[]): Reader {
  const chain = liveChain([anvil], emitter.address, changes)
  return readerOf(evmSource(chain, { clock: testClock() }), after, signals)
}

function readProxies(proxies: readonly FaultProxy[], changes: Partial<LiveChain>): Reader {
  return readerOf(evmSource(liveChain(proxies, emitter.address, changes), { clock: testClock() }))
}

function legs(signals: readonly ChainSignal[]): string[] {
  return signals.flatMap((signal) =>
    signal.kind !== 'block'
      ? []
      : signal.block.observations.flatMap((each) =>
          'message' in each ? `${signal.block.number}:${each.message}` : [],
        ),
  )
}

async function tipHash(): Promise<string> {
  return (await anvil.call<{ hash: string }>('eth_getBlockByNumber', ['latest', false])).hash
}

async function canonicalHashes(): Promise<readonly string[]> {
  const tip = Number(await anvil.call('eth_blockNumber'))
  const blocks = range(0, tip).map((number) =>
    anvil.call<{ hash: string }>('eth_getBlockByNumber', [`0x${number.toString(16)}`, false]),
  )
  return (await Promise.all(blocks)).map(({ hash }) => hash)
}

function timeOf(block: unknown): number {
  return Number((block as { timestamp: string }).timestamp)
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at)
}
