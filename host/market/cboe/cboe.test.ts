import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import { describe, expect, test } from 'vitest'
import { folderMarket } from '../folderMarket.ts'
import { loadMarket } from '../loadMarket.ts'
import { csv, type Files, openMarket, withMarket } from '../smallMarket.fixture.ts'
import { sniff } from './CboeFile.ts'
import { readQuoteTable } from './readQuoteTable.ts'

// Files as the exchange's and FRED's pages give them, with a few rows each.

const vxHead = 'Trade Date,Futures,Open,High,Low,Close,Settle,Change,Total Volume,EFP,Open Interest'
const quoteHead =
  'Expiration Date,Calls,Last Sale,Net,Bid,Ask,Volume,IV,Delta,Gamma,Open Interest,Strike,Puts,Last Sale,Net,Bid,Ask,Volume,IV,Delta,Gamma,Open Interest'

const published = (): Files => ({
  'SPX_History.csv': csv('DATE,SPX', ['01/02/2024,4742.83', '01/03/2024,4704.81', '01/04/2024,4688.68']),
  'VIX_History.csv': csv('DATE,OPEN,HIGH,LOW,CLOSE', [
    '01/02/2024,13.21,14.23,13.10,13.20',
    '01/03/2024,13.38,14.22,13.33,14.04',
    '01/04/2024,13.97,14.20,13.64,14.13',
  ]),
  'VVIX_History.csv': csv('DATE,VVIX', ['01/02/2024,84.03', '01/03/2024,85.39']),
  'CNDR_History.csv': csv('DATE,CNDR', ['01/02/2024,694.10']),
  'RVX_History.csv': csv('DATE,OPEN,HIGH,LOW,CLOSE', ['01/02/2024,21,22,20,21.5']),
  'DTB3.csv': csv('observation_date,DTB3', ['2024-01-01,.', '2024-01-02,5.22', '2024-01-03,5.24']),
  'VX_2024-01-17.csv': csv(vxHead, [
    '2024-01-02,F (Jan 2024),14.2,14.9,14.1,14.35,14.3500,0.15,60000,100,90000',
    '2024-01-03,F (Jan 2024),14.3,14.9,14.2,14.65,14.6544,0.3,60000,100,90000',
  ]),
  'VX_2024-01-10.csv': csv(vxHead, ['2024-01-02,F (Jan 2024),14,14,14,14,14,0,1,0,1']),
  'CFE_G24_VX.csv': `CFE data is compiled for the convenience of site visitors and is furnished without responsibility.\n${csv(vxHead, ['1/2/2024,G (Feb 24),15.2,15.4,15.1,15.3,15.3,0.1,1,0,1,'])}`,
  'spx_quotedata.csv': [
    '',
    'S&P 500 INDEX,Last: 4704.8101,Change: -38.0200',
    '"Date: January 3, 2024 at 4:20 PM EST",Bid: 4690.1,Ask: 4720.2,Size: 1*1,"Volume: 0"',
    quoteHead,
    'Fri Jan 19 2024,SPX240119C04700000,60,0,59.1,60.3,10,0.12,0.55,0.002,100,4700.00,SPX240119P04700000,45,0,44.8,45.6,12,0.12,-0.45,0.002,200',
    'Wed Jan 31 2024,SPXW240131P04700000,60,0,59.1,60.3,10,0.12,0.55,0.002,100,4700.00,SPXW240131P04700000,55,0,54.8,55.6,12,0.12,-0.45,0.002,200',
    '',
  ]
    .join('\r\n')
    .replace('SPXW240131P04700000,60', 'SPXW240131C04700000,60'),
})

describe('a folder of published files alone', () => {
  test('gives days, strips and chains', async () => {
    const files = published()
    await withMarketLater(files, async (dir) => {
      const { days, notes, strategyDays } = loadMarket(dir)
      expect(days.map(({ spx, vix }) => [spx.open, spx.close, vix.close])).toEqual([
        [4742.83, 4742.83, 13.2],
        [4742.83, 4704.81, 14.04],
        [4704.81, 4688.68, 14.13],
      ])
      expect(days[0]!.futures).toEqual([
        { expiry: UnixTime.parse('2024-01-17'), settle: 14.35 },
        { expiry: UnixTime.parse('2024-02-14'), settle: 15.3 },
      ])
      expect(days[1]!.indices).toEqual({ vvix: 85.39 })
      expect(days[1]!.billYield).toBeCloseTo(0.0535, 4)
      expect(strategyDays[0]!.values).toEqual({ cndr: 694.1 })
      const codes = notes.map(({ code }) => code)
      expect(codes).toContain('future-weekly')
      expect(codes).toContain('file-not-read')
      const chain = await folderMarket(dir).chain(UnixTime.parse('2024-01-03')!)
      expect(chain.spot).toBe(4704.8101)
      expect(chain.quotes.map(({ root, kind, strike, bid }) => [root, kind, strike, bid])).toEqual([
        ['SPX', 'call', 4700, 59.1],
        ['SPX', 'put', 4700, 44.8],
        ['SPXW', 'call', 4700, 59.1],
        ['SPXW', 'put', 4700, 54.8],
      ])
    })
  })

  test('a quote table of before 2018 is read too', () => {
    const text = [
      'SPX (S&P 500 INDEX),1271.87,14.23,',
      'Jan 03 2011 @ 15:59 ET,Bid,0,Ask,0,Size,0x0,Vol,0,',
      'Calls,Last Sale,Net,Bid,Ask,Vol,Open Int,Puts,Last Sale,Net,Bid,Ask,Vol,Open Int,',
      '11 Jan 1270.00 (SPXW1107A1270-E),9.0,0.0,9.1,10.3,5,10,11 Jan 1270.00 (SPXW1107M1270-E),7.0,0.0,6.9,7.8,3,20,',
      '',
    ].join('\n')
    withMarket({ 'quotedata.dat': text }, (dir) => {
      const { date, spot, quotes } = readQuoteTable(sniff(`${dir}/quotedata.dat`)!)
      expect([UnixTime.formatDate(date), spot]).toEqual(['2011-01-03', 1271.87])
      expect(quotes.map(({ kind, expiry, ask }) => [kind, UnixTime.formatDate(expiry), ask])).toEqual([
        ['call', '2011-01-07', 10.3],
        ['put', '2011-01-07', 7.8],
      ])
    })
  })

  // The rescaling of 2007-03-26: VX was quoted at ten times the VIX before.
  test('settlements of before 2007-03-26 are divided by ten', () => {
    const files = published()
    files['SPX_History.csv'] = csv('DATE,SPX', ['03/23/2007,1436.11', '03/26/2007,1437.50'])
    files['VIX_History.csv'] = csv('DATE,OPEN,HIGH,LOW,CLOSE', [
      '03/23/2007,13,14,12,12.95',
      '03/26/2007,13,15,13,13.16',
    ])
    files['DTB3.csv'] = csv('DATE,DTB3', ['2007-03-22,4.9', '2007-03-26,4.9'])
    files['CFE_K07_VX.csv'] = csv(vxHead, [
      '3/23/2007,K (May 07),136.9,139,136.5,138,138.7,1.5,561,0,19879,',
      '03/26/2007,K (May 07),13.80,14.30,13.70,13.80,13.79,-0.80,490,0,20141',
    ])
    const { days, notes } = withMarket(files, loadMarket)
    expect(
      days.map(
        ({ futures }) => futures.find(({ expiry }) => expiry === UnixTime.parse('2007-05-16'))?.settle,
      ),
    ).toEqual([13.87, 13.79])
    expect(notes.map(({ code }) => code)).toContain('settle-tenfold')
  })
})

type Case = {
  title: string
  file: string
  from: string
  to: string
  code: string
  line: number
  says: RegExp
}

const cases: readonly Case[] = [
  {
    title: 'a date of no calendar',
    file: 'VIX_History.csv',
    from: '01/03/2024',
    to: '13/03/2024',
    code: 'CSV_DATE_MALFORMED',
    line: 3,
    says: /13\/03\/2024/,
  },
  {
    title: 'a close that is no number',
    file: 'VIX_History.csv',
    from: '14.04',
    to: 'n/a',
    code: 'CSV_NUMBER_MALFORMED',
    line: 3,
    says: /close is "n\/a"/,
  },
  {
    title: 'a short row',
    file: 'VIX_History.csv',
    from: '01/03/2024,13.38,14.22,13.33,14.04',
    to: '01/03/2024,13.38',
    code: 'CSV_ROW_LENGTH',
    line: 3,
    says: /2 cells; expected at least 5/,
  },
  {
    title: 'a contract of no month',
    file: 'CFE_G24_VX.csv',
    from: 'G (Feb 24)',
    to: 'G (Foo 24)',
    code: 'FUTURES_CONTRACT_UNKNOWN',
    line: 3,
    says: /F \(Jan 2024\)/,
  },
  {
    title: 'a settle after expiry',
    file: 'VX_2024-01-17.csv',
    from: '2024-01-03',
    to: '2024-01-18',
    code: 'FUTURES_EXPIRED',
    line: 3,
    says: /after it expired/,
  },
  {
    title: 'an option with the name of none',
    file: 'spx_quotedata.csv',
    from: 'SPX240119P04700000',
    to: 'SPX2401',
    code: 'QUOTES_SYMBOL_UNKNOWN',
    line: 5,
    says: /SPXW230915P04500000/,
  },
  {
    title: 'a call among the puts',
    file: 'spx_quotedata.csv',
    from: 'SPX240119P04700000',
    to: 'SPX240119C04700000',
    code: 'QUOTES_SYMBOL_UNKNOWN',
    line: 5,
    says: /the put is named/,
  },
  {
    title: 'quotes of no moment',
    file: 'spx_quotedata.csv',
    from: 'Date: January 3, 2024 at',
    to: 'Date: 3. Januar at',
    code: 'CSV_DATE_MALFORMED',
    line: 3,
    says: /3\. Januar/,
  },
  {
    title: 'quotes of no index',
    file: 'spx_quotedata.csv',
    from: 'Last: 4704.8101',
    to: 'Last: none',
    code: 'QUOTES_SPOT_MISSING',
    line: 1,
    says: /Last: 4505/,
  },
  {
    title: 'quotes without offers',
    file: 'spx_quotedata.csv',
    from: 'Bid,Ask,Volume,IV,Delta,Gamma,Open Interest,Strike',
    to: 'Bid,Size,Volume,IV,Delta,Gamma,Open Interest,Strike',
    code: 'CSV_COLUMN_MISSING',
    line: 4,
    says: /no column ask among the calls/,
  },
  {
    title: 'an option that has expired',
    file: 'spx_quotedata.csv',
    from: 'SPXW240131P',
    to: 'SPXW231229P',
    code: 'CHAIN_TIME_NEGATIVE',
    line: 6,
    says: /2023-12-29 is quoted on 2024-01-03/,
  },
]

describe('a published file that cannot be relied on is one error', () => {
  test.each(cases)('$title', async ({ file, from, to, code, line, says }) => {
    const files = published()
    expect(files[file]).toContain(from)
    files[file] = files[file]!.replace(from, to)
    await withMarketLater(files, async (dir) => {
      const market = folderMarket(dir)
      const error = await Promise.all([market.history(), market.chainDates()]).catch(
        (thrown: unknown) => thrown,
      )
      expect(error).toBeInstanceOf(CutwaterError)
      expect((error as CutwaterError).code).toBe(code)
      expect((error as CutwaterError).where).toBe(`${dir}/${file}:${line}`)
      expect((error as CutwaterError).message).toMatch(says)
    })
  })
})

async function withMarketLater(files: Files, use: (dir: string) => Promise<void>): Promise<void> {
  const { dir, dispose } = openMarket(files)
  try {
    await use(dir)
  } finally {
    dispose()
  }
}
