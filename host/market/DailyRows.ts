import * as Note from '@cutwater/core/options/market/Note.ts'
import type { Dated } from '@cutwater/core/options/market/Tables.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import * as Cell from '../tables/Cell.ts'
import type * as Csv from '../tables/Csv.ts'

/** What was read of a table so far: a value for each date, or for each date and key. */
export type DailyRows<Value extends Dated> = {
  readonly file: string
  readonly notes: Note.Notes
  readonly values: Value[]
  /** of each value */
  readonly keys: string[]
  readonly lines: number[]
  latest: number
  isOrdered: boolean
  /** places of values by date and key; made once rows do not come in order */
  places: Map<string, number> | undefined
}

export function create<Value extends Dated>(file: string, notes: Note.Notes): DailyRows<Value> {
  const latest = Number.NEGATIVE_INFINITY
  return { file, notes, values: [], keys: [], lines: [], latest, isOrdered: true, places: undefined }
}

/**
 * Takes the value of a row. One that says the same again is left out and noted; one that contradicts an earlier row fails
 * with MARKET_ROW_DUPLICATE.
 */
export function take<Value extends Dated>(
  rows: DailyRows<Value>,
  row: Csv.Row,
  value: Value,
  key = '',
): void {
  const place = value.date > rows.latest ? undefined : placeOf(rows, value.date, key)
  if (place === undefined) append(rows, row, value, key)
  else if (JSON.stringify(value) === JSON.stringify(rows.values[place]))
    repair(rows.notes, row, value.date, 'row-repeated', 'a row that says the same again was left out')
  else throw duplicateError(row, value.date, rows.lines[place]!)
}

/** The values in order of time. Fails with CSV_NO_ROWS where there is none. */
export function finish<Value extends Dated>({
  file,
  notes,
  values,
  isOrdered,
}: DailyRows<Value>): readonly Value[] {
  if (values.length === 0) throw emptyError(file)
  if (isOrdered) return values
  const what = 'rows that were not in order of time were put into it'
  Note.add(notes, { kind: 'repair', code: 'rows-sorted', what, where: file, at: values[0]!.date })
  return values.sort((a, b) => a.date - b.date)
}

/** Notes that a value of a row was mended or left out. */
export function repair(
  notes: Note.Notes,
  row: Csv.Row,
  at: UnixTime.UnixTime,
  code: string,
  what: string,
): void {
  Note.add(notes, { kind: 'repair', code, what, where: Cell.place(row), at })
}

function append<Value extends Dated>(rows: DailyRows<Value>, row: Csv.Row, value: Value, key: string): void {
  rows.places?.set(`${value.date} ${key}`, rows.values.length)
  rows.values.push(value)
  rows.keys.push(key)
  rows.lines.push(row.line)
  if (value.date < rows.latest) rows.isOrdered = false
  rows.latest = Math.max(rows.latest, value.date)
}

// In a table in order of time only the last rows can be of the same date.
function placeOf(rows: DailyRows<Dated>, date: number, key: string): number | undefined {
  const { values, keys } = rows
  if (rows.isOrdered && date === rows.latest) {
    for (let i = values.length - 1; i >= 0 && values[i]!.date === date; i--) if (keys[i] === key) return i
    return undefined
  }
  rows.places ??= new Map(values.map((value, i) => [`${value.date} ${keys[i]}`, i]))
  return rows.places.get(`${date} ${key}`)
}

function duplicateError(row: Csv.Row, date: UnixTime.UnixTime, before: number): CutwaterError {
  const what = `another row of ${UnixTime.formatDate(date)} stands in line ${before}, and says something else`
  return new CutwaterError('MARKET_ROW_DUPLICATE', what, { where: Cell.place(row), right: 'one of them' })
}

function emptyError(file: string): CutwaterError {
  return new CutwaterError('CSV_NO_ROWS', 'the file has no row that can be used', {
    where: file,
    right: 'at least one row',
  })
}
