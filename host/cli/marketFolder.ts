import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { dataDir } from '../config/dataDir.ts'

/** The folder of market data: the one that is named, else `market` in the data folder; MARKET_MISSING without one. */
export function marketFolder(named: string | undefined): string {
  if (named !== undefined) return named
  const data = dataDir()
  const folder = data === undefined ? undefined : join(data, 'market')
  if (folder !== undefined && existsSync(folder)) return folder
  throw new CutwaterError('MARKET_MISSING', 'there is no market data', {
    where: folder ?? 'CUTWATER_DATA',
    right: '--data with a folder of market tables, or CUTWATER_DATA with one named market in it',
  })
}
