import * as billYield from '@cutwater/core/finance/billYield.ts'
import type { Notes } from '@cutwater/core/options/market/Note.ts'
import type { Bill } from '@cutwater/core/options/market/Tables.ts'
import * as Cell from '../tables/Cell.ts'
import { readDaily } from './readDaily.ts'

// Percent a year; a fraction or basis points would not be told apart from it, but what is far out is refused.
const bounds = { min: -5, max: 50 }

/** Reads `date,irx,dtb3`, percent a year on a bank-discount basis: the exchange's rate, else the Federal Reserve's. */
export function readBills(file: string, notes: Notes): readonly Bill[] {
  return readDaily(file, { required: [], optional: ['irx', 'dtb3'] as const }, notes, (row, date) => {
    const percent = Cell.someNumber(row, 'irx', bounds) ?? Cell.someNumber(row, 'dtb3', bounds)
    return percent === undefined ? undefined : { date, billYield: billYield.fromDiscount(percent / 100) }
  })
}

/** Reads the column `gs3m` of a monthly table, percent a year, bond-equivalent. */
export function readMonthlyBills(file: string, notes: Notes): readonly Bill[] {
  return readDaily(file, { required: [], optional: ['gs3m'] as const }, notes, (row, date) => {
    const percent = Cell.someNumber(row, 'gs3m', bounds)
    return percent === undefined
      ? undefined
      : { date, billYield: billYield.fromBondEquivalent(percent / 100) }
  })
}
