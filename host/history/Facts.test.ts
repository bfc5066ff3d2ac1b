import { readFileSync } from 'node:fs'
import { feeds } from '@cutwater/core/bridge/signals/Feed.ts'
import { parse } from '@cutwater/core/units/UnixTime.ts'
import { describe, expect, test } from 'vitest'
import * as Facts from './Facts.ts'
import { loadHistory } from './loadHistory.ts'
import { smallFiles, withFolder } from './smallFolder.fixture.ts'

const yaml = `verifiers:
  - { name: '0xA1', operator: one firm }
  - { name: '0xA2', operator: one firm }
  - { name: '0xB1', operator: another }
threshold: 2
owner: { name: '0xD0', kind: deployer }
timelockHours: 24
pauseHours: never
limits: [{ token: USDC, usd: 1000000 }]
implementations: [{ name: Home, verified: true }]
coveredRoutes: []
watchedTokens: [USDC]
optimistic: { windowSeconds: 1800, watchers: 1 }
audits:
  - { of: contracts, on: 2022-03-01, known: 2022-04-01, source: a report }
drills: [{ on: 2022-04-10 }]
cover: [{ provider: mutual, usd: 5000, from: 2022-04-14, until: 2022-04-20 }]
calendar: [{ what: upgrade, at: 2022-05-01T12:00:00Z, known: 2022-04-14 }]
readings: [{ name: liquidTreasury, value: 100, on: 2022-04-15 }]
`

const factsIn = (text: string) => withFolder({ 'facts.yaml': text }, Facts.read)

describe('facts.yaml', () => {
  test('says who may move a bridge', () => {
    expect(factsIn(yaml).setup).toEqual({
      verifiers: [
        { name: '0xA1', operator: 'one firm' },
        { name: '0xA2', operator: 'one firm' },
        { name: '0xB1', operator: 'another' },
      ],
      threshold: 2,
      owner: { name: '0xD0', kind: 'deployer' },
      timelockSeconds: 86_400,
      pauseSeconds: Number.POSITIVE_INFINITY,
      limits: [{ token: 'USDC', usd: 1_000_000 }],
      implementations: [{ name: 'Home', verified: true }],
      coveredRoutes: [],
      watchedTokens: ['USDC'],
      optimistic: { windowSeconds: 1_800, watchers: 1 },
    })
  })

  test('says what was done when, each from the day it was known', () => {
    const facts = factsIn(yaml).measures.map(({ name, of, value, at, asOf, source }) => [
      name,
      of,
      value,
      at,
      asOf,
      source,
    ])
    const time = (text: string) => parse(text)!
    expect(facts).toEqual([
      ['audit', 'contracts', 1, time('2022-04-01'), time('2022-03-01'), 'a report'],
      ['drill', '', 1, time('2022-04-10'), time('2022-04-10'), 'facts.yaml'],
      ['cover', 'mutual', 5_000, time('2022-04-14'), time('2022-04-14'), 'facts.yaml'],
      [
        'event',
        'upgrade',
        time('2022-05-01T12:00:00Z'),
        time('2022-04-14'),
        time('2022-04-14'),
        'facts.yaml',
      ],
      ['liquidTreasury', '', 100, time('2022-04-15'), time('2022-04-15'), 'facts.yaml'],
      ['cover', 'mutual', 0, time('2022-04-20'), time('2022-04-20'), 'facts.yaml'],
    ])
  })

  test('that is not there has said nothing', () => {
    expect(withFolder({ 'other.txt': '' }, Facts.read)).toEqual(Facts.nothing)
  })

  test.each([
    ['treshold: 2\n', 'facts.yaml:1: treshold is not a known key; expected "threshold"'],
    ['owner: { name: a, kind: boss }\n', 'owner.kind is "boss"'],
    ['threshold: 0\n', 'expected a whole number, 1 or more'],
    ['audits: [{ on: soon }]\n', 'expected a UTC time, such as 2022-08-01'],
    ['readings: [{ name: steak, value: 1, on: 2022-01-01 }]\n', 'readings[0].name is "steak"'],
    ['calendar: [{ what: upgrade, at: 2022-05-01 }]\n', 'calendar[0].known is missing'],
  ])('%s is one clear error', (text, said) => {
    expect(() => factsIn(text)).toThrow(said)
  })
})

describe('a folder of history', () => {
  const csv =
    'at,name,of,value,unit,source,as_of\n2022-04-15T06:00:00Z,wrappedPrice,USDC,-1,canonical per wrapped,pool,\n'

  test('takes readings and facts among its observations, in their time', () => {
    const history = withFolder({ ...smallFiles(), 'measures.csv': csv, 'facts.yaml': yaml }, (dir) =>
      loadHistory(dir),
    )
    const measures = history.observations.flatMap((each) => (each.kind === 'measure' ? [each] : []))
    expect(measures).toHaveLength(7)
    expect(measures.find(({ name }) => name === 'wrappedPrice')).toMatchObject({
      of: 'USDC',
      value: -1,
      source: 'pool',
    })
    const times = history.observations.map(({ at }) => at)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
  })

  test.each([
    ['at,name,of,value,unit,source\nsoon,x,,1,USD,pool\n', '[CSV_TIME_MALFORMED]'],
    ['at,name,of,value,unit,source\n2022-04-15,x,,much,USD,pool\n', '[CSV_NUMBER_MALFORMED]'],
    ['at,name,of,value,unit,source\n2022-04-15,x,,1e999,USD,pool\n', '[CSV_NUMBER_OUT_OF_RANGE]'],
    ['at,name,value,unit\n', '[CSV_COLUMN_MISSING]'],
  ])('refuses %j', (text, code) => {
    expect(() => withFolder({ ...smallFiles(), 'measures.csv': text }, (dir) => loadHistory(dir))).toThrow(
      code,
    )
  })
})

describe('docs/feeds.md', () => {
  const text = readFileSync('docs/feeds.md', 'utf8')

  test('shows facts and readings that can be read', () => {
    const block = (language: string) => new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(text)![1]!
    expect(factsIn(block('yaml')).setup.threshold).toBe(2)
    const csv = block('csv')
    const history = withFolder({ ...smallFiles(), 'measures.csv': csv }, (dir) => loadHistory(dir))
    expect(history.observations.filter(({ kind }) => kind === 'measure')).toHaveLength(2)
  })

  test('names every feed with its unit, and no other', () => {
    const rows = [...text.matchAll(/^\| `(\w+)` \| (\w+) \| ([^|]+) \|/gm)].map(([, name, about, unit]) => [
      name,
      about,
      unit,
    ])
    expect(rows).toEqual(Object.entries(feeds).map(([name, { about, unit }]) => [name, about, unit]))
  })
})
