import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lossesOf } from '@cutwater/core/simulation/incidents/Calibration.ts'
import { familyOf } from '@cutwater/core/simulation/incidents/Incident.ts'
import { describe as describeLosses } from '@cutwater/core/simulation/incidents/Severity.ts'
import { toDollars } from '@cutwater/core/units/Usd.ts'
import { afterAll, describe, expect, test } from 'vitest'
import { loadIncidents, shipped } from './loadIncidents.ts'

const folder = mkdtempSync(join(tmpdir(), 'cutwater-incidents-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the record that comes with Cutwater', () => {
  const incidents = loadIncidents()
  const core = incidents.filter(({ scope }) => scope === 'core')

  test('has 83 incidents, 77 of bridges themselves, each with a source', () => {
    expect(incidents).toHaveLength(83)
    expect(core).toHaveLength(77)
    expect(incidents.every(({ sources }) => sources.length > 0)).toBe(true)
    expect(incidents.map(({ date }) => date)).toEqual(incidents.map(({ date }) => date).sort((a, b) => a - b))
  })

  // Counted by hand when the record was collected.
  test('counts 23 keys, 22 proofs, 17 logic, 5 upgrades, 2 data; $3.31B in all', () => {
    const count = (family: string) => core.filter(({ cause }) => familyOf(cause) === family).length
    expect(['keys', 'proof', 'logic', 'upgrade', 'data'].map(count)).toEqual([23, 22, 17, 5, 2])
    const gross = lossesOf(core).reduce((a, b) => a + b, 0)
    expect(toDollars(gross) / 1e9).toBeCloseTo(3.31, 2)
  })

  test('has losses of p25 0.8, p50 3.6, p75 10.8, mean 48 ($M)', () => {
    const { p25, p50, p75, mean } = describeLosses(lossesOf(core).map((loss) => toDollars(loss) / 1e6))
    expect([p25, p50, p75].map((value) => value.toFixed(1))).toEqual(['0.8', '3.6', '10.8'])
    expect(mean.toFixed(0)).toBe('48')
  })
})

describe('a table of incidents that does not fit names its line', () => {
  const [header, ...rows] = readFileSync(shipped, 'utf8').split('\n')
  const first = rows[0]!.split(',')
  const position = (column: string) => header!.split(',').indexOf(column)
  const load = (...lines: readonly string[]) => {
    const file = join(folder, 'incidents.csv')
    writeFileSync(file, `${[header, ...lines].join('\n')}\n`)
    return loadIncidents(file)
  }
  const withCell = (column: string, cell: string) =>
    first.map((old, at) => (at === position(column) ? cell : old)).join(',')

  test('as it stands, it does', () => expect(load(rows[0]!)).toHaveLength(1))

  test.each([
    ['scope', 'cores', 'INCIDENT_SCOPE_UNKNOWN'],
    ['cause', 'keys', 'INCIDENT_CAUSE_UNKNOWN'],
    ['confidence', '', 'INCIDENT_CONFIDENCE_UNKNOWN'],
    ['pause_would_limit', 'maybe', 'INCIDENT_VERDICT_UNKNOWN'],
    ['precursor', 'omen', 'INCIDENT_PRECURSOR_UNKNOWN'],
    ['precursor_lead_s', '60', 'INCIDENT_LEAD_WITHOUT_PRECURSOR'],
    ['recovered_usd', '99999999999', 'INCIDENT_RECOVERED_ABOVE_LOSS'],
    ['loss_usd', '1e6', 'CSV_NUMBER_MALFORMED'],
    ['date', '2021-02-30', 'CSV_DATE_MALFORMED'],
    ['first_bad_tx', 'noon', 'CSV_TIME_MALFORMED'],
    ['bad_txs', '0', 'CSV_NUMBER_OUT_OF_RANGE'],
    ['sources', '', 'CSV_CELL_EMPTY'],
  ])('%s = "%s"', (column, cell, code) => {
    expect(() => load(withCell(column, cell))).toThrow(new RegExp(`incidents\\.csv:2: .*\\[${code}\\]`))
  })

  test('the same incident twice', () => {
    expect(() => load(rows[0]!, rows[0]!)).toThrow(/incidents\.csv:3: .*line 2.*\[INCIDENT_DUPLICATE\]/)
  })
})
