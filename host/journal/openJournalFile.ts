import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { explainFailure } from './explainFailure.ts'
import { findDamage } from './findDamage.ts'
import * as JournalSchema from './JournalSchema.ts'
import type { Options } from './sqliteJournal.ts'

export type JournalFile = {
  readonly database: DatabaseSync
  /** of its schema: a file that is only read may be an older one */
  readonly version: number
  readonly close: () => void
}

const defaultWaitMilliseconds = 2_000

/**
 * Opens a journal's file, and makes it first where it is missing and may be written.
 *
 * Nothing is changed in a file that is not a journal, or is damaged: it is looked through before it is opened for writing,
 * which takes some seconds for each million entries. An older file is then brought to the schema of today, whole or not
 * at all; to read, it is taken as it is.
 */
export function openJournalFile(path: string, options: Options): JournalFile {
  const file = resolve(path)
  try {
    return options.readOnly ? openToRead(file, options) : openToWrite(file, options)
  } catch (cause) {
    throw explainFailure(cause, path)
  }
}

function openToRead(file: string, options: Options): JournalFile {
  if (sizeOf(file) === undefined) throw missing(file)
  checkHeader(file)
  const database = new DatabaseSync(file, { readOnly: true, timeout: waitOf(options) })
  try {
    return { database, version: JournalSchema.versionOf(database), close: () => database.close() }
  } catch (error) {
    database.close()
    throw error
  }
}

function openToWrite(file: string, options: Options): JournalFile {
  // Before anything is put beside a file that may be a stranger's.
  if (sizeOf(file) !== undefined) {
    checkHeader(file)
    accessSync(file, constants.W_OK)
  }
  accessSync(dirname(file), constants.W_OK)
  const claim = claimWriting(file, options)
  try {
    const database = openClaimed(file, options)
    return {
      database,
      version: JournalSchema.version,
      close: () => {
        database.close()
        claim.close()
      },
    }
  } catch (error) {
    claim.close()
    throw error
  }
}

/**
 * Sees to it that nobody writes to a journal's file, without opening it; returns what lets others in again.
 *
 * @throws CutwaterError `JOURNAL_BUSY`
 */
export function keepWritersOut(path: string): () => void {
  try {
    const claim = claimWriting(resolve(path), { waitMilliseconds: 0 })
    return () => claim.close()
  } catch (cause) {
    throw explainFailure(cause, path)
  }
}

/**
 * Holds a lock on a file beside the journal for as long as the journal is open for writing.
 *
 * It is an SQLite lock, which the operating system lifts when the process ends in whatever way; a file with
 * a process id in it would outlive a kill.
 */
function claimWriting(file: string, options: Options): DatabaseSync {
  const claim = new DatabaseSync(`${file}-lock`, { timeout: waitOf(options) })
  try {
    claim.exec('BEGIN EXCLUSIVE')
    return claim
  } catch (error) {
    claim.close()
    throw error
  }
}

function openClaimed(file: string, options: Options): DatabaseSync {
  const logSize = sizeOf(`${file}-wal`) ?? 0
  if (sizeOf(file) === undefined) {
    if (logSize > 0) throw damaged(file, 'is missing while its write-ahead log is there')
    create(file)
  }
  checkHeader(file)
  const damage = findDamage(file, logSize > 0)
  if (damage) throw damaged(file, `is damaged: ${damage}`)
  const database = new DatabaseSync(file, { timeout: waitOf(options) })
  try {
    database.exec(`PRAGMA synchronous = FULL; PRAGMA cache_size = ${-cacheKibibytes}`)
    database.exec(`PRAGMA wal_autocheckpoint = ${checkpointPages}; PRAGMA journal_size_limit = ${logBytes}`)
    if (options.maxBytes !== undefined) limitPages(database, options.maxBytes)
    JournalSchema.upgrade(database)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

// Ids of legs are hashes, so a batch touches pages all over their index: keeping it in memory and copying the
// log into the file less often gave 56,000 instead of 40,000 rows/s at 300,000 rows.
const cacheKibibytes = 64 * 1_024
// Another thread copies the log long before; who writes does so where that has failed.
const checkpointPages = 32_000
const logBytes = 8_000 * 4_096

/** A kill on the way leaves a file of another name, never half a journal. */
function create(file: string): void {
  const fresh = `${file}-new`
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(`${fresh}${suffix}`, { force: true })
  const database = new DatabaseSync(fresh)
  JournalSchema.create(database)
  database.close()
  renameSync(fresh, file)
  makeDurable(dirname(file))
}

/** A new name is on the disk when its folder is. */
export function makeDurable(folder: string): void {
  const handle = openSync(folder, constants.O_RDONLY)
  fsyncSync(handle)
  closeSync(handle)
}

function limitPages(database: DatabaseSync, maxBytes: number): void {
  const { page_size } = database.prepare('PRAGMA page_size').get() as { page_size: number }
  database.exec(`PRAGMA max_page_count = ${Math.max(1, Math.floor(maxBytes / page_size))}`)
}

/** Reads the header without SQLite, which might already change a stranger's file by opening it. */
function checkHeader(file: string): void {
  // Looked for first: a log that a writer is copying into the file now may be gone a moment later.
  const hasLog = (sizeOf(`${file}-wal`) ?? 0) > 0
  const header = readHeader(file)
  const size = sizeOf(file)!
  if (size === 0) throw damaged(file, 'is empty')
  // Places and meanings: https://www.sqlite.org/fileformat2.html#the_database_header
  const isJournal =
    header.length === headerBytes &&
    header.toString('latin1', 0, 16) === 'SQLite format 3\0' &&
    header.readUInt32BE(68) === JournalSchema.applicationId
  if (!isJournal) throw foreign(file)
  const version = header.readUInt32BE(60)
  if (version > JournalSchema.version) throw newer(file, version)
  const pageBytes = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16)
  const wanted = header.readUInt32BE(28) * pageBytes
  if (!hasLog && size < wanted) throw damaged(file, `is cut short: ${size} of ${wanted} bytes`)
}

const headerBytes = 100

function readHeader(file: string): Buffer {
  const handle = openSync(file, constants.O_RDONLY)
  try {
    const header = Buffer.alloc(headerBytes)
    return header.subarray(0, readSync(handle, header, 0, headerBytes, 0))
  } finally {
    closeSync(handle)
  }
}

function waitOf({ waitMilliseconds = defaultWaitMilliseconds }: Options): number {
  return waitMilliseconds
}

/** Bytes, or undefined where there is no file. */
function sizeOf(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.size
}

function missing(file: string): CutwaterError {
  return new CutwaterError('JOURNAL_MISSING', 'there is no journal', {
    where: file,
    right: 'a journal file to read',
  })
}

function damaged(file: string, what: string): CutwaterError {
  return new CutwaterError('JOURNAL_DAMAGED', `the journal file ${what}`, {
    where: file,
    right: 'a backup, or a copy of what can still be read: cutwater journal repair',
  })
}

function foreign(file: string): CutwaterError {
  return new CutwaterError('JOURNAL_FOREIGN', 'the file is not a journal of Cutwater', {
    where: file,
    right: 'a journal file, or a path where there is no file yet',
  })
}

function newer(file: string, version: number): CutwaterError {
  return new CutwaterError('JOURNAL_SCHEMA_NEWER', `the journal has schema version ${version}`, {
    where: file,
    right: `version ${JournalSchema.version} at most; a later Cutwater wrote it, and reads it`,
  })
}
