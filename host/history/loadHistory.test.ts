import { join } from 'node:path'
import * as BridgeEvent from '@cutwater/core/bridge/BridgeEvent.ts'
import { isLeg } from '@cutwater/core/bridge/Observation.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import type { History } from '@cutwater/engine/replay/History.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dataDir } from '../config/dataDir.ts'
import { loadHistory } from './loadHistory.ts'
import {
  alice,
  type Files,
  smallFiles,
  smallYaml,
  usdcAway,
  usdcHome,
  withFolder,
} from './smallFolder.fixture.ts'

const load = (files: Files): History => withFolder(files, (dir) => ({ ...loadHistory(dir), source: '' }))
const changed = (name: string, change: (text: string) => string): Files => {
  const files = smallFiles()
  return { ...files, [name]: change(String(files[name])) }
}
const events = ({ observations }: History) => observations.filter(isLeg)
const prices = ({ observations }: History) => observations.filter((each) => each.kind === 'price')

describe('a small folder', () => {
  test('becomes a bridge, its observations and its attack', () => {
    const history = load(smallFiles())
    expect(history.bridge).toEqual({
      name: 'small',
      synthetic: false,
      chains: [
        { id: 10, name: '10', finalitySeconds: 1800 },
        { id: 20, name: '20', finalitySeconds: 60 },
      ],
      tokens: [
        {
          symbol: 'ODD',
          decimals: 18,
          home: 20,
          priceId: null,
          contracts: [
            { chain: 10, address: `0x${'3'.repeat(40)}` },
            { chain: 20, address: `0x${'4'.repeat(40)}` },
          ],
        },
        {
          symbol: 'USDC',
          decimals: 6,
          home: 10,
          priceId: 'usdc',
          contracts: [
            { chain: 10, address: usdcHome },
            { chain: 20, address: usdcAway },
          ],
        },
      ],
    })
    expect(history.observations.map(({ kind, at }) => [kind, at])).toEqual([
      ['price', 1649980800],
      ['lock', 1650000000],
      ['mint', 1650002000],
      ['burn', 1650010000],
      ['release', 1650012000],
      ['release', 1650020000],
      ['price', 1650067200],
    ])
    expect([...history.attack]).toEqual([`10:0x${'5'.repeat(64)}:3`])
  })

  test('keeps every field of a leg, and null where the log says nothing', () => {
    const [lock, mint] = events(load(smallFiles()))
    expect(lock).toEqual({
      kind: 'lock',
      at: 1650000000,
      chain: 10,
      peer: 20,
      tx: `0x${'1'.repeat(64)}`,
      index: 2,
      block: 100,
      message: '0',
      tokenSource: usdcHome,
      token: usdcAway,
      sender: alice,
      beneficiary: alice,
      amount: 5_000_000n,
    })
    expect(mint).toMatchObject({ tokenSource: null, sender: null, block: null })
  })

  test('knows a close only when its day is over', () => {
    const [first] = prices(load(smallFiles()))
    expect(first).toEqual({ kind: 'price', at: UnixTime.parse('2022-04-15'), priceId: 'usdc', price: 0.9998 })
  })

  test('places a price before the events of its second', () => {
    const midnight = changed('events.csv', (text) => text.replace('1650020000', '1650067200'))
    expect(
      load(midnight)
        .observations.map(({ kind }) => kind)
        .slice(-2),
    ).toEqual(['price', 'release'])
  })

  test('leaves out prices of other series and of more than 40 days before the first event', () => {
    expect(prices(load(smallFiles())).map(({ priceId }) => priceId)).toEqual(['usdc', 'usdc'])
    // The first event is at 05:20 of 2022-04-15; the close of 2022-03-05 is known 40 days and 5 hours before it.
    const older = (date: string) => changed('prices.csv', (text) => text.replace('2022-01-01', date))
    expect(prices(load(older('2022-03-06')))).toHaveLength(3)
    expect(prices(load(older('2022-03-05')))).toHaveLength(2)
  })
})

describe('what is fine', () => {
  const plain = load(smallFiles())
  test.each<[string, Files]>([
    ['CRLF', changed('events.csv', (text) => text.replaceAll('\n', '\r\n'))],
    ['line ends of both sorts', changed('events.csv', (text) => text.replace('\n', '\r\n'))],
    ['the other sort first', changed('events.csv', (text) => text.replace(/main\n/g, 'main\r\n'))],
    ['a cut inside the last line end', changed('events.csv', (text) => text.replace(/\n$/, '\r'))],
    ['a byte order mark', changed('events.csv', (text) => `\uFEFF${text}`)],
    ['blank lines', changed('events.csv', (text) => text.replaceAll('\n', '\n\n'))],
    ['no line end at the end', changed('events.csv', (text) => text.trimEnd())],
    ['quoted cells', changed('events.csv', (text) => text.replaceAll('main', '"main"'))],
    ['addresses and hashes in capitals', changed('events.csv', (text) => text.replaceAll('aaa', 'AAA'))],
    [
      'an unknown column',
      changed('finality.csv', (text) => text.replaceAll('\n', ',1\n').replace(',1', ',more')),
    ],
    ['a label of an unknown kind', changed('labels.csv', (text) => `${text}odd,odd,x,y,z\n`)],
    ['one label twice', changed('labels.csv', (text) => text + text.split('\n')[1])],
    [
      'no set column',
      changed('events.csv', (text) => text.replace(/\n.*additional/, '').replaceAll(/,(main|set)\n/g, '\n')),
    ],
    ['a row of no set', changed('events.csv', (text) => text.replaceAll(',main', ','))],
    ['no peer between two chains', changed('events.csv', (text) => text.replace('5000000,20', '5000000,'))],
  ])('%s', (_, files) => {
    expect(load(files)).toEqual(plain)
  })

  test('a token nobody mapped: that is a finding, not an error', () => {
    const odd = `0x${'9'.repeat(40)}`
    const history = load(
      changed('events.csv', (text) => text.replace(`,${usdcHome},${usdcAway}`, `,${odd},None`)),
    )
    expect(events(history)[0]).toMatchObject({ tokenSource: odd, token: null })
  })

  test('no block column', () => {
    const text = String(smallFiles()['events.csv'])
    const cut = text.replaceAll(/^((?:[^,\n]*,){12})[^,\n]*,/gm, '$1')
    expect(events(load({ ...smallFiles(), 'events.csv': cut })).map(({ block }) => block)).toEqual(
      Array(5).fill(null),
    )
  })

  test('the largest uint256', () => {
    const largest = 2n ** 256n - 1n
    const files = changed('events.csv', (text) => text.replace(',5000000,', `,${largest},`))
    expect(events(load(files))[0]).toMatchObject({ amount: largest })
  })

  test('no labels, and no prices where no token is priced', () => {
    const files = changed('token_mapping.csv', (text) => text.replace(',usdc,', ',,'))
    delete files['labels.csv']
    delete files['prices.csv']
    expect(load(files).attack.size).toBe(0)
    expect(load(files).observations).toHaveLength(5)
  })
})

describe('bridge.yaml', () => {
  test('names the bridge, its chains and the sets to replay', () => {
    const history = withFolder({ ...smallFiles(), 'bridge.yaml': smallYaml }, (dir) => loadHistory(dir))
    expect(history.bridge).toMatchObject({ name: 'Small bridge', synthetic: true })
    expect(history.bridge.chains.map(({ name }) => name)).toEqual(['Home', 'Away'])
    expect(history.bridge.tokens.map(({ symbol }) => symbol)).toEqual(['USDC'])
    expect(history.source).toBe('made by hand')
    expect(events(history)).toHaveLength(6)
  })

  test('may stand elsewhere and name other tables and kinds', () => {
    const { 'events.csv': table, ...others } = smallFiles()
    const yaml =
      'name: Other\nfiles: { events: log.csv }\nkinds: { in: lock, out: mint, back: burn, home: release }\n'
    const texts = [/deposit_locked/g, /deposit_minted/g, /withdrawal_burned/g, /withdrawal_released/g]
    const log = ['in', 'out', 'back', 'home'].reduce(
      (text, name, at) => text.replace(texts[at]!, name),
      String(table),
    )
    withFolder({ ...others, 'log.csv': log, 'mine.yaml': yaml }, (dir) => {
      const history = loadHistory(dir, { bridgeFile: join(dir, 'mine.yaml') })
      expect(history.bridge.name).toBe('Other')
      expect(history.observations).toEqual(load(smallFiles()).observations)
    })
  })

  test('without tokens needs the mapping, with them does not', () => {
    const { 'token_mapping.csv': _, 'finality.csv': __, ...files } = smallFiles()
    expect(load({ ...files, 'bridge.yaml': smallYaml }).bridge.tokens).toHaveLength(1)
  })
})

test('progress goes up to the size of the events table', () => {
  withFolder(smallFiles(), (dir) => {
    const reports: [number, number][] = []
    loadHistory(dir, { onProgress: (done, total) => reports.push([done, total]) })
    const size = Buffer.byteLength(String(smallFiles()['events.csv']))
    expect(reports.at(-1)).toEqual([size, size])
    for (const [done, total] of reports) expect(done <= total && total === size).toBe(true)
  })
})

test('law: observations are in the order of compare, whatever the order of rows in any table', () => {
  const digits = [...'0123456789abcdef']
  const leg = fc.record({
    at: fc.constantFrom(1650000000, 1650000001, 1650067200),
    chain: fc.constantFrom(10, 20),
    kind: fc.constantFrom('lock', 'mint', 'burn', 'release'),
    tx: fc.constantFrom(...digits),
    index: fc.nat(3),
    block: fc.constantFrom('', '7', '8'),
  })
  const legs = fc.uniqueArray(leg, { minLength: 1, maxLength: 30, selector: (each) => BridgeEvent.id(each) })
  const shuffles = (files: Files) =>
    fc.record(
      Object.fromEntries(Object.entries(files).map(([name, text]) => [name, shuffledRows(String(text))])),
    )
  const histories = legs.chain((rows) => {
    const files = {
      ...smallFiles(),
      'events.csv': table(rows),
      'labels.csv': 'label,chain_id,tx_hash,event_index\n',
    }
    return fc.record({ files: fc.constant(files), shuffled: shuffles(files) })
  })
  fc.assert(
    fc.property(histories, ({ files, shuffled }) => {
      const history = load(files)
      const again = load(shuffled)
      expect(again).toEqual(history)
      const inOrder = events(history)
      for (let at = 1; at < inOrder.length; at++)
        expect(BridgeEvent.compare(inOrder[at - 1]!, inOrder[at]!)).toBeLessThan(0)
      const { observations } = history
      for (let at = 1; at < observations.length; at++) {
        expect(observations[at]!.at).toBeGreaterThanOrEqual(observations[at - 1]!.at)
        if (observations[at]!.kind === 'price' && observations[at - 1]!.kind !== 'price')
          expect(observations[at]!.at).toBeGreaterThan(observations[at - 1]!.at)
      }
    }),
    { numRuns: 60 },
  )

  function table(
    rows: readonly { at: number; chain: number; kind: string; tx: string; index: number; block: string }[],
  ) {
    const lines = rows.map(({ at, chain, kind, tx, index, block }) =>
      [at, chain, `0x${tx.repeat(64)}`, index, kind, 1, '', 'None', '', alice, 1, '', block].join(','),
    )
    return `timestamp,chain_id,tx_hash,event_index,kind,message_id,token_src,token_dst,sender,beneficiary,amount,peer_chain_id,block\n${lines.join('\n')}\n`
  }

  function shuffledRows(text: string) {
    const [header, ...rows] = text.trimEnd().split('\n')
    return fc
      .shuffledSubarray(rows, { minLength: rows.length })
      .map((shuffled) => `${[header, ...shuffled].join('\n')}\n`)
  }
})

const data = dataDir()

describe.skipIf(data === undefined)(
  `the record of a real bridge${data ? '' : ' (skipped: no study data; set CUTWATER_DATA)'}`,
  () => {
    const history = data === undefined ? undefined : loadHistory(join(data, 'nomad'))

    // The counts are those of the data's own README: 33,943 rows less 930 of the set `additional`, 382 attack releases.
    test('has the published counts', () => {
      expect(events(history!)).toHaveLength(33_013)
      expect(history!.attack.size).toBe(382)
      expect(history!.bridge.chains.map(({ finalitySeconds }) => finalitySeconds)).toEqual([1800, 1800])
      expect(history!.bridge.tokens).toHaveLength(11)
    })

    test('has as many legs of each kind as the file', () => {
      const counts = { lock: 0, mint: 0, burn: 0, release: 0 }
      for (const { kind } of events(history!)) counts[kind]++
      // awk -F, '$14=="main"{n[$5]++} END{for(k in n)print k,n[k]}' events.csv
      expect(counts).toEqual({ lock: 11_410, mint: 11_417, burn: 5_317, release: 4_869 })
    })

    test('has nine priced tokens, and prices from 40 days before the first leg', () => {
      const points = prices(history!)
      expect(new Set(points.map(({ priceId }) => priceId)).size).toBe(9)
      const first = events(history!)[0]!.at
      expect(UnixTime.format(first)).toBe('2022-01-11T11:59:41Z')
      expect(UnixTime.format(points[0]!.at)).toBe('2021-12-03T00:00:00Z')
    })

    test('has every attack release on the two days of the attack', () => {
      const attack = events(history!).filter((event) => history!.attack.has(BridgeEvent.id(event)))
      expect(attack).toHaveLength(382)
      for (const { at, kind } of attack) {
        expect(kind).toBe('release')
        expect(['2022-08-01', '2022-08-02']).toContain(UnixTime.formatDate(at))
      }
    })
  },
)
