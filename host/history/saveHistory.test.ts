import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Bridge } from '@cutwater/core/bridge/Bridge.ts'
import * as BridgeEvent from '@cutwater/core/bridge/BridgeEvent.ts'
import type { Observation } from '@cutwater/core/bridge/Observation.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import type { History } from '@cutwater/engine/replay/History.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dataDir } from '../config/dataDir.ts'
import { loadHistory } from './loadHistory.ts'
import { saveHistory } from './saveHistory.ts'
import { smallFiles, smallYaml, withFolder } from './smallFolder.fixture.ts'

const inEmptyFolder = <Result>(use: (dir: string) => Result): Result => withFolder({}, use)
const small = (): History => withFolder(smallFiles(), (dir) => loadHistory(dir))

test('law: load(save(history)) = history', () => {
  fc.assert(
    fc.property(histories(), (history) => {
      inEmptyFolder((dir) => {
        saveHistory(history, dir)
        expect(loadHistory(dir)).toEqual(history)
      })
    }),
    { numRuns: 100 },
  )
})

test('a saved folder holds the six files and is open to others', () => {
  inEmptyFolder((parent) => {
    const dir = join(parent, 'new', 'saved')
    saveHistory(small(), dir)
    expect(readdirSync(dir).sort()).toEqual([
      'bridge.yaml',
      'events.csv',
      'finality.csv',
      'labels.csv',
      'prices.csv',
      'token_mapping.csv',
    ])
    expect(statSync(dir).mode & 0o777).toBe(0o777 & ~process.umask())
    expect(readdirSync(join(parent, 'new'))).toEqual(['saved'])
  })
})

test('an order of chains and tokens of its own goes into the description, not into tables', () => {
  const history = withFolder({ ...smallFiles(), 'bridge.yaml': smallYaml }, (dir) => loadHistory(dir))
  const bridge: Bridge = { ...history.bridge, chains: history.bridge.chains.toReversed() }
  inEmptyFolder((dir) => {
    saveHistory({ ...history, bridge }, dir)
    expect(existsSync(join(dir, 'finality.csv'))).toBe(false)
    expect(readFileSync(join(dir, 'bridge.yaml'), 'utf8')).toContain('finalitySeconds: 1800')
    expect(loadHistory(dir).bridge).toEqual(bridge)
  })
})

describe('all or nothing', () => {
  const history: History = { ...small(), attack: new Set() }
  const [first, second] = history.observations.filter((each) => each.kind === 'lock' || each.kind === 'mint')
  const [close] = history.observations.filter((each) => each.kind === 'price')
  test.each<[string, History, RegExp]>([
    ['no event', { ...history, observations: [] }, /at least one row/],
    [
      'events out of order',
      { ...history, observations: [close!, second!, first!] },
      /observation 1.*observations in order/,
    ],
    [
      'a price within a day',
      { ...history, observations: [{ ...close!, at: close!.at + 60 }, first!] },
      /observation 0/,
    ],
    [
      'a price of no token',
      { ...history, observations: [{ ...close!, priceId: 'odd' }, close!, first!] },
      /price ids the tokens name/,
    ],
    [
      'a price of nothing',
      { ...history, observations: [{ ...close!, price: 0 }, first!] },
      /prices\.csv:2: .*above zero/,
    ],
    [
      'a price after everything and out of order',
      { ...history, observations: [first!, close!] },
      /observation 0/,
    ],
    [
      'an order',
      {
        ...history,
        observations: [close!, first!, { kind: 'order', at: first!.at, action: 'pause', reason: 'x' }],
      },
      /observation 2/,
    ],
    [
      'an address in capitals',
      withFirst({ beneficiary: `0x${'A'.repeat(40)}` }),
      /observation 1.*lower case/,
    ],
    ['a message of half a character', withFirst({ message: '\uD800' }), /observation 1/],
    ['an event twice', { ...history, observations: [close!, first!, first!] }, /already stands in line 2/],
    ['an amount below zero', withFirst({ amount: -1n }), /events\.csv:2: amount is "-1"/],
    [
      'an attack that is not there',
      { ...history, attack: new Set([`10:0x${'e'.repeat(64)}:1`]) },
      /labels\.csv:2: .*does not exist/,
    ],
    ['an attack id that is none', { ...history, attack: new Set(['x']) }, /nothing was saved/],
    [
      'a bridge without a name',
      { ...history, bridge: { ...history.bridge, name: '' } },
      /bridge\.yaml:1: name/,
    ],
  ])('%s is refused, and leaves nothing behind', (_, broken, says) => {
    inEmptyFolder((parent) => {
      const dir = join(parent, 'saved')
      const error = errorOf(() => saveHistory(broken, dir))
      expect(error).toMatchObject({ code: 'HISTORY_UNSAVABLE', where: dir })
      expect(error.message).toMatch(says)
      expect(error.message).not.toContain('.draft-')
      expect(readdirSync(parent)).toEqual([])
    })
  })

  test('a folder with something in it is left as it is', () => {
    inEmptyFolder((dir) => {
      writeFileSync(join(dir, 'mine.txt'), 'mine')
      expect(errorOf(() => saveHistory(history, dir))).toMatchObject({ code: 'FOLDER_NOT_EMPTY', where: dir })
      expect(readdirSync(dir)).toEqual(['mine.txt'])
    })
  })

  test('so is a file', () => {
    inEmptyFolder((parent) => {
      writeFileSync(join(parent, 'file'), 'mine')
      expect(errorOf(() => saveHistory(history, join(parent, 'file')))).toMatchObject({
        code: 'FOLDER_NOT_EMPTY',
      })
      expect(readFileSync(join(parent, 'file'), 'utf8')).toBe('mine')
    })
  })

  test('a place below a file is one clear error', () => {
    inEmptyFolder((parent) => {
      writeFileSync(join(parent, 'file'), 'mine')
      const dir = join(parent, 'file', 'saved')
      expect(errorOf(() => saveHistory(history, dir))).toMatchObject({ where: dir })
    })
  })

  test('an empty folder is used', () => {
    inEmptyFolder((parent) => {
      mkdirSync(join(parent, 'empty'))
      saveHistory(history, join(parent, 'empty'))
      expect(loadHistory(join(parent, 'empty'))).toEqual(history)
    })
  })

  function withFirst(change: Partial<BridgeEvent.BridgeEvent>): History {
    return { ...history, observations: [close!, { ...first!, ...change } as Observation] }
  }
})

const data = dataDir()

test.skipIf(data === undefined)(
  `a real record comes back as it was${data ? '' : ' (skipped: no study data; set CUTWATER_DATA)'}`,
  () => {
    const history = loadHistory(join(data!, 'nomad'))
    inEmptyFolder((dir) => {
      saveHistory(history, dir)
      expect(loadHistory(dir)).toEqual(history)
    })
  },
)

function errorOf(act: () => unknown): CutwaterError {
  try {
    act()
  } catch (error) {
    expect(error).toBeInstanceOf(CutwaterError)
    return error as CutwaterError
  }
  throw new Error('nothing was thrown')
}

const record = <Model extends object>(model: { [Key in keyof Model]: fc.Arbitrary<Model[Key]> }) =>
  fc.record(model, { noNullPrototype: true })

// Histories as tables can hold them: prices at midnight within reach of the first event, text in lower case.

function histories(): fc.Arbitrary<History> {
  return bridges().chain((bridge) =>
    record({
      legs: fc.uniqueArray(legs(bridge), { minLength: 1, maxLength: 20, selector: BridgeEvent.id }),
      closes: fc.array(record({ day: fc.integer({ min: -20, max: 20 }), price: positive() }), {
        maxLength: 5,
      }),
      source: text(),
      attackEvery: fc.integer({ min: 1, max: 4 }),
    }).map(({ legs, closes, source, attackEvery }) => {
      const inLegs = legs.filter(({ kind }) => !BridgeEvent.isOut(kind))
      const attack = new Set(inLegs.filter((_, at) => at % attackEvery === 0).map(BridgeEvent.id))
      return { bridge, observations: inOrder(legs, pricesOf(bridge, closes)), attack, source }
    }),
  )
}

const start = UnixTime.parse('2022-03-01')!

function inOrder(legs: readonly BridgeEvent.BridgeEvent[], prices: readonly Observation[]): Observation[] {
  return [...prices, ...legs.toSorted(BridgeEvent.compare)]
    .map((each, at) => ({ each, at }))
    .sort((a, b) => a.each.at - b.each.at || a.at - b.at)
    .map(({ each }) => each)
}

/** A series for every price id: a token whose series is missing could not be loaded. */
function pricesOf({ tokens }: Bridge, closes: readonly { readonly day: number; readonly price: number }[]) {
  const ids = [...new Set(tokens.flatMap(({ priceId }) => priceId ?? []))].sort()
  const days = [...new Map([...closes, { day: 0, price: 1 }].map((each) => [each.day, each])).values()]
  return days.flatMap(({ day, price }) =>
    ids.map((priceId): Observation => ({ kind: 'price', at: start + day * UnixTime.day, priceId, price })),
  )
}

function bridges(): fc.Arbitrary<Bridge> {
  const chain = record({ id: fc.nat(2 ** 40), name: text(), finalitySeconds: fc.nat(100_000) })
  return fc.uniqueArray(chain, { minLength: 2, maxLength: 4, selector: ({ id }) => id }).chain((chains) => {
    const ids = chains.map(({ id }) => id)
    const token = record({
      symbol: text(),
      decimals: fc.nat(36),
      priceId: fc.option(text()),
      on: fc.shuffledSubarray(ids, { minLength: 2 }),
    }).chain(({ on, ...token }) =>
      record({ on: fc.constant(on), home: fc.constantFrom(...on), token: fc.constant(token) }),
    )
    return record({
      name: text(),
      synthetic: fc.boolean(),
      chains: fc.constant(chains),
      tokens: fc.array(token, { minLength: 1, maxLength: 4 }).map((tokens) =>
        tokens.map(({ on, home, token }, at) => ({
          ...token,
          home,
          contracts: on.map((chain, of) => ({
            chain,
            address: `0x${(at * 10 + of).toString(16).padStart(40, '0')}`,
          })),
        })),
      ),
    })
  })
}

function legs({ chains }: Bridge): fc.Arbitrary<BridgeEvent.BridgeEvent> {
  return record({
    kind: fc.constantFrom<BridgeEvent.Kind>('lock', 'mint', 'burn', 'release'),
    at: fc.integer({ min: start, max: start + 3 }),
    route: fc.shuffledSubarray(
      chains.map(({ id }) => id),
      { minLength: 2, maxLength: 2 },
    ),
    tx: hex(64),
    index: fc.nat(),
    block: fc.option(fc.nat()),
    message: text().map((each) => each.toLowerCase()),
    tokenSource: fc.option(hex(40)),
    token: fc.option(hex(40)),
    sender: fc.option(hex(40)),
    beneficiary: hex(40),
    amount: fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }),
  }).map(({ route, ...leg }) => ({ ...leg, chain: route[0]!, peer: route[1]! }))
}

/** Text with everything that tables and YAML could stumble over, but for a NUL, which no text file holds. */
function text(): fc.Arbitrary<string> {
  const odd = fc.constantFrom(
    'a,b',
    '"',
    '\n',
    '\r\n',
    '\r',
    '0x10',
    '1e3',
    'null',
    'None',
    'yes',
    '- a',
    '#',
    ': ',
    "'",
    '\uFEFFx',
    ' x ',
    '~',
  )
  const any = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
  return fc.oneof(odd, any).filter((each) => !each.includes('\0'))
}

function hex(length: number): fc.Arbitrary<string> {
  return fc
    .string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length })
    .map((digits) => `0x${digits}`)
}

function positive(): fc.Arbitrary<number> {
  return fc.double({ min: Number.MIN_VALUE, max: 1e300, noNaN: true })
}
