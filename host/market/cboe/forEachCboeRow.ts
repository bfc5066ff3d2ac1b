import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import * as Csv from '../../tables/Csv.ts'
import type { CboeFile } from './CboeFile.ts'

/**
 * Visits the rows of a published file, its columns found by their names whatever their letters, with the cells trimmed.
 * Fails as `Csv.forEachRow` does, and with CSV_COLUMN_MISSING where a column is not there.
 */
export function forEachCboeRow<Column extends string>(
  { file, preamble, header }: CboeFile,
  columns: readonly Column[],
  visit: (row: Csv.Row<Column>) => void,
): void {
  const names = header.map((cell) => cell.toLowerCase())
  const position = {} as Record<Column, number>
  for (const column of columns) {
    position[column] = names.indexOf(column)
    if (position[column] < 0) throw missingError(file, preamble.length + 1, column, header)
  }
  const needed = Math.max(...columns.map((column) => position[column])) + 1
  let rows = -1
  Csv.forEachRecord(
    file,
    (cells, line) => {
      if (++rows === 0) return
      if (cells.length < needed) throw shortError(file, line, cells.length, needed)
      visit({ file, position, cells: cells.map((cell) => cell.trim()), line })
    },
    { preamble: preamble.length, isRagged: true },
  )
}

function missingError(file: string, line: number, column: string, header: readonly string[]): CutwaterError {
  return new CutwaterError('CSV_COLUMN_MISSING', `the header has no column ${column}`, {
    where: `${file}:${line}`,
    right: `a column ${column} beside ${header.filter((cell) => cell !== '').join(', ')}`,
  })
}

function shortError(file: string, line: number, found: number, needed: number): CutwaterError {
  return new CutwaterError('CSV_ROW_LENGTH', `the row has ${found} cells`, {
    where: `${file}:${line}`,
    right: `at least ${needed}`,
  })
}
