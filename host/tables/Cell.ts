import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { choice } from '@cutwater/core/units/nearest.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import type { Row } from './Csv.ts'

// Readers of one cell each: they return its value or fail with the file, the line, the column and what would
// be right. All are generic in the row's columns, so a misspelt column name does not compile.

/** The cell as it stands; empty where the file does not have the column. */
export function text<Column extends string>(row: Row<Column>, column: Column): string {
  const position = row.position[column]
  return position === undefined ? '' : row.cells[position]!
}

/** A cell that may not be empty. */
export function someText<Column extends string>(row: Row<Column>, column: Column): string {
  const cell = text(row, column)
  if (cell === '')
    throw new CutwaterError('CSV_CELL_EMPTY', `${column} is empty`, { where: place(row), right: 'a value' })
  return cell
}

/** A whole number within bounds, both included. */
export function wholeNumber<Column extends string>(
  row: Row<Column>,
  column: Column,
  { min = 0, max = Number.MAX_SAFE_INTEGER }: { min?: number; max?: number } = {},
): number {
  const cell = text(row, column)
  if (!/^-?\d+$/.test(cell))
    throw malformed(row, column, 'CSV_NUMBER_MALFORMED', 'a whole number, such as 1800')
  const value = Number(cell)
  if (value < min || value > max)
    throw malformed(row, column, 'CSV_NUMBER_OUT_OF_RANGE', `a whole number from ${min} to ${max}`)
  return value
}

/** A finite number of either sign, with a point or an exponent if need be. */
export function number<Column extends string>(row: Row<Column>, column: Column): number {
  const value = numberIn(row, column, text(row, column))
  if (Number.isFinite(value)) return value
  throw malformed(row, column, 'CSV_NUMBER_OUT_OF_RANGE', 'a number that a double can hold')
}

/** A number above zero, with a point or an exponent if need be. */
export function positiveNumber<Column extends string>(row: Row<Column>, column: Column): number {
  const value = numberIn(row, column, text(row, column))
  if (!(value > 0 && Number.isFinite(value)))
    throw malformed(
      row,
      column,
      'CSV_NUMBER_OUT_OF_RANGE',
      'a number above zero; leave the row out if it is not known',
    )
  return value
}

/** A raw token amount: digits only, at most what a uint256 holds. */
export function amount<Column extends string>(row: Row<Column>, column: Column): bigint {
  const cell = text(row, column)
  if (/^\d{1,77}$/.test(cell)) return BigInt(cell)
  return checkedAmount(row, column, cell)
}

/** Seconds since 1970, between Bitcoin's first block and the year 2100. */
export function timestamp<Column extends string>(row: Row<Column>, column: Column): UnixTime.UnixTime {
  const cell = text(row, column)
  if (!/^-?\d+$/.test(cell))
    throw malformed(row, column, 'CSV_NUMBER_MALFORMED', 'whole seconds since 1970, such as 1659389551')
  const at = Number(cell)
  if (!isPlausible(at)) throw timestampError(row, column, at)
  return at
}

/** Seconds since 1970, a date, or a date with a clock in UTC. */
export function time<Column extends string>(row: Row<Column>, column: Column): UnixTime.UnixTime {
  const at = UnixTime.parse(text(row, column))
  if (at === undefined)
    throw malformed(
      row,
      column,
      'CSV_TIME_MALFORMED',
      'a UTC time, such as 2022-08-01T21:32:31Z or 1659389551',
    )
  if (!isPlausible(at)) throw timestampError(row, column, at)
  return at
}

/** A calendar date, as the start of its day; chains have none before 2009, markets do. */
export function date<Column extends string>(
  row: Row<Column>,
  column: Column,
  since: UnixTime.UnixTime = earliest,
): UnixTime.UnixTime {
  const cell = text(row, column)
  const at = dates.get(cell) ?? (/^\d{4}-\d\d-\d\d$/.test(cell) ? UnixTime.parse(cell) : undefined)
  if (at === undefined) throw malformed(row, column, 'CSV_DATE_MALFORMED', 'a date, such as 2022-08-01')
  dates.set(cell, at)
  if (at < since || at >= latest)
    throw malformed(
      row,
      column,
      'CSV_TIME_OUT_OF_RANGE',
      `a time between ${UnixTime.formatDate(since).slice(0, 4)} and 2100`,
    )
  return at
}

/** A number within bounds, both included; `undefined` where the cell is empty or the file has no such column. */
export function someNumber<Column extends string>(
  row: Row<Column>,
  column: Column,
  { min = -Number.MAX_VALUE, max = Number.MAX_VALUE }: { min?: number; max?: number } = {},
): number | undefined {
  const cell = text(row, column)
  if (cell === '') return undefined
  const value = numberIn(row, column, cell)
  if (value >= min && value <= max) return value
  throw malformed(row, column, 'CSV_NUMBER_OUT_OF_RANGE', `a number from ${min} to ${max}`)
}

/** A transaction hash, lower-cased. */
export function hash<Column extends string>(row: Row<Column>, column: Column): string {
  const cell = text(row, column)
  if (!/^0x[0-9a-fA-F]{64}$/.test(cell))
    throw malformed(row, column, 'CSV_HASH_MALFORMED', '0x and 64 hexadecimal digits', count(cell))
  return cell.toLowerCase()
}

/** A contract's or a person's address, lower-cased. */
export function address<Column extends string>(row: Row<Column>, column: Column): string {
  const cell = text(row, column)
  if (!isAddress(cell))
    throw malformed(row, column, 'CSV_ADDRESS_MALFORMED', '0x and 40 hexadecimal digits', count(cell))
  return cell.toLowerCase()
}

function isAddress(cell: string): boolean {
  return /^0x[0-9a-fA-F]{40}$/.test(cell)
}

/** What the cell stands for in a table of all that it may say. */
export function oneOf<Column extends string, Value>(
  row: Row<Column>,
  column: Column,
  values: ReadonlyMap<string, Value>,
  code: string,
): Value {
  const cell = text(row, column)
  const value = values.get(cell)
  if (value === undefined) throw malformed(row, column, code, choice(cell, values.keys()))
  return value
}

/** Where a row stands, as errors name it. */
export function place(row: Pick<Row, 'file' | 'line'>): string {
  return `${row.file}:${row.line}`
}

// Tables say the same dates over and over; no calendar has many.
const dates = new Map<string, UnixTime.UnixTime>()

// Bitcoin's genesis block; no chain has an older event.
const earliest = UnixTime.parse('2009-01-03')!
const latest = UnixTime.parse('2100-01-01')!
const plausible = 'a time between 2009 and 2100'
const maxAmount = 2n ** 256n - 1n

function isPlausible(at: number): boolean {
  return at >= earliest && at < latest
}

function numberIn<Column extends string>(row: Row<Column>, column: Column, cell: string): number {
  if (/^-?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(cell)) return Number(cell)
  throw malformed(row, column, 'CSV_NUMBER_MALFORMED', 'a number, such as 1.0003')
}

function checkedAmount<Column extends string>(row: Row<Column>, column: Column, cell: string): bigint {
  if (/^-\d+$/.test(cell))
    throw malformed(row, column, 'CSV_NUMBER_OUT_OF_RANGE', 'raw token units, zero or more')
  if (!/^\d+$/.test(cell))
    throw malformed(
      row,
      column,
      'CSV_NUMBER_MALFORMED',
      'raw token units in digits only, without point or exponent, such as 13000000',
    )
  // More digits than any uint256 are refused before they are turned into a number.
  const value = cell.length <= 78 ? BigInt(cell) : maxAmount + 1n
  if (value > maxAmount)
    throw malformed(
      row,
      column,
      'CSV_NUMBER_OUT_OF_RANGE',
      'at most 2^256 - 1, the largest uint256',
      count(cell),
    )
  return value
}

function timestampError<Column extends string>(row: Row<Column>, column: Column, at: number): CutwaterError {
  const finer = [
    { unit: 'milliseconds', perSecond: 1e3 },
    { unit: 'microseconds', perSecond: 1e6 },
    { unit: 'nanoseconds', perSecond: 1e9 },
  ].find(({ perSecond }) => isPlausible(at / perSecond))
  if (!finer) return malformed(row, column, 'CSV_TIME_OUT_OF_RANGE', `whole seconds since 1970, ${plausible}`)
  const seconds = Math.floor(at / finer.perSecond)
  return malformed(
    row,
    column,
    'CSV_TIME_NOT_SECONDS',
    `seconds: ${seconds}`,
    `which looks like ${finer.unit}`,
  )
}

/** What is wrong with a cell, as an error with its place. */
export function malformed<Column extends string>(
  row: Row<Column>,
  column: Column,
  code: string,
  right: string,
  note?: string,
): CutwaterError {
  const cell = text(row, column)
  const what = cell === '' ? `${column} is empty` : `${column} is ${quote(cell)}${note ? ` (${note})` : ''}`
  return new CutwaterError(code, what, { where: place(row), right })
}

function count(cell: string): string {
  return `${cell.length} characters`
}

function quote(cell: string): string {
  return JSON.stringify(cell.length > 80 ? `${cell.slice(0, 77)}…` : cell)
}
