import { inspect } from 'node:util'
import type { Actuator } from '@cutwater/engine/ports/Actuator.ts'
import { type Address, type Hex, pad, toHex } from 'viem'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { evmActuator, type Options } from './evmActuator.ts'
import type { LiveChain } from './LiveBridge.ts'
import { type Anvil, startAnvil } from './testing/anvil.ts'
import { pause, propose, raise, tighten, token } from './testing/deeds.ts'
import { accountOf } from './testing/emitter.ts'
import { type Call, type FaultProxy, startFaultProxy } from './testing/faultProxy.ts'
import * as Faults from './testing/faults.ts'
import { type DeployedGuard, deployGuard, fundedKey, type TestKey } from './testing/guard.ts'
import { liveChain, testClock } from './testing/liveChain.ts'

let anvil: Anvil
let guard: DeployedGuard
let guardian: TestKey
let clean: string
let proxies: readonly [FaultProxy, FaultProxy, FaultProxy]

const bridgeScope = [3, pad('0x0')] as const

beforeAll(async () => {
  anvil = await startAnvil(['--no-mining', '--order', 'fees'])
  guardian = await fundedKey(anvil, 77)
  guard = await deployGuard(anvil, { bridge: accountOf(9), guardian: guardian.account.address })
  proxies = (await Promise.all([1, 2, 3].map(() => startFaultProxy(anvil.url)))) as [
    FaultProxy,
    FaultProxy,
    FaultProxy,
  ]
})
afterAll(async () => {
  await Promise.all(proxies.map((proxy) => proxy.close()))
  await anvil.stop()
})
beforeEach(async () => {
  if (clean) await anvil.call('evm_revert', [clean])
  clean = await anvil.call('evm_snapshot')
  await anvil.call('anvil_dropAllTransactions')
})
afterEach(() => {
  for (const proxy of proxies) proxy.behave(Faults.none)
})

describe('a pause', () => {
  test('is sent, included and read back; asked for again it is there already', async () => {
    const outcome = await mined(actuator({}).execute(pause('a')))
    expect(outcome).toMatchObject({
      kind: 'confirmed',
      attempts: 1,
      tx: expect.stringMatching(/^0x[0-9a-f]{64}$/),
    })
    expect(await remaining(...bridgeScope)).toBeGreaterThanOrEqual(3_600)
    expect(await actuator({}).execute(pause('a'))).toEqual({ kind: 'already' })
    expect(await nonce()).toBe(1)
  })

  test('that a reorg takes back is in no block any more, and is done anew under another name', async () => {
    const one = actuator({})
    const before = await mined(one.execute(pause('a')))
    if (before.kind !== 'confirmed') throw new Error(before.kind)
    expect(await one.blockOf(31337, before.tx)).toBe(before.block)
    await anvil.mine()
    await anvil.call('anvil_reorg', [2, []])
    await anvil.call('anvil_dropAllTransactions')
    expect(await one.blockOf(31337, before.tx)).toBeNull()
    expect(await guard.read('pausedUntil', [...bridgeScope])).toBe(0)
    const after = await mined(one.execute(pause('a again')))
    expect(after).toMatchObject({ kind: 'confirmed' })
    expect(await remaining(...bridgeScope)).toBeGreaterThanOrEqual(3_600)
  })

  test.each([
    ['bridge', '', 3, pad('0x0')],
    ['direction', 'in', 2, pad('0x0')],
    ['direction', 'out', 2, pad('0x1')],
    ['token', token, 1, pad(token)],
    ['message', `0x${'ab'.repeat(32)}`, 0, `0x${'ab'.repeat(32)}`],
  ] as const)('covers a %s %s and nothing else', async (scope, key, number, onChain) => {
    expect(await mined(actuator({}).execute(pause('a', { scope, key })))).toMatchObject({ kind: 'confirmed' })
    expect(await remaining(number, onChain)).toBeGreaterThan(0)
    expect(await guard.read('pausedUntil', [0, pad('0x1')])).toBe(0)
  })

  test('that is about to end is renewed', async () => {
    await mined(actuator({}).execute(pause('a')))
    await anvil.call('evm_increaseTime', [1_800])
    await anvil.mine()
    expect(await mined(actuator({}).execute(pause('b')))).toMatchObject({ kind: 'confirmed' })
    expect(await remaining(...bridgeScope)).toBeGreaterThanOrEqual(3_600)
  })

  test('the same deed asked for twice at once, and after it was done, is one deed', async () => {
    const one = actuator({})
    const [a, b] = await mined(Promise.all([one.execute(pause('a')), one.execute(pause('a'))]))
    expect(a).toBe(b)
    await guard.asAdmin('unpause', [...bridgeScope])
    // People took it back: the same deed is not done again.
    expect(await one.execute(pause('a'))).toBe(a)
    expect(await nonce()).toBe(1)
  })

  test.each([
    [{ key: '17', scope: 'message' }, /no message id of 32 bytes/],
    [{ seconds: 600_000 }, /PauseTooLong\(600000, 432000\)/],
  ] as const)('that the guard would refuse is not sent: %o', async (change, why) => {
    const outcome = await actuator({}).execute(pause('a', change))
    expect(outcome).toMatchObject({ kind: 'failed', retryable: false, why: expect.stringMatching(why) })
    expect(await nonce()).toBe(0)
  })

  test('by a key that is no guardian fails with the guard’s own reason', async () => {
    const stranger = await fundedKey(anvil, 78)
    const outcome = await actuator({ wallet: stranger.account }).execute(pause('a'))
    const why = expect.stringMatching(
      /the guard refuses pause\(bridge, 3600 s, .*AccessControlUnauthorizedAccount/,
    )
    expect(outcome).toMatchObject({ kind: 'failed', retryable: false, why })
  })
})

describe('limits', () => {
  const set = (unproven: [bigint, number], total: [bigint, number]) =>
    guard.asAdmin('setLimits', [token, 0, limitOf(unproven), limitOf(total)])

  test('are tightened, and a second time there is nothing to do', async () => {
    await set([100n, 60], [1_000n, 60])
    expect(await mined(actuator({}).execute(tighten('a', 10n, 500n)))).toMatchObject({ kind: 'confirmed' })
    expect(await limits()).toEqual([limitOf([10n, 60]), limitOf([500n, 60])])
    expect(await actuator({}).execute(tighten('b', 10n, 500n))).toEqual({ kind: 'already' })
  })

  test('null leaves one of them, and zero closes one', async () => {
    await set([100n, 60], [1_000n, 60])
    expect(await mined(actuator({}).execute(tighten('a', 0n, null)))).toMatchObject({ kind: 'confirmed' })
    expect(await limits()).toEqual([limitOf([0n, 60]), limitOf([1_000n, 60])])
  })

  test('are never loosened: of two limits the tighter stays', async () => {
    await set([100n, 3_600], [1_000n, 60])
    expect(await mined(actuator({}).execute(tighten('a', 50n, 9_999n)))).toMatchObject({ kind: 'confirmed' })
    expect(await limits()).toEqual([limitOf([50n, 1_800]), limitOf([1_000n, 60])])
    expect(await actuator({}).execute(tighten('b', 9_999n, 9_999n))).toEqual({ kind: 'already' })
  })

  test('that might be loosened are written out for the timelock, and nothing is sent, wallet or not', async () => {
    await set([10n, 60], [500n, 60])
    const outcome = await actuator({}).execute(propose('a', 100n, 1_000n))
    expect(outcome).toMatchObject({ kind: 'proposed', call: expect.stringContaining('call data 0x') })
    expect(await limits()).toEqual([limitOf([10n, 60]), limitOf([500n, 60])])
    expect(await nonce()).toBe(0)
    const [, data] = /call data (0x[0-9a-f]+)/.exec((outcome as { call: string }).call)!
    await guard.sendAsAdmin(data as Hex)
    expect(await limits()).toEqual([limitOf([100n, 60]), limitOf([1_000n, 60])])
    expect(await actuator({}).execute(propose('b', 100n, 1_000n))).toEqual({ kind: 'already' })
  })

  test('that were never set let nothing through already', async () => {
    expect(await actuator({}).execute(tighten('a', 10n, 10n))).toEqual({ kind: 'already' })
  })
})

test('a level is raised, never lowered', async () => {
  expect(await mined(actuator({}).execute(raise('a', 3)))).toMatchObject({ kind: 'confirmed' })
  expect(await guard.read('level')).toBe(3)
  expect(await actuator({}).execute(raise('b', 2))).toEqual({ kind: 'already' })
})

describe('without a wallet, or unless told to send', () => {
  test('it only says what would be sent', async () => {
    const dry = evmActuator({ chains: [chain()], clock: testClock() })
    expect(await dry.execute(pause('a'))).toEqual({
      kind: 'dryRun',
      call: `pause(bridge, 3600 s, "a test") on the guard ${guard.address} of Local (31337)`,
    })
    const undecided = evmActuator({ chains: [chain()], clock: testClock(), wallet: guardian.account })
    expect(await undecided.execute(raise('b', 2))).toMatchObject({
      kind: 'dryRun',
      call: expect.stringMatching(/^raiseLevel\(2\)/),
    })
    expect(await undecided.execute(raise('c', 1))).toEqual({ kind: 'already' })
    expect(await nonce()).toBe(0)
  })

  test('a chain without a guard, or that is not watched, is no place for deeds', async () => {
    const bare = evmActuator({ chains: [{ ...chain(), guard: null }], clock: testClock() })
    expect(await bare.execute(pause('a'))).toMatchObject({ kind: 'failed', why: 'Local has no guard' })
    expect(await bare.execute({ ...pause('b'), chain: 7 })).toMatchObject({ why: 'chain 7 is not watched' })
  })
})

describe('fees', () => {
  test('rise by an eighth under the same nonce until the deed is included', async () => {
    const outcome = actuator({ bumpMilliseconds: 30 }).execute(pause('a'))
    const offers = [await waiting()]
    for (let times = 0; times < 3; times++) offers.push(await waiting(offers.at(-1)!.hash))
    for (const [at, offer] of offers.slice(1).entries()) {
      expect(offer.nonce).toBe(offers[0]!.nonce)
      expect(offer.tip * 8n).toBeGreaterThanOrEqual(offers[at]!.tip * 9n)
      expect(offer.price * 8n).toBeGreaterThanOrEqual(offers[at]!.price * 9n)
    }
    expect(await mined(outcome)).toMatchObject({ kind: 'confirmed' })
    expect(((await outcome) as { attempts: number }).attempts).toBeGreaterThanOrEqual(4)
    expect(await nonce()).toBe(1)
  })

  test('outbid a waiting transaction, so that the deed comes first in its block', async () => {
    const [attacker] = await anvil.call<Address[]>('eth_accounts')
    const attack = await anvil.call<Hex>('eth_sendTransaction', [
      {
        from: attacker,
        to: accountOf(9),
        gas: '0x10000',
        maxFeePerGas: toHex(90_000_000_000n),
        maxPriorityFeePerGas: toHex(50_000_000_000n),
      },
    ])
    const above = { maxFeePerGas: 90_000_000_000n, maxPriorityFeePerGas: 50_000_000_000n }
    const outcome = actuator({}).execute({ ...pause('a'), ahead: above })
    await waiting()
    await anvil.mine()
    expect(await outcome).toMatchObject({ kind: 'confirmed' })
    const block = await anvil.call<{ transactions: Hex[] }>('eth_getBlockByNumber', ['latest', false])
    expect(block.transactions).toEqual([((await outcome) as { tx: Hex }).tx, attack])
  })

  test('end at the most that is allowed, and the deed is given up in time', async () => {
    const clock = testClock()
    const terms = { bumpMilliseconds: 20, maxFeePerGas: 5_000_000_000n, giveUpMilliseconds: 60_000 }
    const outcome = actuator({ clock, ...terms }).execute(pause('a'))
    const offer = await waiting()
    expect(offer.price).toBeLessThanOrEqual(5_000_000_000n)
    clock.turn(61)
    const why = expect.stringMatching(/not included in 60 s/)
    expect(await outcome).toMatchObject({ kind: 'failed', retryable: true, why })
  })

  test('that the key cannot pay are said', async () => {
    await anvil.call('anvil_setBalance', [guardian.account.address, '0x1'])
    const why = expect.stringMatching(/cannot pay for the gas/)
    expect(await actuator({}).execute(pause('a'))).toMatchObject({ kind: 'failed', retryable: true, why })
  })
})

describe('one key', () => {
  test('does one deed after the other', async () => {
    await guard.asAdmin('setLimits', [token, 0, limitOf([100n, 60]), limitOf([1_000n, 60])])
    const nonces: unknown[] = []
    const one = actuator({ say: (_, __, facts) => nonces.push(facts.nonce) })
    const outcomes = Promise.all([
      one.execute(pause('a')),
      one.execute(tighten('b', 1n, 1n)),
      one.execute(raise('c', 3)),
    ])
    expect((await mined(outcomes)).map(({ kind }) => kind)).toEqual(['confirmed', 'confirmed', 'confirmed'])
    expect(nonces).toEqual([0, 1, 2])
    expect(await nonce()).toBe(3)
  })

  test('goes on when another transaction of it was included instead', async () => {
    const outcome = actuator({}).execute(pause('a'))
    const offer = await waiting()
    const price = toHex(offer.price * 10n)
    const raw = await guardian.account.signTransaction({
      type: 'eip1559',
      chainId: 31337,
      nonce: 0,
      to: accountOf(5),
      gas: 21_000n,
      maxFeePerGas: BigInt(price),
      maxPriorityFeePerGas: BigInt(price),
    })
    await anvil.call('eth_sendRawTransaction', [raw])
    await anvil.mine()
    expect(await mined(outcome)).toMatchObject({ kind: 'confirmed' })
    expect(await nonce()).toBe(2)
  })

  test('goes on under a lower one when a reorg takes back what it did before', async () => {
    const one = actuator({ bumpMilliseconds: 50 })
    await mined(one.execute(pause('a', { scope: 'direction', key: 'in' })))
    const outcome = one.execute(pause('b'))
    expect((await waiting()).nonce).toBe(1)
    await anvil.call('anvil_reorg', [1, []])
    await anvil.call('anvil_dropAllTransactions')
    expect(await mined(outcome)).toMatchObject({ kind: 'confirmed' })
    expect(await nonce()).toBe(1)
  })

  // The first of them is never told how it went, as if it had been killed.
  test('a deed cut off by a restart is done once: the same offer is the same transaction', async () => {
    void actuator({}).execute(pause('a'))
    const before = await waiting()
    let isSent = false
    const say = () => {
      isSent = true
    }
    const again = actuator({ say }).execute(pause('a'))
    while (!isSent) await testClock().sleep(3)
    expect(await mined(again)).toMatchObject({ kind: 'confirmed', tx: before.hash })
    expect(await nonce()).toBe(1)
  })

  test.each([1_000_000_000n, 2_100_000_000n])(
    'a deed cut off by a restart is done once: its offer is outbid, though the new one began at %i',
    async (priorityFeePerGas) => {
      void actuator({}).execute(pause('a'))
      const before = await waiting()
      const again = actuator({ priorityFeePerGas }).execute(pause('a'))
      const after = await waiting(before.hash)
      expect(after.nonce).toBe(before.nonce)
      expect(await mined(again)).toMatchObject({ kind: 'confirmed', tx: after.hash })
      expect(await nonce()).toBe(1)
    },
  )

  test('a deed that was included while nobody watched is not done again', async () => {
    void actuator({}).execute(pause('a'))
    await waiting()
    await anvil.mine()
    expect(await actuator({}).execute(pause('a'))).toEqual({ kind: 'already' })
    expect(await nonce()).toBe(1)
  })
})

describe('two of three nodes', () => {
  const lieAbout = (data: Hex) => (call: Call) => {
    const isRead = call.method === 'eth_call' && !('from' in (call.params[0] as object))
    return isRead ? { result: () => data } : ('pass' as const)
  }

  test.each([
    ['gives no answer', Faults.hang],
    ['breaks connections', Faults.drop],
    ['says 429', Faults.limited],
    ['cuts its JSON short', Faults.malformed],
    ['says it is paused for ever', lieAbout(pad(toHex(2 ** 40)))],
    ['says it is of another chain', Faults.ofChain(5)],
    [
      'says the guard refuses',
      ({ method, params }: Call) =>
        method === 'eth_call' && 'from' in (params[0] as object)
          ? { error: { code: 3, message: 'execution reverted' } }
          : ('pass' as const),
    ],
    [
      'swallows transactions',
      ({ method }: Call) =>
        method === 'eth_sendRawTransaction'
          ? { ask: { method: 'eth_blockNumber', params: [] } }
          : ('pass' as const),
    ],
    [
      'knows another nonce',
      ({ method }: Call) =>
        method === 'eth_getTransactionCount' ? { result: () => '0x63' } : ('pass' as const),
    ],
  ] as const)('are enough when the third %s', async (_, fault) => {
    proxies[2].behave(fault)
    const outcome = actuator({ chains: [chain(proxies)] }).execute(pause('a'))
    expect(await mined(outcome)).toMatchObject({ kind: 'confirmed' })
    expect(await remaining(...bridgeScope)).toBeGreaterThan(0)
    expect(await nonce()).toBe(1)
  })

  test('that do not agree do nothing, and may be asked again', async () => {
    proxies[1].behave(Faults.limited)
    proxies[2].behave(lieAbout(pad(toHex(2 ** 40))))
    const outcome = await actuator({ chains: [chain(proxies)] }).execute(pause('a'))
    const why = expect.stringMatching(/2 different answers.*too many requests/)
    expect(outcome).toMatchObject({ kind: 'failed', retryable: true, why })
    expect(await nonce()).toBe(0)
  })

  test('of another chain do nothing', async () => {
    for (const proxy of proxies) proxy.behave(Faults.ofChain(5))
    const outcome = await actuator({ chains: [chain(proxies)] }).execute(pause('a'))
    expect(outcome).toMatchObject({ kind: 'failed', why: expect.stringMatching(/its nodes are of chain 5/) })
  })
})

test('the key shows nowhere: not in what is said, nor in outcomes, nor in failures', async () => {
  const shown: unknown[] = []
  const say: NonNullable<Options['say']> = (...said) => shown.push(said)
  const one = actuator({ say, chains: [chain(proxies)] })
  shown.push(await mined(one.execute(pause('a'))))
  for (const proxy of proxies) proxy.behave(Faults.drop)
  shown.push(await one.execute(pause('b')))
  for (const proxy of proxies) proxy.behave(Faults.none)
  shown.push(await one.execute(pause('c', { seconds: 600_000 })))
  await anvil.call('anvil_setBalance', [guardian.account.address, '0x1'])
  shown.push(await one.execute(raise('d', 3)), one)
  const text = inspect(shown, { depth: 20, showHidden: true })
  expect(shown.length).toBeGreaterThanOrEqual(6)
  expect(text).toContain('cannot pay')
  expect(text).not.toContain(guardian.key.slice(2))
  expect(text).not.toContain(BigInt(guardian.key).toString(16).padStart(64, '0'))
})

function chain(nodes: readonly { readonly url: string }[] = [anvil]): LiveChain {
  return liveChain(nodes, accountOf(9), { guard: guard.address, timeoutMilliseconds: 2_000 })
}

function actuator(options: Partial<Options>): Actuator {
  return evmActuator({
    chains: [chain()],
    clock: testClock(),
    wallet: guardian.account,
    dryRun: false,
    bumpMilliseconds: 3_600_000,
    ...options,
  })
}

/** Mines whatever waits until the outcome is there. */
async function mined<Result>(outcome: Promise<Result>): Promise<Result> {
  let isThere = false
  const ended = outcome.finally(() => {
    isThere = true
  })
  while (!isThere) {
    if ((await poolSize()) > 0) await anvil.mine()
    await testClock().sleep(3)
  }
  return ended
}

type Offer = { readonly hash: Hex; readonly nonce: number; readonly price: bigint; readonly tip: bigint }

/** The guardian's transaction that waits, once it is another than this. */
async function waiting(not?: Hex): Promise<Offer> {
  for (;;) {
    const { pending } = await anvil.call<{ pending: Record<string, Record<string, RawOffer>> }>(
      'txpool_content',
    )
    const own = Object.entries(pending).find(
      ([from]) => from.toLowerCase() === guardian.account.address.toLowerCase(),
    )
    const raw = Object.values(own?.[1] ?? {})[0]
    if (raw && raw.hash !== not)
      return {
        hash: raw.hash,
        nonce: Number(raw.nonce),
        price: BigInt(raw.maxFeePerGas),
        tip: BigInt(raw.maxPriorityFeePerGas),
      }
    await testClock().sleep(3)
  }
}

type RawOffer = {
  readonly hash: Hex
  readonly nonce: Hex
  readonly maxFeePerGas: Hex
  readonly maxPriorityFeePerGas: Hex
}

async function poolSize(): Promise<number> {
  return Number((await anvil.call<{ pending: Hex }>('txpool_status')).pending)
}

async function nonce(): Promise<number> {
  return Number(await anvil.call('eth_getTransactionCount', [guardian.account.address, 'latest']))
}

/** Seconds a pause has left, by the chain's time. */
async function remaining(scope: number, key: string): Promise<number> {
  const { timestamp } = await anvil.call<{ timestamp: Hex }>('eth_getBlockByNumber', ['latest', false])
  return (await guard.read<number>('pausedUntil', [scope, key])) - Number(timestamp)
}

async function limits(): Promise<readonly unknown[]> {
  return (await guard.read<readonly unknown[]>('limitsOf', [token, 0])).slice(0, 2)
}

function limitOf([capacity, window]: [bigint, number]) {
  return { capacity, window }
}
