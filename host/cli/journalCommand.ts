import type { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import type { Journal } from '@cutwater/engine/ports/Journal.ts'
import { Command } from 'commander'
import { compactJournal } from '../journal/compactJournal.ts'
import { type Copied, copyJournal } from '../journal/copyJournal.ts'
import { fileDamage } from '../journal/fileDamage.ts'
import { entriesIn, type Inspection, inspectJournal } from '../journal/inspectJournal.ts'
import { openJournal } from '../journal/openJournal.ts'
import { repairJournal } from '../journal/repairJournal.ts'
import { withoutWriters } from '../journal/withoutWriters.ts'
import { numberOf } from './numberOf.ts'
import * as Progress from './Progress.ts'
import { bold, table } from './text.ts'

type Flags = { readonly json?: boolean }

/** `cutwater journal`: the one thing that must not be lost, looked through, copied, mended, made smaller. */
export function journalCommand(): Command {
  const journal = new Command('journal')
    .description('look through, back up, mend and compact what a watch has written down')
    // What is wrong is said once, by the program; its commands take this from here.
    .configureOutput({ outputError: () => {} })
    .exitOverride()
  journal
    .command('check')
    .description('read every entry and hold it against its seal; beside a running watch too')
    .argument('<journal>', addressHelp)
    .option('--up-to <n>', 'only the first so many entries, for a fingerprint that was noted down then')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', checkExamples)
    .action(check)
  journal
    .command('backup')
    .description('copy a journal as it is now, beside a running watch, and read the copy back')
    .argument('<journal>', addressHelp)
    .argument('<to>', 'a file, or nats://host:port/name; an earlier backup there is added to')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', backupExamples)
    .action(backup)
  journal
    .command('repair')
    .description('write what a damaged journal holds before the damage into a new one; it stays as it is')
    .argument('<journal>', addressHelp)
    .argument('<to>', 'a file that is not there yet')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', repairExamples)
    .action(repair)
  journal
    .command('compact')
    .description(
      'write a journal without what can be made anew into a new one: older snapshots, nothing else',
    )
    .argument('<journal>', addressHelp)
    .argument('<to>', 'a file that is not there yet')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', compactExamples)
    .action(compact)
  return journal
}

const addressHelp = 'a file, or nats://host:port/name'

const checkExamples = `
Ends with exit code 1 when the journal is damaged. The fingerprint covers all entries but snapshots: a journal and its
backups have the same one.

Examples:
  $ cutwater journal check bridge.db
  $ cutwater journal check bridge.db --up-to 120000 --json`

const backupExamples = `
The copy is a journal like any other: to restore it, end the watch and give it to the next one.

Examples:
  $ cutwater journal backup bridge.db /backup/bridge.db
  $ cutwater journal backup nats://10.0.0.1:4222/pier pier.db
  $ cutwater watch bridge.yaml --journal /backup/bridge.db`

const repairExamples = `
Where what leads to the entries is damaged, they are looked for in every page of the file. Blocks after the damage are
read from the chains again by the watch that goes on with the copy.

Example:
  $ cutwater journal repair bridge.db mended.db`

const compactExamples = `
Nobody may be writing to the journal. What was observed, found, decided and done is evidence and stays.

Example:
  $ cutwater journal compact bridge.db smaller.db`

async function check(address: string, { upTo, json }: Flags & { readonly upTo?: string }): Promise<void> {
  const place = upTo === undefined ? undefined : numberOf('--up-to', upTo, 0, 999_999_999)
  const inspection = await reading(address, async (journal, onProgress) => {
    const read = await inspectJournal(journal, { onProgress, ...(place !== undefined && { upTo: place }) })
    return { ...read, damage: read.damage ?? fileDamage(address) }
  })
  print(json ? JSON.stringify({ journal: address, ...readable(inspection) }) : describe(address, inspection))
  if (inspection.damage !== null) process.exitCode = 1
}

async function backup(address: string, to: string, { json }: Flags): Promise<void> {
  const copied = await reading(address, (journal, onProgress) =>
    copyJournal(journal, to, { goesOn: true, onProgress }),
  )
  tell(to, copied, json, `${count(copied.written)} entries written`)
}

async function repair(address: string, to: string, { json }: Flags): Promise<void> {
  const progress = Progress.start('entries', 1)
  const copied = await withoutWriters(address, () =>
    repairJournal(address, to, { onProgress: progress.to }),
  ).finally(() => progress.stop())
  const { damage } = copied
  tell(to, copied, json, damage === null ? 'Nothing was damaged' : `Damaged: ${damage.message}`)
}

async function compact(address: string, to: string, { json }: Flags): Promise<void> {
  const compacted = await withoutWriters(address, () =>
    reading(address, (journal, onProgress) => compactJournal(journal, to, { onProgress })),
  )
  const { snapshots } = compacted
  tell(to, compacted, json, `${count(snapshots)} older snapshots left out`, { snapshots })
}

/** Opens a journal to read, with a line that shows how far it is. */
async function reading<T>(
  address: string,
  act: (journal: Journal, onProgress: (entries: number) => void) => Promise<T>,
): Promise<T> {
  const journal = await openJournal(address, { readOnly: true })
  const progress = Progress.start('entries', await entriesIn(journal))
  try {
    return await act(journal, (entries) => progress.to(entries))
  } finally {
    progress.stop()
    await journal.close()
  }
}

function tell(to: string, copied: Copied, json: boolean | undefined, what: string, more: object = {}): void {
  const { written, copy, damage } = copied
  const result = { to, written, ...more, copy: readable(copy), damage: damage && told(damage) }
  print(json ? JSON.stringify(result) : `${what}\n\n${describe(to, copy)}`)
}

function describe(address: string, { entries, byTopic, from, to, fingerprint, damage }: Inspection): string {
  const span = from === null ? '' : `, ${UnixTime.format(from)} to ${UnixTime.format(to!)}`
  const rows = Object.entries(byTopic).map(([topic, held]) => [topic, count(held)])
  return [
    `${bold(address)}: ${count(entries)} entries${damage === null ? '' : ' can be read'}${span}`,
    table(['topic', 'entries'], rows, ['left', 'right']),
    damage === null ? 'Every entry is as it was written.' : bold(`Damaged: ${damage.message}`),
    `Fingerprint of the ${count(entries)}: ${fingerprint}`,
  ].join('\n')
}

function readable({ from, to, damage, byTopic, ...rest }: Inspection) {
  const time = (at: UnixTime.UnixTime | null) => at && UnixTime.format(at)
  const whole = { sound: damage === null, from: time(from), to: time(to) }
  return { ...whole, ...rest, topics: byTopic, damage: damage && told(damage) }
}

function told({ code, where, what, right, facts }: CutwaterError) {
  return { code, where, what, right, ...facts }
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
