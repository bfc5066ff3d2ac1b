import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'

/** Writes a page, with the folders that lead to it; REPORT_UNWRITABLE where that cannot be. */
export function writeReport(file: string, page: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, page)
  } catch (cause) {
    throw reportUnwritable(file, cause)
  }
}

function reportUnwritable(file: string, cause: unknown): CutwaterError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new CutwaterError('REPORT_UNWRITABLE', `the report cannot be written (${why})`, {
    where: file,
    right: 'a path to a file in a folder that may be written to',
    cause,
  })
}
