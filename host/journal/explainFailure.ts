import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'

/** What the system or SQLite said about a journal file, in words a tired person can act on. */
export function explainFailure(cause: unknown, path: string): CutwaterError {
  if (cause instanceof CutwaterError) return cause
  const { code, what, right } = explanationOf(cause as Failure)
  const detail = cause instanceof Error ? cause.message : String(cause)
  return new CutwaterError(code, `${what} (${detail})`, { where: path, right, cause })
}

/** `errcode` comes from SQLite, its low byte the primary result code; `code` from the operating system. */
type Failure = { readonly errcode?: number; readonly code?: string }

type Explanation = { readonly code: string; readonly what: string; readonly right: string }

function explanationOf({ errcode, code }: Failure): Explanation {
  const bySqlite = errcode === undefined ? undefined : sqliteFailures.get(errcode & 0xff)
  return bySqlite ?? systemFailures.get(code ?? '') ?? io
}

const io: Explanation = {
  code: 'JOURNAL_IO',
  what: 'the journal file cannot be read or written',
  right: 'a file on a healthy local disk',
}

const busy: Explanation = {
  code: 'JOURNAL_BUSY',
  what: 'another process holds the journal file',
  right: 'one writer at a time: stop the other, or open for reading only',
}

const readOnly: Explanation = {
  code: 'JOURNAL_READ_ONLY',
  what: 'the journal file or its folder may not be written',
  right: 'a file and folder that may be written, or a journal opened for reading only',
}

const full: Explanation = {
  code: 'JOURNAL_DISK_FULL',
  what: 'there is no room to write; nothing of the batch was written',
  right: 'free space on the disk of the journal',
}

const damaged: Explanation = {
  code: 'JOURNAL_DAMAGED',
  what: 'the journal file is damaged',
  right: 'a backup, or a copy of what can still be read: cutwater journal repair',
}

const unreachable: Explanation = {
  code: 'JOURNAL_MISSING',
  what: 'the journal file cannot be opened',
  right: 'a path to a file in a folder that exists',
}

const foreign: Explanation = {
  code: 'JOURNAL_FOREIGN',
  what: 'the file is not a journal of Cutwater',
  right: 'a journal file, or a path where there is no file yet',
}

// https://www.sqlite.org/rescode.html
const sqliteFailures = new Map<number, Explanation>([
  // A statement that always works does not: the tables are not what they were.
  [1, damaged],
  [5, busy],
  [6, busy],
  [8, readOnly],
  [10, io],
  [11, damaged],
  [13, full],
  [14, unreachable],
  [26, damaged],
])

const systemFailures = new Map<string, Explanation>([
  ['EACCES', readOnly],
  ['EPERM', readOnly],
  ['EROFS', readOnly],
  ['ENOSPC', full],
  ['EDQUOT', full],
  ['ENOENT', unreachable],
  ['ENOTDIR', unreachable],
  ['EISDIR', foreign],
  // A number came that no journal holds.
  ['ERR_OUT_OF_RANGE', damaged],
])
