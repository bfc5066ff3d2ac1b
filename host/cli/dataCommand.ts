import type { Note } from '@cutwater/core/options/market/Note.ts'
import type { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import { Command } from 'commander'
import { type Check, checkFolder, type Extent } from '../market/checkFolder.ts'
import { dataSurfaceCommand } from './dataSurfaceCommand.ts'
import { marketFolder } from './marketFolder.ts'
import { bold, dim, table } from './text.ts'

/** `cutwater data`: what recorded data hold, before anything is computed from them. */
export function dataCommand(): Command {
  const check = new Command('check')
    .description(
      'what a folder of markets holds: broken files, repairs, gaps, outliers, and what is easily misread',
    )
    .argument(
      '[folder]',
      'tables of markets, or files as Cboe publishes them (default: market in CUTWATER_DATA)',
    )
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  $ cutwater data check ../shared/data/market --json')
    .action(run)
  return new Command('data')
    .description('look at recorded data before anything is computed')
    .addCommand(check)
    .addCommand(dataSurfaceCommand())
}

async function run(folder: string | undefined, { json }: { readonly json?: boolean }): Promise<void> {
  const check = checkFolder(marketFolder(folder))
  process.stdout.write(`${json ? JSON.stringify(readable(check)) : describe(check)}\n`)
  // A folder with a file that cannot be relied on is not fit to compute with.
  if (check.errors.length > 0) process.exitCode = 2
}

function readable({ errors, notes, tables, days, chains, folder }: Check) {
  return {
    folder,
    ok: errors.length === 0,
    errors: errors.map(({ code, where, message, right }) => ({ code, where, message, right })),
    notes: notes.map(({ from, to, ...note }) => ({ ...note, ...span({ from, to }) })),
    tables: tables.map(({ from, to, ...each }) => ({ ...each, ...span({ from, to }) })),
    days: { rows: days.rows, ...span(days) },
    chains: chains.map(UnixTime.formatDate),
  }
}

function describe({ folder, errors, notes, tables, days, chains }: Check): string {
  return [
    `${bold(folder)}: ${days.rows} trading days${days.from === undefined ? '' : `, ${spanText(days)}`}; ${chains.length} option chains`,
    table(
      ['table', 'rows', 'from', 'to'],
      tables.map((each) => [each.name, String(each.rows), ...dates(each)]),
      ['left', 'right', 'left', 'left'],
    ),
    errors.length === 0 ? dim('No file is broken.') : `${bold('Broken')}\n${errors.map(line).join('\n')}`,
    table(
      ['', 'what', 'times', 'from', 'to', 'where'],
      notes.map((note) => [note.kind, note.what, String(note.count), ...dates(note), placeIn(folder, note)]),
      ['left', 'left', 'right', 'left', 'left', 'left'],
    ),
  ].join('\n\n')
}

function line({ message }: CutwaterError): string {
  return `  ${message}`
}

function placeIn(folder: string, { where }: Note): string {
  return where.startsWith(`${folder}/`) ? where.slice(folder.length + 1) : where
}

type Span = Pick<Extent, 'from' | 'to'>

function span({ from, to }: { readonly from?: number | undefined; readonly to?: number | undefined }) {
  if (from === undefined || to === undefined) return {}
  return { from: UnixTime.formatDate(from), to: UnixTime.formatDate(to) }
}

function dates({ from, to }: Span): readonly [string, string] {
  return from === undefined || to === undefined
    ? ['', '']
    : [UnixTime.formatDate(from), UnixTime.formatDate(to)]
}

function spanText(extent: Span): string {
  return dates(extent).join(' to ')
}
