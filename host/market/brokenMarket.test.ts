import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { describe, expect, test } from 'vitest'
import { loadMarket } from './loadMarket.ts'
import { readChains } from './readChains.ts'
import { csv, type Files, smallMarket, withMarket } from './smallMarket.fixture.ts'

type Change = (files: Files) => void

const spx = 'spx_ohlc.csv'
const vix = 'vix_ohlc.csv'
const bills = 'tbill_3m_daily.csv'
const futures = 'vix_futures_by_contract.csv'
const indices = 'cboe_vol_indices.csv'
const events = 'macro_event_dates.csv'
const chains = 'spx_option_chains.csv'

const replaced =
  (name: string, from: string | RegExp, to: string): Change =>
  (files) => {
    expect(files[name]).toMatch(from)
    files[name] = files[name]!.replace(from, to)
  }
const appended =
  (name: string, line: string): Change =>
  (files) => {
    files[name] += `${line}\n`
  }
const without =
  (name: string): Change =>
  (files) => {
    delete files[name]
  }
const content =
  (name: string, text: string): Change =>
  (files) => {
    files[name] = text
  }

const chainHead = 'date,spot,root,expiry,dte,type,strike,bid,ask,iv,delta,volume,open_interest'
const chainOf = (...rows: string[]) => content(chains, csv(chainHead, rows))
const goodQuote = '2020-03-16,2386.13,SPXW,2020-03-20,4,P,2300.0,40.1,42.3,0.8,-0.3,10.0,100.0'

type Refused = { title: string; change: Change; code: string; where: string; says: RegExp }

const refused: readonly Refused[] = [
  {
    title: 'no SPX table',
    change: without(spx),
    code: 'FILE_MISSING',
    where: spx,
    says: /there is no such file/,
  },
  {
    title: 'no VIX table',
    change: without(vix),
    code: 'FILE_MISSING',
    where: vix,
    says: /a file named vix_ohlc/,
  },
  {
    title: 'no bills',
    change: without(bills),
    code: 'FILE_MISSING',
    where: bills,
    says: /a file named tbill/,
  },
  {
    title: 'an empty file',
    change: content(spx, ''),
    code: 'CSV_EMPTY',
    where: spx,
    says: /the columns date, open/,
  },
  {
    title: 'a header alone',
    change: content(vix, 'date,open,high,low,close\n'),
    code: 'CSV_NO_ROWS',
    where: vix,
    says: /at least one row/,
  },
  {
    title: 'a file that is no text',
    change: content(spx, 'date\0'),
    code: 'FILE_NOT_TEXT',
    where: `${spx}:1`,
    says: /NUL/,
  },
  {
    title: 'an unknown column in place of one',
    change: replaced(futures, 'settle', 'setle'),
    code: 'CSV_COLUMN_MISSING',
    where: `${futures}:1`,
    says: /no column settle; expected a column settle \(it has "setle"\)/,
  },
  {
    title: 'a column twice',
    change: replaced(indices, 'vix6m', 'vix3m'),
    code: 'CSV_COLUMN_DUPLICATE',
    where: `${indices}:1`,
    says: /vix3m twice/,
  },
  {
    title: 'a row cut off',
    change: replaced(spx, ',2398.1\n', '\n'),
    code: 'CSV_ROW_LENGTH',
    where: `${spx}:6`,
    says: /4 of 5 cells/,
  },
  {
    title: 'an open quote',
    change: appended(spx, '2020-03-19,"1'),
    code: 'CSV_QUOTE_OPEN',
    where: `${spx}:7`,
    says: /never ends/,
  },
  {
    title: 'a price that is no number',
    change: replaced(spx, '2480.64', '2,480x'.replace(',', '')),
    code: 'CSV_NUMBER_MALFORMED',
    where: `${spx}:2`,
    says: /close is "2480x"/,
  },
  {
    title: 'a price below zero',
    change: replaced(spx, '2480.64', '-2480.64'),
    code: 'CSV_NUMBER_OUT_OF_RANGE',
    where: `${spx}:2`,
    says: /close is "-2480.64"/,
  },
  {
    title: 'NaN for a level',
    change: replaced(indices, '207.59', 'NaN'),
    code: 'CSV_NUMBER_MALFORMED',
    where: `${indices}:4`,
    says: /vvix is "NaN"/,
  },
  {
    title: 'an infinite level',
    change: replaced(indices, '207.59', 'Infinity'),
    code: 'CSV_NUMBER_MALFORMED',
    where: `${indices}:4`,
    says: /vvix is "Infinity"/,
  },
  {
    title: 'a number too large to be one',
    change: replaced(spx, '2480.64', '1e400'),
    code: 'CSV_NUMBER_OUT_OF_RANGE',
    where: `${spx}:2`,
    says: /1e400/,
  },
  {
    title: 'a date no calendar has',
    change: replaced(spx, '2020-03-12', '2020-02-30'),
    code: 'CSV_DATE_MALFORMED',
    where: `${spx}:2`,
    says: /2020-02-30/,
  },
  {
    title: 'a date the American way',
    change: replaced(spx, '2020-03-12', '03/12/2020'),
    code: 'CSV_DATE_MALFORMED',
    where: `${spx}:2`,
    says: /such as 2022-08-01/,
  },
  {
    title: 'a date before all markets',
    change: replaced(spx, '2020-03-12', '1870-03-12'),
    code: 'CSV_TIME_OUT_OF_RANGE',
    where: `${spx}:2`,
    says: /between 1950 and 2100/,
  },
  {
    title: 'two rows of a day that contradict each other',
    change: appended(spx, '2020-03-12,2630.86,2660.95,2478.86,2500'),
    code: 'MARKET_ROW_DUPLICATE',
    where: `${spx}:7`,
    says: /2020-03-12 stands in line 2/,
  },
  {
    title: 'two settles of a contract',
    change: appended(futures, '2020-03-16,2020-04-15,0,0,0,0,60,0,0'),
    code: 'MARKET_ROW_DUPLICATE',
    where: `${futures}:9`,
    says: /line 3/,
  },
  {
    title: 'a future after its expiry',
    change: appended(futures, '2020-03-19,2020-03-18,0,0,0,0,60,0,0'),
    code: 'FUTURES_EXPIRED',
    where: `${futures}:9`,
    says: /after it expired/,
  },
  {
    title: 'an expiry on a Sunday',
    change: appended(futures, '2020-03-18,2020-06-21,0,0,0,0,60,0,0'),
    code: 'FUTURES_EXPIRY_IMPOSSIBLE',
    where: `${futures}:9`,
    says: /2020-06-21: weekend/,
  },
  {
    title: 'an expiry on a holiday',
    change: appended(futures, '2020-03-18,2020-12-25,0,0,0,0,60,0,0'),
    code: 'FUTURES_EXPIRY_IMPOSSIBLE',
    where: `${futures}:9`,
    says: /Christmas Day/,
  },
  {
    title: 'an expiry between the months, before there were weekly ones',
    change: appended(futures, '2015-07-01,2015-07-08,0,0,0,0,15,0,0'),
    code: 'FUTURES_EXPIRY_IMPOSSIBLE',
    where: `${futures}:9`,
    says: /2015-07-08: it is no monthly one/,
  },
  {
    title: 'a bill yield in basis points',
    change: replaced(bills, '0.25,0.33', '250,0.33'),
    code: 'CSV_NUMBER_OUT_OF_RANGE',
    where: `${bills}:2`,
    says: /from -5 to 50/,
  },
  {
    title: 'an hour that no day has',
    change: replaced(events, '14:00', '25:00'),
    code: 'CSV_TIME_MALFORMED',
    where: `${events}:4`,
    says: /such as 08:30/,
  },
  {
    title: 'tables without a common day',
    change: (files) => {
      files[vix] = files[vix]!.replaceAll('2020-03', '2019-03')
      files[indices] = files[indices]!.replaceAll('2020-03', '2019-03')
    },
    code: 'MARKET_EMPTY',
    where: '',
    says: /no trading day can be made of 5 SPX days, 5 VIX days/,
  },
  {
    title: 'an option after its expiry',
    change: chainOf(goodQuote.replace('2020-03-20', '2020-03-13')),
    code: 'CHAIN_TIME_NEGATIVE',
    where: `${chains}:2`,
    says: /after it expired/,
  },
  {
    title: 'an option that expires on Good Friday',
    change: chainOf(goodQuote.replace('2020-03-20', '2020-04-10')),
    code: 'CHAIN_EXPIRY_IMPOSSIBLE',
    where: `${chains}:2`,
    says: /Good Friday/,
  },
  {
    title: 'neither call nor put',
    change: chainOf(goodQuote.replace(',P,', ',X,')),
    code: 'CHAIN_TYPE_UNKNOWN',
    where: `${chains}:2`,
    says: /type is "X"; expected one of "C", "P"/,
  },
  {
    title: 'a strike of zero',
    change: chainOf(goodQuote.replace('2300.0', '0')),
    code: 'CSV_NUMBER_OUT_OF_RANGE',
    where: `${chains}:2`,
    says: /strike is "0"/,
  },
  {
    title: 'an option quoted twice, at two prices',
    change: chainOf(goodQuote, goodQuote.replace('40.1', '39.9')),
    code: 'CHAIN_QUOTE_DUPLICATE',
    where: `${chains}:3`,
    says: /SPXW put of 2020-03-20 at 2300/,
  },
  {
    title: 'nothing but crossed quotes',
    change: chainOf(goodQuote.replace('40.1', '43')),
    code: 'CHAIN_EMPTY',
    where: chains,
    says: /no quote that can be used/,
  },
]

describe('what cannot be relied on is one error, with its place', () => {
  test.each(refused)('$title', ({ change, code, where, says }) => {
    const files = smallMarket()
    change(files)
    withMarket(files, (dir) => {
      const error = errorOf(() => {
        loadMarket(dir)
        if (files[chains] !== undefined) readChains(`${dir}/${chains}`)
      })
      expect(error.code).toBe(code)
      expect(error.where ?? '').toBe(where === '' ? '' : `${dir}/${where}`)
      expect(error.message).toMatch(says)
      expect(error.message).not.toContain('\n')
    })
  })
})

type Mended = { title: string; change: Change; code: string; count?: number }

const mended: readonly Mended[] = [
  { title: 'a settle of zero', change: replaced(futures, '44.875', '0'), code: 'settle-missing' },
  { title: 'no settle', change: replaced(futures, '44.875', ''), code: 'settle-missing' },
  {
    title: 'a weekly contract',
    change: appended(futures, '2020-03-18,2020-03-25,0,0,0,0,70,0,0'),
    code: 'future-weekly',
  },
  { title: 'a level of zero', change: replaced(indices, '207.59', '0'), code: 'level-zero' },
  { title: 'a close of zero', change: replaced(spx, '2398.1\n', '0\n'), code: 'close-missing' },
  { title: 'a low above the close', change: replaced(spx, '2478.86', '2490'), code: 'bar-mended' },
  { title: 'no opening', change: replaced(spx, '2436.5,', ','), code: 'bar-mended' },
  {
    title: 'a row twice',
    change: (files) => appended(spx, files[spx]!.trim().split('\n').at(-1)!)(files),
    code: 'row-repeated',
  },
  {
    title: 'newest rows first',
    change: (files) => {
      const [head, ...rows] = files[spx]!.trim().split('\n')
      files[spx] = csv(head!, rows.reverse())
    },
    code: 'rows-sorted',
  },
  { title: 'an SPX row on a Sunday', change: appended(spx, '2020-03-22,1,1,1,1'), code: 'spx-on-holiday' },
  {
    title: 'a day without a VIX',
    change: (files) => {
      replaced(vix, /2020-03-17.*\n/, '')(files)
      replaced(indices, /2020-03-17.*\n/, '')(files)
    },
    code: 'vix-carried',
  },
  {
    title: 'a day with the close of the VIX alone',
    change: replaced(vix, /2020-03-17.*\n/, ''),
    code: 'vix-from-close',
  },
  {
    title: 'an event of another name',
    change: appended(events, '2020-03-26,gdp,Q4,08:30'),
    code: 'event-unknown',
  },
  {
    title: 'futures of a day without SPX',
    change: appended(futures, '2020-03-19,2020-04-15,0,0,0,0,60,0,0'),
    code: 'futures-without-spx',
  },
  { title: 'no table of futures', change: without(futures), code: 'table-missing' },
]

describe('what can be mended is, and is named', () => {
  test.each(mended)('$title', ({ change, code }) => {
    const files = smallMarket()
    change(files)
    const history = withMarket(files, loadMarket)
    expect(history.notes.map((note) => note.code)).toContain(code)
    expect(numbersOf(history).filter((value) => !Number.isFinite(value))).toEqual([])
  })

  test('an opening that was not published is the close before, never a price of the day', () => {
    const files = smallMarket()
    replaced(spx, '2436.5,', ',')(files)
    const last = withMarket(files, loadMarket).days.at(-1)!
    expect(last.spx.open).toBe(2529.19)
    expect(last.flags).toEqual(['spx-open-repeats', 'bar-mended', 'futures-at-1615'])
  })

  test('crossed quotes and quotes without an offer are left out of a chain', () => {
    const files = smallMarket()
    chainOf(
      goodQuote,
      goodQuote.replace('2300.0,40.1,42.3', '2310.0,45.1,44.3'),
      goodQuote.replace('2300.0,40.1,42.3', '2320.0,0.0,0.0'),
      goodQuote.replace('2020-03-20', '2020-03-21').replace('2300.0', '2330.0'),
    )(files)
    const [chain] = withMarket(files, (dir) => [...readChains(`${dir}/${chains}`).values()])
    expect(chain!.quotes.map(({ strike }) => strike)).toEqual([2300, 2330])
    expect(chain!.notes.map(({ code }) => code)).toEqual([
      'expiry-saturday',
      'quote-crossed',
      'quote-no-offer',
    ])
  })
})

test('a column that nobody knows is left alone', () => {
  const files = smallMarket()
  files[spx] = files[spx]!.replace('close\n', 'close,extra\n')
    .replace(/(\d)\n/g, '$1,x\n')
    .replace('close,extra,x', 'close,extra')
  expect(withMarket(files, loadMarket).days).toHaveLength(5)
})

function errorOf(act: () => unknown): CutwaterError {
  try {
    act()
  } catch (error) {
    expect(error).toBeInstanceOf(CutwaterError)
    return error as CutwaterError
  }
  throw new Error('nothing was thrown')
}

function numbersOf(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersOf) : []
}
