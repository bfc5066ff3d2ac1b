import { join } from 'node:path'
import type { Incident } from '@cutwater/core/simulation/incidents/Incident.ts'
import * as Names from '@cutwater/core/simulation/incidents/Incident.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import * as Usd from '@cutwater/core/units/Usd.ts'
import * as Cell from '../../tables/Cell.ts'
import * as Csv from '../../tables/Csv.ts'

/**
 * Reads the record of bridge incidents that comes with Cutwater, or a table of the same columns, in order of time.
 *
 * Throws one `CutwaterError` with the line and the column for anything that does not fit.
 */
export function loadIncidents(file: string = shipped): readonly Incident[] {
  const incidents: Incident[] = []
  const lines = new Map<string, number>()
  Csv.forEachOfSomeRows(file, { required: columns }, (row) => {
    const incident = read(row)
    const before = lines.get(incident.name)
    if (before !== undefined) throw duplicateError(row, incident.name, before)
    lines.set(incident.name, row.line)
    requireTiming(row, incident)
    incidents.push(incident)
  })
  return incidents.sort((a, b) => a.date - b.date || (a.name < b.name ? -1 : 1))
}

/** The end of the time that was searched for the record that comes with Cutwater. */
export const collectedTo: UnixTime.UnixTime = UnixTime.parse('2026-09-01')!

/** The record that comes with Cutwater. */
export const shipped = join(import.meta.dirname, 'bridgeIncidents.csv')

const columns = [
  'name',
  'date',
  'scope',
  'loss_usd',
  'recovered_usd',
  'chains',
  'bridge_type',
  'cause',
  'quorum',
  'tvl_before_usd',
  'first_bad_tx',
  'detect_s',
  'pause_s',
  'span_s',
  'bad_txs',
  'pause_would_limit',
  'precursor',
  'precursor_lead_s',
  'timing_quality',
  'notes',
  'sources',
  'confidence',
] as const

type Row = Csv.Row<(typeof columns)[number]>
type Column = (typeof columns)[number]

function read(row: Row): Incident {
  return {
    name: Cell.someText(row, 'name'),
    date: Cell.date(row, 'date'),
    scope: Cell.oneOf(row, 'scope', scopes, 'INCIDENT_SCOPE_UNKNOWN'),
    loss: dollars(row, 'loss_usd'),
    recovered: dollars(row, 'recovered_usd'),
    chains: Cell.someText(row, 'chains').split(';'),
    bridgeType: Cell.someText(row, 'bridge_type'),
    cause: Cell.oneOf(row, 'cause', causes, 'INCIDENT_CAUSE_UNKNOWN'),
    quorum: Cell.text(row, 'quorum'),
    valueLocked: dollars(row, 'tvl_before_usd'),
    firstBadTx: time(row, 'first_bad_tx'),
    detectSeconds: seconds(row, 'detect_s'),
    pauseSeconds: seconds(row, 'pause_s'),
    spanSeconds: seconds(row, 'span_s'),
    badTxs: badTxs(row),
    pauseWouldLimit: Cell.oneOf(row, 'pause_would_limit', verdicts, 'INCIDENT_VERDICT_UNKNOWN'),
    precursor: Cell.oneOf(row, 'precursor', precursors, 'INCIDENT_PRECURSOR_UNKNOWN'),
    precursorLeadSeconds: seconds(row, 'precursor_lead_s'),
    timingQuality: Cell.text(row, 'timing_quality'),
    notes: Cell.text(row, 'notes'),
    sources: Cell.someText(row, 'sources').split(' ; '),
    confidence: Cell.oneOf(row, 'confidence', confidences, 'INCIDENT_CONFIDENCE_UNKNOWN'),
  }
}

const scopes = byName(Names.scopes)
const causes = byName(Names.causes)
const verdicts = byName(Names.verdicts)
const confidences = byName(Names.confidences)
const precursors = new Map([['', null], ...byName(Names.precursors)])

function byName<Name extends string>(names: readonly Name[]): ReadonlyMap<string, Name> {
  return new Map(names.map((name) => [name, name]))
}

function dollars(row: Row, column: Column): Usd.Usd | null {
  if (Cell.text(row, column) === '') return null
  return Usd.fromDollars(Cell.wholeNumber(row, column, { max: 1e12 }))
}

function seconds(row: Row, column: Column): number | null {
  if (Cell.text(row, column) === '') return null
  return Cell.wholeNumber(row, column, { max: 10 * UnixTime.year })
}

function time(row: Row, column: Column): UnixTime.UnixTime | null {
  const cell = Cell.text(row, column)
  if (cell === '') return null
  const at = UnixTime.parse(cell)
  if (at !== undefined) return at
  throw new CutwaterError('CSV_TIME_MALFORMED', `${column} is ${JSON.stringify(cell)}`, {
    where: Cell.place(row),
    right: 'a UTC time, such as 2022-08-01T21:32:31Z, or a date',
  })
}

function badTxs(row: Row): Incident['badTxs'] {
  const cell = Cell.text(row, 'bad_txs')
  if (cell === '') return null
  return cell === 'several' || cell === 'many' ? cell : Cell.wholeNumber(row, 'bad_txs', { min: 1 })
}

function requireTiming(row: Row, { precursor, precursorLeadSeconds, loss, recovered }: Incident): void {
  const where = Cell.place(row)
  if (precursor === null && precursorLeadSeconds !== null)
    throw new CutwaterError('INCIDENT_LEAD_WITHOUT_PRECURSOR', 'a lead time stands beside no precursor', {
      where,
      right: 'a precursor, or no precursor_lead_s',
    })
  if (loss !== null && recovered !== null && recovered > loss)
    throw new CutwaterError('INCIDENT_RECOVERED_ABOVE_LOSS', 'more came back than was lost', {
      where,
      right: 'recovered_usd of at most loss_usd',
    })
}

function duplicateError(row: Row, name: string, before: number): CutwaterError {
  return new CutwaterError('INCIDENT_DUPLICATE', `${JSON.stringify(name)} already stands in line ${before}`, {
    where: Cell.place(row),
    right: 'each incident once',
  })
}
