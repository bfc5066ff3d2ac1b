import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { Keep } from '@cutwater/engine/ports/Keep.ts'

/** Keeps a text in one file; a kill while saving leaves the one before. */
export function fileKeep(file: string): Keep {
  return {
    async load() {
      return existsSync(file) ? readFileSync(file, 'utf8') : undefined
    },
    async save(text) {
      const beside = `${file}.new`
      try {
        writeFileSync(beside, text)
        renameSync(beside, file)
      } catch (cause) {
        throw new CutwaterError('STATE_UNWRITABLE', 'what is done cannot be kept', {
          where: file,
          right: 'a path to a file in a folder that may be written to',
          cause,
        })
      }
    },
  }
}
