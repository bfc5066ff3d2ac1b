import { closeSync, openSync, readSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import * as Heads from './Heads.ts'
import * as JournalSchema from './JournalSchema.ts'

/**
 * What is wrong with a journal file that is to be written to; undefined when nothing is, and SQLite will bring back all
 * that was committed to the log that a crash may have left.
 *
 * Looks through a connection for reading, which changes neither file, so that damage that is refused now
 * is refused the next time too. Whether each entry is as it was written is looked at when it is read.
 */
export function findDamage(file: string, hasLog: boolean): string | undefined {
  return withDatabase(file, (database) => {
    return tableDamage(database, file) ?? (hasLog ? logDamage(database, file) : undefined)
  })
}

/** The same of a file that somebody may be writing to. */
export function findTableDamage(file: string): string | undefined {
  return withDatabase(file, (database) => tableDamage(database, file))
}

function withDatabase<T>(file: string, act: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    return act(database)
  } finally {
    database.close()
  }
}

function tableDamage(database: DatabaseSync, file: string): string | undefined {
  // Of one moment, though a writer goes on.
  database.exec('BEGIN')
  const damage = pageDamage(database) ?? endDamage(database, file)
  database.exec('ROLLBACK')
  return damage
}

/** An index that lost an entry would let it in twice, or hide it. */
function pageDamage(database: DatabaseSync): string | undefined {
  const verdict = database.prepare('PRAGMA integrity_check(1)').get()!.integrity_check as string
  return verdict === 'ok' ? undefined : verdict
}

/** A log that was cut or overwritten may bring old pages beside new ones. */
function endDamage(database: DatabaseSync, file: string): string | undefined {
  const { newest, fault } = Heads.reader(database, JournalSchema.versionOf(database), file)()
  if (fault !== null) return fault.what
  const held = database.prepare('SELECT count(*) AS entries FROM entries NOT INDEXED').get()!
    .entries as number
  return held === newest ? undefined : `it holds ${held} entries up to place ${newest}`
}

/**
 * SQLite reads the log up to the first frame that is not whole, and takes what follows for a batch that
 * was never finished. One batch can be that; two cannot, because a batch is on the disk before the next begins.
 *
 * Form of the log and of its index: https://www.sqlite.org/fileformat2.html#walformat and
 * https://www.sqlite.org/walformat.html
 */
function logDamage(database: DatabaseSync, file: string): string | undefined {
  const pageBytes = database.prepare('PRAGMA page_size').get()!.page_size as number
  const read = withFile(`${file}-shm`, framesRead)
  const lost = withFile(`${file}-wal`, (log) => countCommits(log, pageBytes, read))
  return lost < 2 ? undefined : `${lost} batches in its write-ahead log cannot be read`
}

/** How many frames SQLite found whole, from the index it made of the log. */
function framesRead(index: number): number {
  return new Uint32Array(readBytes(index, 16, 4).buffer)[0]!
}

/** Counts the frames after a place that end a batch and belong to the log's present round. */
function countCommits(log: number, pageBytes: number, after: number): number {
  const header = readBytes(log, 0, headerBytes)
  const readFrame = (nth: number) =>
    readBytes(log, headerBytes + (nth - 1) * (frameHeaderBytes + pageBytes), frameHeaderBytes)
  const salts = isWhole(header) ? header.subarray(16, 24) : readFrame(1).subarray(8, 16)
  let commits = 0
  for (let nth = after + 1; ; nth++) {
    const frame = readFrame(nth)
    if (frame.length < frameHeaderBytes) return commits
    const isCommit = frame.readUInt32BE(4) !== 0
    if (isCommit && frame.subarray(8, 16).equals(salts)) commits += 1
  }
}

const headerBytes = 32
const frameHeaderBytes = 24

/** A header of an older round has its own salts; a damaged one has a checksum that is not its own. */
function isWhole(header: Buffer): boolean {
  if (header.length < headerBytes) return false
  const isBigEndian = (header.readUInt32BE(0) & 1) === 1
  let [first, second] = [0, 0]
  for (let at = 0; at < 24; at += 8) {
    first = (first + wordAt(header, at, isBigEndian) + second) >>> 0
    second = (second + wordAt(header, at + 4, isBigEndian) + first) >>> 0
  }
  return first === header.readUInt32BE(24) && second === header.readUInt32BE(28)
}

function wordAt(bytes: Buffer, at: number, isBigEndian: boolean): number {
  return isBigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)
}

function withFile<T>(file: string, act: (handle: number) => T): T {
  const handle = openSync(file, 'r')
  try {
    return act(handle)
  } finally {
    closeSync(handle)
  }
}

/** Fewer bytes than asked for where the file ends. */
function readBytes(handle: number, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  return bytes.subarray(0, readSync(handle, bytes, 0, length, at))
}
