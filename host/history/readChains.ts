import type { Chain } from '@cutwater/core/bridge/Bridge.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import * as Cell from '../tables/Cell.ts'
import * as Csv from '../tables/Csv.ts'

/** Reads the chains of a bridge from a table of finality times, ordered by id; a chain's name is its id if it has none. */
export function readChains(file: string): Chain[] {
  const chains: Chain[] = []
  const lines = new Map<number, number>()
  Csv.forEachOfSomeRows(file, { required: ['chain_id', 'finality_s'], optional: ['name'] }, (row) => {
    const id = Cell.wholeNumber(row, 'chain_id')
    const finalitySeconds = Cell.wholeNumber(row, 'finality_s')
    const before = lines.get(id)
    if (before !== undefined) throw duplicateError(Cell.place(row), id, before)
    lines.set(id, row.line)
    chains.push({ id, name: Cell.text(row, 'name') || String(id), finalitySeconds })
  })
  return chains.sort((a, b) => a.id - b.id)
}

function duplicateError(where: string, id: number, before: number): CutwaterError {
  return new CutwaterError('CHAIN_DUPLICATE', `chain ${id} already stands in line ${before}`, {
    where,
    right: 'one row per chain',
  })
}
