import { type FileHandle, open } from 'node:fs/promises'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { Notifier } from '@cutwater/engine/ports/Notifier.ts'
import { toJson } from './AlertText.ts'

/**
 * Appends alerts to a file, one line of JSON each, on disk when it returns.
 *
 * The file is opened anew for each, so that it may be moved away; an alert told twice is two lines with one id.
 *
 * @throws CutwaterError `NOTIFIER_FILE_FAILED`
 */
export function fileNotifier(name: string, path: string): Notifier {
  return {
    name,
    notify: async (alert) => {
      try {
        await appendLine(path, toJson(alert))
      } catch (error) {
        throw writingFailed(name, path, error)
      }
    },
  }
}

async function appendLine(path: string, line: string): Promise<void> {
  const file = await open(path, 'a+', 0o600)
  try {
    const isWhole = await endsWithLine(file)
    await file.appendFile(`${isWhole ? '' : '\n'}${line}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
}

// A crash or a full disk may have left half a line: what follows must not join it.
async function endsWithLine(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat()
  if (size === 0) return true
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1)
  return buffer[0] === 10
}

function writingFailed(name: string, path: string, cause: unknown): CutwaterError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
  return new CutwaterError('NOTIFIER_FILE_FAILED', `the alert could not be written: ${code}`, {
    where: `${name}, ${path}`,
    right: 'a file this user may append to, on a disk with room',
    facts: { retryable: true },
    cause,
  })
}
