import type { Measure } from '@cutwater/core/bridge/Observation.ts'
import * as Cell from '../tables/Cell.ts'
import * as Csv from '../tables/Csv.ts'

/**
 * Reads readings of feeds, in order of time: one a row, with unit, source, and the time it was so (`as_of`) where that
 * is not the time it became known.
 *
 * A number that makes no sense is read as it is: what is wrong with it is said where it is used.
 */
export function readMeasures(file: string): Measure[] {
  const measures: Measure[] = []
  Csv.forEachRow(
    file,
    { required: ['at', 'name', 'value', 'unit', 'source'], optional: ['of', 'as_of'] },
    (row) => {
      const at = Cell.time(row, 'at')
      measures.push({
        kind: 'measure',
        at,
        name: Cell.someText(row, 'name'),
        of: Cell.text(row, 'of'),
        value: Cell.number(row, 'value'),
        unit: Cell.someText(row, 'unit'),
        source: Cell.someText(row, 'source'),
        asOf: Cell.text(row, 'as_of') === '' ? at : Cell.time(row, 'as_of'),
      })
    },
  )
  return measures.sort((a, b) => a.at - b.at)
}
