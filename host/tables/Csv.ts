import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { nearest } from '@cutwater/core/units/nearest.ts'
import { CsvError, type InfoRecord, parse } from 'csv-parse/sync'
import { readBytes } from '../config/readBytes.ts'

/** One row of a file while it is visited; the same object is used for the next row. */
export type Row<Column extends string = string> = {
  readonly file: string
  /** where each column stands; absent for an optional column the file does not have */
  readonly position: Readonly<Partial<Record<Column, number>>>
  readonly cells: readonly string[]
  /** the names of all columns of the file, read or not */
  readonly header?: readonly string[]
  /** line of the file, from 1 */
  readonly line: number
}

export type Columns<Required extends string, Optional extends string = never> = {
  readonly required: readonly Required[]
  /** more columns that are read when the file has them; any other column is left alone */
  readonly optional?: readonly Optional[]
}

/** How far a reader is: bytes done of bytes in the file. */
export type OnProgress = (done: number, total: number) => void

/** What a file may have that a table of ours has not. */
export type Loose = {
  /** lines before the header, that are no part of the table */
  readonly preamble?: number
  /** rows may have more or fewer cells than the header */
  readonly isRagged?: boolean
}

/**
 * Visits every row of a comma-separated file (RFC 4180, UTF-8, one header line) and returns how many there were.
 *
 * Fails with `FILE_*` or `CSV_*` and the line on anything that is not such a file; what `visit` throws passes through.
 */
export function forEachRow<Required extends string, Optional extends string = never>(
  file: string,
  columns: Columns<Required, Optional>,
  visit: (row: Row<Required | Optional>) => void,
  onProgress?: OnProgress,
): number {
  const row = {
    file,
    position: {} as Row<Required | Optional>['position'],
    cells: [] as string[],
    header: [] as string[],
    line: 0,
  }
  let rows = -1
  const visitRecord = (cells: string[], line: number) => {
    row.cells = cells
    row.line = line
    if (++rows > 0) return visit(row)
    row.position = readHeader(file, line, cells, columns) as typeof row.position
    row.header = cells
  }
  forEachRecord(file, visitRecord, {}, onProgress)
  if (rows < 0) throw emptyError(file, columns)
  return rows
}

/** Visits every line of cells of a file, its header first, with its number. Fails as `forEachRow` does. */
export function forEachRecord(
  file: string,
  visit: (cells: string[], line: number) => void,
  { preamble = 0, isRagged = false }: Loose = {},
  onProgress?: OnProgress,
): void {
  const bytes = withoutHalfLineEnd(readBytes(file))
  let [records, lastLine] = [0, 0]
  const onRecord = (cells: string[], info: InfoRecord): null => {
    lastLine = info.lines
    visit(cells, info.lines)
    if (onProgress && ++records % rowsPerReport === 0)
      onProgress(Math.min(info.bytes, bytes.length), bytes.length)
    return null
  }
  try {
    // Two line ends at once cost the parser time, so they are looked for only where there is a carriage return.
    const lineEnds = bytes.includes(13) ? ['\r\n', '\n'] : ['\n']
    parse(bytes, {
      bom: true,
      record_delimiter: lineEnds,
      skip_empty_lines: true,
      from_line: preamble + 1,
      relax_column_count: isRagged,
      on_record: onRecord,
    })
  } catch (cause) {
    throw cause instanceof CsvError ? shapeError(file, lastLine, bytes, cause) : cause
  }
  onProgress?.(bytes.length, bytes.length)
}

/** Like `forEachRow`, for a file that says nothing without a row: none is an error. */
export function forEachOfSomeRows<Required extends string, Optional extends string = never>(
  file: string,
  columns: Columns<Required, Optional>,
  visit: (row: Row<Required | Optional>) => void,
  onProgress?: OnProgress,
): void {
  if (forEachRow(file, columns, visit, onProgress) === 0)
    throw new CutwaterError('CSV_NO_ROWS', 'the file has a header and nothing below it', {
      where: file,
      right: 'at least one row',
    })
}

/** A line of cells, quoted where they must be. */
export function line(cells: readonly (string | number | bigint | null)[]): string {
  return cells.map((cell) => quoted(cell === null ? '' : String(cell))).join(',')
}

const rowsPerReport = 8_192

// A file cut between the two bytes of a line end would leave the first one in its last cell.
function withoutHalfLineEnd(bytes: Buffer): Buffer {
  return bytes.at(-1) === 13 ? bytes.subarray(0, -1) : bytes
}

function quoted(cell: string): string {
  return /[",\r\n]|^\uFEFF/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

function readHeader(
  file: string,
  line: number,
  header: readonly string[],
  columns: Columns<string, string>,
): Record<string, number> {
  const position: Record<string, number> = Object.create(null)
  for (const column of [...columns.required, ...(columns.optional ?? [])]) {
    const at = header.indexOf(column)
    if (at >= 0) position[column] = at
    if (at >= 0 && header.indexOf(column, at + 1) >= 0) throw duplicateColumnError(file, line, column)
  }
  const missing = columns.required.find((column) => position[column] === undefined)
  if (missing !== undefined) throw missingColumnError(file, line, missing, header)
  return position
}

function duplicateColumnError(file: string, line: number, column: string): CutwaterError {
  return new CutwaterError('CSV_COLUMN_DUPLICATE', `the header names the column ${column} twice`, {
    where: `${file}:${line}`,
    right: `one column ${column}`,
  })
}

function missingColumnError(
  file: string,
  line: number,
  column: string,
  header: readonly string[],
): CutwaterError {
  const similar = nearest(column, header)
  return new CutwaterError('CSV_COLUMN_MISSING', `the header has no column ${column}`, {
    where: `${file}:${line}`,
    right: `a column ${column}${similar ? ` (it has ${JSON.stringify(similar)})` : ''}`,
  })
}

function emptyError(file: string, columns: Columns<string, string>): CutwaterError {
  return new CutwaterError('CSV_EMPTY', 'the file is empty', {
    where: file,
    right: `a header with the columns ${columns.required.join(', ')}`,
  })
}

function shapeError(file: string, lastLine: number, bytes: Buffer, cause: CsvError): CutwaterError {
  const code = String(cause.code)
  if (code === 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH') return rowLengthError(file, bytes, cause)
  const where = `${file}:${lastLine + 1}`
  if (code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE')
    return new CutwaterError('CSV_QUOTE_OPEN', 'a quoted cell that begins here never ends', {
      where,
      right: 'a closing quote; the file may be cut off',
      cause,
    })
  return new CutwaterError('CSV_QUOTE_MALFORMED', 'a quote stands in the middle of a cell', {
    where,
    right: 'quotes around the whole cell, and a quote inside it written twice',
    cause,
  })
}

function rowLengthError(file: string, bytes: Buffer, cause: CsvError): CutwaterError {
  const { record, lines } = cause as CsvError & { record: readonly string[]; lines: number }
  const wanted = Number(/expect (\d+)/.exec(cause.message)?.[1])
  const isCutOff = record.length < wanted && bytes.at(-1) !== 10 && lines > countLineEnds(bytes)
  return new CutwaterError('CSV_ROW_LENGTH', `the row has ${record.length} of ${wanted} cells`, {
    where: `${file}:${lines}`,
    right: `${wanted} cells, as in the header${isCutOff ? '; the file ends here and may be cut off' : ''}`,
    cause,
  })
}

function countLineEnds(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count++
  return count
}
