import { basename } from 'node:path'
import type { Notes } from '@cutwater/core/options/market/Note.ts'
import type { FutureRow } from '@cutwater/core/options/market/Tables.ts'
import * as VixExpiry from '@cutwater/core/options/settlement/VixExpiry.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import * as Cell from '../../tables/Cell.ts'
import type * as Csv from '../../tables/Csv.ts'
import * as DailyRows from '../DailyRows.ts'
import { checkedFuture, expiryClasses } from '../readFutures.ts'
import type { CboeFile } from './CboeFile.ts'
import { cboeDate, monthOf } from './cboeDate.ts'
import { forEachCboeRow } from './forEachCboeRow.ts'

const columns = ['trade date', 'futures', 'settle'] as const
type Row = Csv.Row<(typeof columns)[number]>

/**
 * Reads the settlements of VX contracts, points. The expiry is that of the file's name (`VX_2024-01-17.csv`), else the one
 * of the month in the column `Futures` (`F (Jan 2024)`).
 *
 * Until 2007-03-25 contracts were quoted at ten times the VIX; such settlements are divided by ten, and noted.
 */
export function readVxContract(cboe: CboeFile, notes: Notes): readonly FutureRow[] {
  const rows = DailyRows.create<FutureRow>(cboe.file, notes)
  const classOf = expiryClasses()
  const named = /(\d{4}-\d\d-\d\d)/.exec(basename(cboe.file))?.[1]
  forEachCboeRow(cboe, columns, (row) => {
    const date = cboeDate(Cell.text(row, 'trade date'), Cell.place(row))
    const expiry = named === undefined ? expiryOf(row) : cboeDate(named, cboe.file)
    const settle = rescaled(row, date, Cell.someNumber(row, 'settle', { min: 0 }), notes)
    const future = checkedFuture(row, { date, expiry, settle }, classOf, notes)
    if (future !== undefined) DailyRows.take(rows, row, future, String(expiry))
  })
  return rows.values.length === 0 ? [] : DailyRows.finish(rows)
}

const rescaledOn = UnixTime.parse('2007-03-26')!
// No VIX future of those years was above 30.
const highest = 60

function rescaled(row: Row, date: number, settle: number | undefined, notes: Notes): number | undefined {
  if (settle === undefined || date >= rescaledOn || settle <= highest) return settle
  const what = 'a settle of before 2007-03-26, quoted at ten times the VIX, was divided by ten'
  DailyRows.repair(notes, row, date, 'settle-tenfold', what)
  return settle / 10
}

function expiryOf(row: Row): UnixTime.UnixTime {
  const match = /\(([A-Za-z]{3}) (\d{4}|\d\d)\)/.exec(Cell.text(row, 'futures'))
  const month = match ? monthOf(match[1]!) : undefined
  if (month === undefined) throw contractError(row)
  const year = Number(match![2]!.length === 2 ? `20${match![2]}` : match![2])
  return VixExpiry.ofMonth(year, month)
}

function contractError(row: Row): CutwaterError {
  return new CutwaterError(
    'FUTURES_CONTRACT_UNKNOWN',
    `the contract is ${JSON.stringify(Cell.text(row, 'futures'))}`,
    {
      where: Cell.place(row),
      right: 'a month, such as F (Jan 2024), or a file named by its expiry, such as VX_2024-01-17.csv',
    },
  )
}
