import { isUtf8 } from 'node:buffer'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { nearest } from '@cutwater/core/units/nearest.ts'

/** The bytes of a text file; fails when it is missing, unreadable, or holds anything but UTF-8 text. */
export function readBytes(file: string): Buffer {
  const bytes = readOrFail(file)
  const nul = bytes.indexOf(0)
  if (nul >= 0) throw encodingError(file, lineAt(bytes, nul), 'a NUL byte')
  if (!isUtf8(bytes)) throw encodingError(file, firstBadLine(bytes), 'bytes that are not UTF-8')
  return bytes
}

function readOrFail(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (cause) {
    if (isMissing(cause)) throw missingError(file, cause)
    throw unreadableError(file, cause)
  }
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR')
}

function lineAt(bytes: Buffer, offset: number): number {
  let line = 1
  for (let at = bytes.indexOf(10); at >= 0 && at < offset; at = bytes.indexOf(10, at + 1)) line++
  return line
}

// No UTF-8 character holds the byte of a line end, so a file is good when each of its lines is.
function firstBadLine(bytes: Buffer): number {
  let line = 1
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(10, start)
    if (end < 0 || !isUtf8(bytes.subarray(start, end))) return line
    start = end + 1
  }
  return line
}

function siblings(file: string): string[] {
  try {
    return readdirSync(dirname(file))
  } catch {
    return []
  }
}

function missingError(file: string, cause: unknown): CutwaterError {
  const similar = nearest(basename(file), siblings(file))
  const hint = similar ? ` (the folder has ${similar})` : ''
  return new CutwaterError('FILE_MISSING', 'there is no such file', {
    where: file,
    right: `a file named ${basename(file)}${hint}`,
    cause,
  })
}

function unreadableError(file: string, cause: unknown): CutwaterError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new CutwaterError('FILE_UNREADABLE', `the file cannot be read: ${reason}`, {
    where: file,
    right: 'a text file this user may read',
    cause,
  })
}

function encodingError(file: string, line: number, found: string): CutwaterError {
  return new CutwaterError('FILE_NOT_TEXT', `the line holds ${found}`, {
    where: `${file}:${line}`,
    right: 'plain text in UTF-8; the file is damaged or was saved in another encoding',
  })
}
