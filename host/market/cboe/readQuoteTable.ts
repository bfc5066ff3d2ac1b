import type { OptionChain } from '@cutwater/core/options/market/OptionChain.ts'
import type { Kind } from '@cutwater/core/options/pricing/Black76.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import * as Cell from '../../tables/Cell.ts'
import * as Csv from '../../tables/Csv.ts'
import * as ChainDraft from '../ChainDraft.ts'
import type { CboeFile } from './CboeFile.ts'
import { cboeDate } from './cboeDate.ts'
import * as OptionSymbol from './OptionSymbol.ts'

/**
 * Reads a table of option quotes as the exchange's page of delayed quotes gives it: a row for each strike, calls on the
 * left and puts on the right, the index and the moment above the header.
 *
 * Fails as `ChainDraft.add` does, and with QUOTES_SPOT_MISSING or CSV_DATE_MALFORMED where the lines above the header do
 * not say what was quoted when.
 */
export function readQuoteTable(cboe: CboeFile): OptionChain {
  const draft = ChainDraft.create(dateOf(cboe), spotOf(cboe))
  const sides = sidesOf(cboe)
  let rows = -1
  Csv.forEachRecord(
    cboe.file,
    (cells, line) => {
      if (++rows === 0) return
      const where = `${cboe.file}:${line}`
      for (const side of sides)
        take(
          draft,
          { file: cboe.file, line, cells: cells.map((each) => each.trim()), position: side.position },
          side.kind,
          where,
        )
    },
    { preamble: cboe.preamble.length, isRagged: true },
  )
  return ChainDraft.finish(draft, cboe.file)
}

type Column = 'symbol' | 'bid' | 'ask' | 'volume' | 'open_interest'
type Side = { readonly kind: Kind; readonly position: Readonly<Record<Column, number>> }

function take(draft: ChainDraft.ChainDraft, row: Csv.Row<Column>, kind: Kind, where: string): void {
  const text = Cell.text(row, 'symbol') ?? ''
  const symbol = OptionSymbol.parse(text)
  if (symbol === undefined || symbol.kind !== kind) throw symbolError(text, kind, where)
  // Quotes of single exchanges follow the best of all; the first is kept.
  if (symbol.exchange !== undefined && ChainDraft.has(draft, symbol)) return
  ChainDraft.add(
    draft,
    {
      ...symbol,
      bid: Cell.someNumber(row, 'bid', { min: 0 }),
      ask: Cell.someNumber(row, 'ask', { min: 0 }),
      volume: Cell.someNumber(row, 'volume', { min: 0 }),
      openInterest: Cell.someNumber(row, 'open_interest', { min: 0 }),
    },
    where,
  )
}

// Calls and puts have columns of the same names, so they are found from the one that names the option on.
function sidesOf({ file, preamble, header }: CboeFile): readonly Side[] {
  const names = header.map((cell) => cell.toLowerCase())
  return (['calls', 'puts'] as const).map((side) => {
    const start = names.indexOf(side)
    const end = side === 'calls' ? names.indexOf('puts') : names.length
    const at = (...wanted: string[]): number => {
      const found = names.findIndex((name, i) => i > start && i < end && wanted.includes(name))
      if (found < 0) throw columnError(`${file}:${preamble.length + 1}`, side, wanted[0]!)
      return found
    }
    const position = {
      symbol: start,
      bid: at('bid'),
      ask: at('ask'),
      volume: at('volume', 'vol'),
      open_interest: at('open interest', 'open int'),
    }
    return { kind: side === 'calls' ? 'call' : 'put', position }
  })
}

// `S&P 500 INDEX,Last: 4505.1001,Change: …`, before 2018 `SPX (S&P 500 INDEX),1271.87,…`.
function spotOf({ file, preamble }: CboeFile): number {
  const text = preamble.join('\n').replaceAll('"', '')
  const match = /Last: *([\d.]+)/.exec(text) ?? /^[^\n,]*,([\d.]+),/m.exec(text)
  const spot = Number(match?.[1])
  if (spot > 0) return spot
  throw new CutwaterError(
    'QUOTES_SPOT_MISSING',
    'the lines above the quotes do not say where the index stood',
    {
      where: `${file}:1`,
      right: 'a line such as S&P 500 INDEX,Last: 4505.10',
    },
  )
}

// `"Date: September 14, 2023 at 4:20 PM EDT"`, before 2018 `Jan 03 2011 @ 15:59 ET`.
function dateOf({ file, preamble }: CboeFile): number {
  const text = preamble.join('\n').replaceAll('"', '')
  const match = /Date: *([^\n]*?) at /.exec(text) ?? /^([A-Za-z]{3} \d\d \d{4}) @/m.exec(text)
  return cboeDate(match?.[1] ?? preamble.at(-1) ?? '', `${file}:${Math.max(1, preamble.length)}`)
}

function symbolError(text: string, kind: Kind, where: string): CutwaterError {
  return new CutwaterError('QUOTES_SYMBOL_UNKNOWN', `the ${kind} is named ${JSON.stringify(text)}`, {
    where,
    right: `the symbol of a ${kind}, such as ${kind === 'call' ? 'SPXW230915C04500000' : 'SPXW230915P04500000'}`,
  })
}

function columnError(where: string, side: string, column: string): CutwaterError {
  return new CutwaterError('CSV_COLUMN_MISSING', `the header has no column ${column} among the ${side}`, {
    where,
    right: 'Last Sale, Net, Bid, Ask, Volume and Open Interest on both sides',
  })
}
