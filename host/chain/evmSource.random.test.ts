import type { ChainSignal, Place } from '@cutwater/engine/ports/ChainSource.ts'
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EvmSource, evmSource } from './evmSource.ts'
import { type Anvil, startAnvil } from './testing/anvil.ts'
import { deployEmitter, type Emitter } from './testing/emitter.ts'
import { type Behaviour, type Call, type FaultProxy, startFaultProxy } from './testing/faultProxy.ts'
import * as Faults from './testing/faults.ts'
import { liveChain, testClock } from './testing/liveChain.ts'
import { chainOf } from './testing/reader.ts'

// SEED and RUNS from the environment repeat a failure, or look longer.
const seed = Number(process.env.SEED ?? 1)
const numRuns = Number(process.env.RUNS ?? 10)

let anvil: Anvil
let emitter: Emitter
let proxies: readonly FaultProxy[]

beforeAll(async () => {
  anvil = await startAnvil()
  emitter = await deployEmitter(anvil)
  await anvil.mine(10)
  proxies = await Promise.all([1, 2, 3].map(() => startFaultProxy(anvil.url)))
})
afterAll(async () => {
  await Promise.all(proxies.map((proxy) => proxy.close()))
  await anvil.stop()
})

/** Faults that any node may have, even all of them at once. */
const honest: Readonly<Record<string, () => (call: Call) => Behaviour>> = {
  hang: () => Faults.everyNth(4, Faults.hang),
  drop: () => Faults.drop,
  dropSome: () => Faults.everyNth(3, Faults.drop),
  limited: () => Faults.everyNth(2, Faults.limited),
  malformed: () => Faults.everyNth(3, Faults.malformed),
  down: () => Faults.down,
  withoutLogs: () => Faults.withoutLogs,
}

/** Faults that only fewer nodes than a quorum may have. */
const lying: Readonly<Record<string, (tip: number) => (call: Call) => Behaviour>> = {
  frozen: (tip) => Faults.frozenAt(tip - 3),
  forged: (tip) => Faults.forgedHash(tip + 2, `0x${'be'.repeat(32)}`),
  otherAmount: () => Faults.changedLogs((log) => ({ ...log, data: log.data.replace(/.$/, 'f') })),
  otherChain: () => Faults.ofChain(5),
}

const actions = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('mine'), blocks: fc.integer({ min: 1, max: 5 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('replace'), blocks: fc.integer({ min: 1, max: 7 }) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('fault'),
      // the fourth is all of them
      node: fc.nat(3),
      fault: fc.constantFrom('withoutLogs', ...Object.keys(honest)),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('lie'), lie: fc.constantFrom(...Object.keys(lying)) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('calm'), node: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut') }) },
  // What happens to the chain while nobody watches.
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('restart'), blocks: fc.nat(7) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('wait') }) },
) as fc.Arbitrary<Action>

type Action =
  | { readonly kind: 'mine' | 'replace' | 'restart'; readonly blocks: number }
  | { readonly kind: 'fault'; readonly node: number; readonly fault: string }
  | { readonly kind: 'lie'; readonly lie: string }
  | { readonly kind: 'calm'; readonly node: number }
  | { readonly kind: 'cut' | 'wait' }

test('law: whatever the nodes do, what is told is the chain: no gap, no double, nothing lost or made up', {
  timeout: 180_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(actions, { minLength: 4, maxLength: 30 }), async (plan) => {
      const watch = createWatch()
      try {
        for (const action of plan) await act(watch, action)
        for (const proxy of proxies) proxy.behave(Faults.none)
        await emitter.lock(watch.nonce++)
        await within(watch.told(await anvil.mine()), () => JSON.stringify(watch.source.status()))
        const told = chainOf(watch.signals)
        expect(told.map(({ hash }) => hash)).toEqual(await canonicalHashes())
        expect(told.flatMap(({ observations }) => observations).map(nonceAndAmount)).toEqual(
          await canonicalLegs(),
        )
      } finally {
        for (const proxy of proxies) proxy.behave(Faults.none)
        await watch.stop()
      }
    }),
    // Plans are short, and shrinking one whose watch hangs would take minutes.
    { seed, numRuns, endOnFailure: true },
  )
})

async function act(watch: Watch, action: Action): Promise<void> {
  switch (action.kind) {
    case 'mine':
      for (let mined = 0; mined < action.blocks; mined++) {
        if (mined % 2 === 0) await emitter.lock(watch.nonce++)
        await anvil.mine()
      }
      return
    case 'replace':
      return anvil.replace(action.blocks)
    case 'fault':
      for (const [at, proxy] of proxies.entries())
        if (action.node === at || action.node === 3) proxy.behave(honest[action.fault]!())
      return
    case 'lie':
      return proxies[0]!.behave(lying[action.lie]!(Number(await anvil.call('eth_blockNumber'))))
    case 'calm':
      return proxies[action.node]!.behave(Faults.none)
    case 'cut':
      for (const proxy of proxies) proxy.cutSockets()
      return
    case 'restart':
      await watch.stop()
      if (action.blocks > 0) await anvil.replace(action.blocks)
      return watch.start()
    case 'wait':
      return testClock().sleep(40)
  }
}

type Watch = {
  nonce: number
  readonly signals: ChainSignal[]
  readonly source: EvmSource
  /** resolves when the block of this hash has been told */
  told(hash: string): Promise<void>
  start(): void
  stop(): Promise<void>
}

/** Reads on in the background and keeps every signal, over restarts. */
function createWatch(): Watch {
  const signals: ChainSignal[] = []
  let onSignal = () => {}
  const start = () => {
    const nodes = proxies.map(({ url, ws }) => ({ url, heads: ws }))
    const source = evmSource(liveChain(nodes, emitter.address, { timeoutMilliseconds: 200 }), {
      clock: testClock(),
    })
    const ended = (async () => {
      for await (const signal of source.follow(placeOf(signals))) {
        signals.push(signal)
        onSignal()
      }
    })()
    return { source, ended }
  }
  let running = start()
  const stop = async () => {
    running.source.stop()
    await running.ended
  }
  return {
    nonce: 1,
    signals,
    get source() {
      return running.source
    },
    told: (hash) =>
      new Promise((resolve) => {
        onSignal = () => {
          const last = signals.at(-1)!
          if (last.kind === 'block' && last.block.hash === hash) resolve()
        }
        if (chainOf(signals).at(-1)?.hash === hash) resolve()
      }),
    start: () => {
      running = start()
    },
    stop,
  }
}

/** Where a consumer of these signals stands. */
function placeOf(signals: readonly ChainSignal[]): Place | undefined {
  const last = signals.findLast((signal) => signal.kind === 'block' || signal.kind === 'reorg')
  if (last?.kind === 'reorg') return last.to
  return last?.kind === 'block' ? { number: last.block.number, hash: last.block.hash } : undefined
}

/** Only so that a watch that hangs says so, with its plan. */
async function within(promise: Promise<void>, describe: () => string): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the watch hangs: ${describe()}`)), 60_000)
  })
  await Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

async function canonicalHashes(): Promise<readonly string[]> {
  const tip = Number(await anvil.call('eth_blockNumber'))
  const numbers = Array.from({ length: tip + 1 }, (_, number) => `0x${number.toString(16)}`)
  const blocks = numbers.map((number) =>
    anvil.call<{ hash: string }>('eth_getBlockByNumber', [number, false]),
  )
  return (await Promise.all(blocks)).map(({ hash }) => hash)
}

async function canonicalLegs(): Promise<readonly string[]> {
  const filter = { fromBlock: '0x0', toBlock: 'latest', address: emitter.address }
  const logs = await anvil.call<{ topics: string[]; data: string }[]>('eth_getLogs', [filter])
  return logs.map(({ topics, data }) => `${Number(topics[1])}:${Number(`0x${data.slice(-64)}`)}`)
}

function nonceAndAmount(observation: object): string {
  const { message, amount } = observation as { readonly message: string; readonly amount: bigint }
  return `${message}:${amount}`
}
