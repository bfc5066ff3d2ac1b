import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/**
 * The folder of the study data, which is not part of the project: `CUTWATER_DATA`, else `../shared/data`
 * beside the working directory when it exists, else `undefined`.
 *
 * A folder named in the environment is returned as it is: a wrong one should fail, not be skipped.
 */
export function dataDir(): string | undefined {
  const named = process.env.CUTWATER_DATA
  if (named) return resolve(named)
  const beside = resolve('../shared/data')
  return existsSync(beside) ? beside : undefined
}
