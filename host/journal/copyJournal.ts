import { existsSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { type Journal, type Recorded, topics } from '@cutwater/engine/ports/Journal.ts'
import { type Inspection, inspectJournal } from './inspectJournal.ts'
import * as JournalAddress from './JournalAddress.ts'
import { openJournal } from './openJournal.ts'
import { makeDurable } from './openJournalFile.ts'
import { untilDamage } from './untilDamage.ts'

export type Options = {
  /** leaves entries out; the others move up */
  readonly keeps?: (entry: Recorded) => boolean
  /** takes what can be read of a damaged journal, instead of refusing it */
  readonly upToDamage?: boolean
  /** goes on with a copy that was made before; otherwise there must be none */
  readonly goesOn?: boolean
  readonly onProgress?: (entries: number) => void
}

/** What is copied from. */
export type Source = Pick<Journal, 'read' | 'last'>

export type Copied = {
  /** entries that this call wrote */
  readonly written: number
  /** what the copy holds, read back from it */
  readonly copy: Inspection
  /** where reading the journal ended; null at its end */
  readonly damage: CutwaterError | null
}

/**
 * Copies a journal as it is at one moment, though a watch may be writing it, and reads the copy back.
 *
 * A new file has its name when it is whole, never before. A copy that was made before is added to, after it was seen
 * that the journal begins like it.
 *
 * @throws CutwaterError `JOURNAL_COPY_EXISTS`, `JOURNAL_COPY_DIFFERS`, and what opening, reading and writing throw;
 * no copy is left then, or the one that was there
 */
export async function copyJournal(from: Source, address: string, options: Options = {}): Promise<Copied> {
  const parsed = JournalAddress.parse(address)
  const file = parsed.kind === 'sqlite' ? parsed.file : undefined
  if (file === undefined || (options.goesOn && existsSync(file)))
    return await copyInto(from, address, options)
  if (existsSync(file)) throw exists(address)
  const part = `${file}.part`
  remove(part)
  try {
    const copied = await copyInto(from, part, options)
    renameSync(part, file)
    makeDurable(dirname(file))
    return copied
  } finally {
    remove(part)
  }
}

async function copyInto(from: Source, address: string, options: Options): Promise<Copied> {
  const to = await openJournal(address)
  try {
    const after = await beginningOf(from, to, address)
    const { written, damage } = await write(from, to, after, options)
    const copy = await inspectJournal(to)
    if (copy.damage !== null) throw copy.damage
    await requireSame(from, copy, address, options)
    return { written, copy, damage }
  } finally {
    await to.close()
  }
}

async function write(from: Source, to: Journal, after: number, options: Options) {
  const { keeps = () => true, upToDamage = false, onProgress } = options
  let written = 0
  const damage = await untilDamage(async () => {
    for await (const page of from.read({ after })) {
      written += await to.append(page.filter(keeps))
      onProgress?.(page.at(-1)!.seq)
    }
  })
  if (damage !== null && !upToDamage) throw damage
  return { written, damage }
}

/** The place up to which a copy goes already. */
async function beginningOf(from: Source, to: Journal, address: string): Promise<number> {
  let place = 0
  for (const topic of topics) {
    const held = await to.last(topic)
    if (held === undefined) continue
    const same = await from.last(topic, held.seq)
    if (JSON.stringify(same) !== JSON.stringify(held)) throw differs(address, held)
    place = Math.max(place, held.seq)
  }
  return place
}

/** Nothing but what was left out on purpose may be missing from a copy. */
async function requireSame(
  from: Source,
  copy: Inspection,
  address: string,
  { keeps }: Options,
): Promise<void> {
  const upTo = keeps === undefined ? { upTo: copy.entries } : {}
  const { fingerprint } = await inspectJournal(from, upTo)
  if (fingerprint === copy.fingerprint) return
  throw new CutwaterError('JOURNAL_COPY_DIFFERS', 'the copy is not what was read', {
    where: address,
    right: 'a healthy disk, and a journal to which no one adds while it is compacted',
  })
}

function remove(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-lock', '-new']) rmSync(`${file}${suffix}`, { force: true })
}

function exists(address: string): CutwaterError {
  return new CutwaterError('JOURNAL_COPY_EXISTS', 'there is a file already', {
    where: address,
    right: 'a path where there is none',
  })
}

function differs(address: string, { topic, seq }: Recorded): CutwaterError {
  return new CutwaterError(
    'JOURNAL_COPY_DIFFERS',
    `its ${topic} at place ${seq} is not that of the journal`,
    {
      where: address,
      right: 'an earlier copy of the same journal, or a path where there is none',
    },
  )
}
