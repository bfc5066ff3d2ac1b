import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dataDir } from '../config/dataDir.ts'
import { openMarket, smallMarket } from '../market/smallMarket.fixture.ts'
import { cutwater, jsonOf } from './cutwater.fixture.ts'

type Result = {
  ok: boolean
  errors: { code: string; where: string }[]
  notes: { kind: string; code: string; from: string; to: string; count: number }[]
  tables: { name: string; rows: number }[]
  days: { rows: number; from: string; to: string }
  chains: string[]
}

let folder: ReturnType<typeof openMarket>
beforeEach(() => {
  const files = smallMarket()
  files['vix_futures_by_contract.csv'] = files['vix_futures_by_contract.csv']!.replace('44.875', '0')
  folder = openMarket({ ...files, 'readme.txt': 'not a table' })
})
afterEach(() => folder.dispose())

describe('cutwater data check', () => {
  it('says what a sound folder holds, and what was mended', async () => {
    const result: Result = JSON.parse(await jsonOf('data', 'check', folder.dir))
    expect(result).toMatchObject({
      ok: true,
      errors: [],
      days: { rows: 5, from: '2020-03-12', to: '2020-03-18' },
    })
    const codes = result.notes.map(({ code }) => code)
    for (const code of [
      'settle-missing',
      'table-missing',
      'settle-is-soq',
      'futures-at-1615',
      'file-not-read',
    ])
      expect(codes).toContain(code)
  })

  it('lists every broken file, goes on past them, and ends with 2', async () => {
    const broken = openMarket({
      ...smallMarket(),
      'cboe_vol_indices.csv': 'date,vvix\n2020-03-16,NaN\n',
      'macro_event_dates.csv': 'date,event\n2020-13-01,cpi\n',
    })
    const { out, code } = await cutwater('data', 'check', broken.dir, '--json')
    const result: Result = JSON.parse(out)
    expect(code).toBe(2)
    expect(result.errors.map((each) => [each.code, each.where])).toEqual([
      ['CSV_NUMBER_MALFORMED', `${broken.dir}/cboe_vol_indices.csv:2`],
      ['CSV_DATE_MALFORMED', `${broken.dir}/macro_event_dates.csv:2`],
    ])
    expect(result.days.rows).toBe(5)
    broken.dispose()
  })

  it('prints the same as text, without the machine’s path in each line', async () => {
    const { out, code } = await cutwater('data', 'check', folder.dir)
    expect(code).toBe(0)
    expect(out).toMatch(/5 trading days, 2020-03-12 to 2020-03-18; 0 option chains/)
    expect(out).toMatch(/repair +a contract without a settle.* vix_futures_by_contract\.csv:4/)
  })

  it('a folder that is not there is one line', async () => {
    const { out, err, code } = await cutwater('data', 'check', '/no/such/folder')
    expect({ out, code }).toEqual({ out: '', code: 2 })
    expect(err).toMatch(/^cutwater: \/no\/such\/folder: there is no such folder; expected a folder.*\n$/)
  })
})

const recorded = join(dataDir() ?? '', 'market')
const isAtHand = dataDir() !== undefined && existsSync(join(recorded, 'spx_ohlc.csv'))

describe.skipIf(!isAtHand)('recorded markets, skipped where CUTWATER_DATA has no market/spx_ohlc.csv', () => {
  it('are sound, and every trap that is known of is named', async () => {
    const { ok, notes, chains }: Result = JSON.parse(await jsonOf('data', 'check', recorded))
    expect(ok).toBe(true)
    const spans = (code: string) =>
      notes.filter((note) => note.code === code).map(({ from, to }) => [from, to])
    expect(spans('breadth-synthetic')).toContainEqual(['2015-11-12', '2016-12-30'])
    expect(spans('strip-month-missing')).toContainEqual(['2004-03-26', '2008-04-18'])
    expect(spans('futures-at-1615')).toEqual([['2004-03-26', '2020-10-23']])
    expect(spans('chain-not-at-close')).toContainEqual(['2022-07-12', '2022-07-12'])
    expect(spans('vendor-volatility')).toContainEqual(['2022-02-04', '2022-02-04'])
    for (const code of [
      'spx-open-repeats',
      'settle-is-soq',
      'expiry-not-wednesday',
      'economy-revised',
      'vix-carried',
    ])
      expect(spans(code)).not.toEqual([])
    expect(chains.length).toBeGreaterThanOrEqual(11)
  }, 60_000)
})

describe('cutwater data surface', () => {
  it('says of a folder without chains what is missing, and reads none of it as a result', async () => {
    const { code, err } = await cutwater('data', 'surface', folder.dir)
    expect(code).toBe(2)
    expect(err).toContain('[CHAINS_MISSING]')
  })
})
