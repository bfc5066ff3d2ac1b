import * as fc from 'fast-check'
import type { Hex } from 'viem'
import { describe, expect, test } from 'vitest'
import type { Log } from './Answer.ts'
import { decodeBlock } from './decodeBlock.ts'
import { decodeLog } from './decodeLog.ts'
import { callExecuted } from './readBlocks.ts'
import { accountOf, lockedAbi, lockedLog } from './testing/emitter.ts'
import { liveChain } from './testing/liveChain.ts'
import * as WatchedEvent from './WatchedEvent.ts'

const place = (part: readonly string[]) => part.join('.')
const fields = { message: 'nonce', peer: 'destinationChain' }
const locked = WatchedEvent.create({ abi: lockedAbi, kind: 'lock', fields }, place)
const where = { chain: 1, at: 1_700_000_000 }
const tx = `0x${'ab'.repeat(32)}`

describe('a leg', () => {
  test('takes every field from the argument it is mapped to', () => {
    expect(decodeLog(logOf(...lockedLog(7, 5n)), locked, where, false)).toEqual({
      kind: 'observation',
      observation: {
        kind: 'lock',
        at: where.at,
        chain: 1,
        tx,
        index: 3,
        block: 9,
        peer: 20,
        message: '7',
        tokenSource: accountOf(3),
        token: accountOf(4),
        sender: accountOf(1),
        beneficiary: accountOf(2),
        amount: 5n,
      },
    })
  })

  test('takes constants and nothing where the operator says so', () => {
    const told = WatchedEvent.create(
      { abi: lockedAbi, kind: 'burn', fields: { message: 'id', peer: 10, tokenSource: null, sender: null } },
      place,
    )
    expect(decodeLog(logOf(...lockedLog(7, 5n)), told, where, false)).toMatchObject({
      observation: {
        kind: 'burn',
        peer: 10,
        tokenSource: null,
        sender: null,
        message: `0x${'0'.repeat(63)}7`,
      },
    })
  })

  test('reads addresses of 20 bytes out of 32, and keeps longer ones whole', () => {
    const abi = 'event Sent(uint256 nonce, bytes32 token, bytes32 beneficiary, uint256 amount)'
    const sent = WatchedEvent.create({ abi, kind: 'lock', fields: { message: 'nonce', peer: 1 } }, place)
    const long = `0x${'cd'.repeat(32)}`
    const data = `0x${[1, 2].map((each) => accountOf(each).slice(2).padStart(64, '0')).join('')}`
    const log = logOf([sent.topic], `${data}${long.slice(2)}${'5'.padStart(64, '0')}` as Hex)
    expect(decodeLog(log, sent, where, false)).toMatchObject({
      observation: { message: '1', token: accountOf(2), beneficiary: long, amount: 5n },
    })
  })
})

describe('a log its own ABI would not have written is malformed and says where', () => {
  const [topics, data] = lockedLog(7, 5n)
  test.each([
    ['a topic too few', topics.slice(0, 3), data, 'beneficiary is missing'],
    ['no topics but its name', topics.slice(0, 1), data, 'id is missing'],
    ['no data', topics, '0x', 'nonce is missing'],
    ['a word too few', topics, data.slice(0, -64), 'amount is missing'],
    ['a byte too few', topics, data.slice(0, -2), 'amount is missing'],
    ['a word too many', topics, `${data}${'0'.repeat(64)}`, 'too many'],
    ['a dirty address', topics, data.replace(pad(3), `f${pad(3).slice(1)}`), 'tokenSource is no address'],
    ['a dirty topic', [...topics.slice(0, 3), `0xf${pad(2).slice(1)}`], data, 'beneficiary is no address'],
    ['a chain beyond numbers', topics, data.replace(pad(20n), 'f'.repeat(64)), 'destinationChain is 1157'],
  ])('%s', (_, someTopics, someData, says) => {
    const decoded = decodeLog(logOf(someTopics as Hex[], someData as Hex), locked, where, false)
    expect(decoded).toMatchObject({ kind: 'malformed', what: expect.stringContaining(says) })
    expect(decoded).toMatchObject({ what: expect.stringContaining(`log 3 of ${tx} is no Locked`) })
  })

  test('law: any bytes give an observation or a complaint, never an exception', () => {
    const hex = fc
      .uint8Array({ maxLength: 400 })
      .map((bytes) => `0x${Buffer.from(bytes).toString('hex')}` as Hex)
    const topic = fc
      .uint8Array({ minLength: 32, maxLength: 32 })
      .map((bytes) => `0x${Buffer.from(bytes).toString('hex')}` as Hex)
    fc.assert(
      fc.property(
        fc.array(topic, { maxLength: 4 }),
        hex,
        fc.constantFrom(locked, dynamic),
        (some, bytes, event) => {
          expect(['observation', 'malformed']).toContain(
            decodeLog(logOf(some, bytes), event, where, false).kind,
          )
        },
      ),
    )
  })

  test('law: a changed bit of the data shows, in the leg or as a complaint', () => {
    const whole = JSON.stringify(decodeLog(logOf(topics, data), locked, where, false), bigintText)
    fc.assert(
      fc.property(fc.nat({ max: (data.length - 2) * 4 - 1 }), (bit) => {
        const at = 2 + Math.floor(bit / 4)
        const digit = (Number.parseInt(data[at]!, 16) ^ (1 << (bit % 4))).toString(16)
        const changed = `${data.slice(0, at)}${digit}${data.slice(at + 1)}` as Hex
        const decoded = decodeLog(logOf(topics, changed), locked, where, false)
        expect(JSON.stringify(decoded, bigintText)).not.toBe(whole)
      }),
    )
  })

  const dynamic = WatchedEvent.create(
    {
      abi: 'event Sent(string indexed hidden, string id, uint8[] parts, address beneficiary, uint256 amount)',
      kind: 'lock',
      fields: { message: 'id', peer: 1 },
    },
    place,
  )
})

describe('a change', () => {
  const setter = liveChain([], accountOf(9), { timelock: accountOf(8) as Hex })
  const abi = 'event VerifierSet(address verifier)'
  const changed = WatchedEvent.create({ abi, kind: 'ConfigChanged' }, place)
  const chain = { ...setter, contracts: [{ address: accountOf(9), events: [changed] }] }
  const log = { ...logOf([changed.topic], `0x${pad(5)}`), address: accountOf(9) }
  const call = (target: number) => ({
    ...logOf([callExecuted], `0x${pad(target)}${pad(0)}${pad(96)}${pad(0)}`),
    address: accountOf(8),
    index: 4,
  })
  const told = (...logs: Log[]) => {
    const block = { number: 9, hash: '0x', parentHash: '0x', at: where.at, logs, digest: '' }
    return decodeBlock(block, chain).block.observations
  }

  test('says what its event says', () => {
    expect(told(log)).toEqual([
      {
        kind: 'change',
        at: where.at,
        chain: 31337,
        tx,
        index: 3,
        block: 9,
        name: 'ConfigChanged',
        what: `VerifierSet: verifier ${accountOf(5)}`,
        announced: false,
      },
    ])
  })

  test('is announced when the timelock called this very contract in its transaction', () => {
    expect(told(log, call(9))).toMatchObject([{ announced: true }])
    expect(told(log, call(7))).toMatchObject([{ announced: false }])
    expect(told(log, { ...call(9), tx: `0x${'cc'.repeat(32)}` })).toMatchObject([{ announced: false }])
    expect(told(log, { ...call(9), address: accountOf(9) })).toMatchObject([{ announced: false }])
  })
})

function pad(value: number | bigint): string {
  return value.toString(16).padStart(64, '0')
}

describe('limits of a guard', () => {
  const abi =
    'event LimitsSet(address indexed token, uint8 indexed direction, (uint208 capacity, uint48 window) unproven, (uint208 capacity, uint48 window) total, address indexed by)'

  test('are told with both buckets, for the way value crosses', () => {
    const event = WatchedEvent.create({ abi, kind: 'limits' }, place)
    const words = (...values: readonly (string | number)[]) =>
      values.map((value) => String(value).replace('0x', '').padStart(64, '0'))
    const [token, direction, by] = words(accountOf(4), 1, accountOf(5)).map((word): Hex => `0x${word}`)
    const data: Hex = `0x${words('a', '3c', '64', '78').join('')}`
    expect(decodeLog(logOf([event.topic, token!, direction!, by!], data), event, where, false)).toEqual({
      kind: 'observation',
      observation: {
        ...{ kind: 'limits', at: where.at, chain: 1, tx, index: 3, block: 9 },
        ...{ token: accountOf(4), direction: 'out' },
        unproven: { capacity: 10n, windowSeconds: 60 },
        total: { capacity: 100n, windowSeconds: 120 },
      },
    })
  })

  test('come from the event of our own guard and from no other', () => {
    expect(() => WatchedEvent.create({ abi: lockedAbi, kind: 'limits' }, place)).toThrow('tells no limits')
  })
})

function logOf(topics: readonly Hex[], data: Hex): Log {
  return { address: accountOf(9), topics, data, tx, index: 3, block: 9, blockHash: '0x' }
}

function bigintText(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}
