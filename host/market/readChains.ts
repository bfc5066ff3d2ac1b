import * as Note from '@cutwater/core/options/market/Note.ts'
import type { OptionChain } from '@cutwater/core/options/market/OptionChain.ts'
import type { Kind } from '@cutwater/core/options/pricing/Black76.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import * as Cell from '../tables/Cell.ts'
import * as Csv from '../tables/Csv.ts'
import * as ChainDraft from './ChainDraft.ts'
import { since } from './readDaily.ts'
import * as VendorGap from './VendorGap.ts'

/**
 * Reads the option chains of a table with a row for each option and date, by date.
 *
 * Fails with one CutwaterError, as `ChainDraft.add` does, on what cannot be a chain.
 */
export function readChains(file: string): ReadonlyMap<UnixTime, OptionChain> {
  const drafts = new Map<UnixTime, ChainDraft.ChainDraft>()
  const gaps = new Map<UnixTime, VendorGap.VendorGap>()
  Csv.forEachOfSomeRows(file, { required, optional }, (row) => {
    const date = Cell.date(row, 'date', since)
    const spot = Cell.positiveNumber(row, 'spot')
    const draft = drafts.get(date) ?? ChainDraft.create(date, spot)
    const gap = gaps.get(date) ?? VendorGap.create()
    drafts.set(date, draft)
    gaps.set(date, gap)
    if (spot !== draft.spot) noteSpot(draft, row)
    ChainDraft.add(draft, quoted(row), Cell.place(row))
    const pair = `${Cell.text(row, 'root')} ${Cell.text(row, 'expiry')} ${Cell.text(row, 'strike')}`
    VendorGap.take(gap, pair, Cell.text(row, 'iv'))
  })
  for (const [date, gap] of gaps) VendorGap.note(gap, date, file, drafts.get(date)!.notes)
  const finished = [...drafts.values()].map((draft) => ChainDraft.finish(draft, file))
  return new Map(finished.sort((a, b) => a.date - b.date).map((chain) => [chain.date, chain]))
}

const required = ['date', 'spot', 'root', 'expiry', 'type', 'strike', 'bid', 'ask'] as const
const optional = ['iv', 'volume', 'open_interest'] as const
const kinds: ReadonlyMap<string, Kind> = new Map([
  ['C', 'call'],
  ['P', 'put'],
])

function quoted(row: Csv.Row<(typeof required)[number] | (typeof optional)[number]>): ChainDraft.Quoted {
  return {
    root: Cell.someText(row, 'root'),
    expiry: Cell.date(row, 'expiry', since),
    kind: Cell.oneOf(row, 'type', kinds, 'CHAIN_TYPE_UNKNOWN'),
    strike: Cell.positiveNumber(row, 'strike'),
    bid: Cell.someNumber(row, 'bid', { min: 0 }),
    ask: Cell.someNumber(row, 'ask', { min: 0 }),
    volume: Cell.someNumber(row, 'volume', { min: 0 }),
    openInterest: Cell.someNumber(row, 'open_interest', { min: 0 }),
  }
}

function noteSpot(draft: ChainDraft.ChainDraft, row: Csv.Row): void {
  const what = 'quotes of one date name different levels of the index; the first was kept'
  Note.add(draft.notes, {
    kind: 'trap',
    code: 'chain-spot-varies',
    what,
    where: Cell.place(row),
    at: draft.date,
  })
}
