import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readHoldings } from './readHoldings.ts'
import { readMarketDay } from './readMarketDay.ts'

const folder = mkdtempSync(join(tmpdir(), 'cutwater-'))
afterAll(() => rmSync(folder, { recursive: true }))
const fileOf = (...lines: string[]) => {
  const file = join(folder, 'file.yaml')
  writeFileSync(file, lines.join('\n'))
  return file
}

const examples = join(import.meta.dirname, '../../examples/options')

describe('the files of a plan', () => {
  it('are read as they stand in the examples', () => {
    const { condors, hedges } = readHoldings(join(examples, 'holdings.yaml'))
    expect(condors[0]).toMatchObject({
      contracts: 6,
      condor: { putWing: 4330, callWing: 4870, settles: 'open' },
    })
    expect(hedges.map(({ layer }) => layer)).toEqual(['near', 'mid', 'far'])
    const { futures, indices } = readMarketDay(join(examples, 'market.yaml'))
    expect(futures).toHaveLength(7)
    expect(indices.vvix).toBe(84)
  })

  it.each([
    [
      'strikes that do not rise',
      [
        'cashUsd: 1',
        'condors:',
        '  - { strikes: [4500, 4330, 4790, 4870], expiry: 2024-01-19, contracts: 1, credit: 1, opened: 2023-12-05 }',
      ],
      'file.yaml:3: condors[0].strikes',
      'four strikes that rise',
    ],
    [
      'a day that no calendar has',
      [
        'cashUsd: 1',
        'hedges:',
        '  - { layer: near, strike: 14, expiry: 2024-02-30, quantity: 2, cost: 1, opened: 2023-12-05 }',
      ],
      'hedges[0].expiry is "2024-02-30"',
      'a date',
    ],
    [
      'half a contract',
      [
        'cashUsd: 1',
        'hedges:',
        '  - { layer: near, strike: 14, expiry: 2024-02-14, quantity: 0.5, cost: 1, opened: 2023-12-05 }',
      ],
      'quantity is 0.5',
      'a whole number',
    ],
    ['no cash', ['condors: []'], 'cashUsd is missing', 'dollars'],
  ])('are refused for %s', (_, lines, what, right) => {
    expect(() => readHoldings(fileOf(...lines))).toThrow(what)
    expect(() => readHoldings(fileOf(...lines))).toThrow(right)
  })

  it.each([
    [
      'a settle of zero',
      ['futures: [{ expiry: 2024-01-17, settle: 0 }]'],
      'futures[0].settle is 0',
      'a number above 0',
    ],
    ['an index that is none', ['indices: { vixx: 12 }'], 'indices', 'vix'],
    ['a yield in percent', ['billYield: 5.3'], 'billYield is 5.3', 'a yield per year'],
    [
      'a bar upside down',
      ['spx: { open: 100, high: 90, low: 80, close: 85 }'],
      'spx is',
      'a high at or above',
    ],
  ])('are refused for %s', (_, lines, what, right) => {
    const keys = new Set(lines.map((line) => line.split(':')[0]))
    const usual = [
      'date: 2024-01-04',
      'spx: { open: 4697, high: 4726, low: 4688, close: 4690 }',
      'vix: { open: 14, high: 15, low: 13, close: 14 }',
      'billYield: 0.05',
    ]
    const file = fileOf(...usual.filter((line) => !keys.has(line.split(':')[0])), ...lines)
    expect(() => readMarketDay(file)).toThrow(what)
    expect(() => readMarketDay(file)).toThrow(right)
  })
})
