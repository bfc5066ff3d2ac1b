import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { OptionChain } from '@cutwater/core/options/market/OptionChain.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import type { MarketData } from '@cutwater/engine/ports/MarketData.ts'
import { readQuoteTable } from './cboe/readQuoteTable.ts'
import { loadMarket, publishedFiles, tableNames } from './loadMarket.ts'
import { readChains } from './readChains.ts'

/** The markets of a folder: read when they are first asked for, the chains apart from the rest. */
export function folderMarket(dir: string): MarketData {
  const history = once(async () => loadMarket(dir))
  const chains = once(async () => readFolderChains(dir))
  return {
    name: 'folder',
    history,
    chainDates: async () => [...(await chains()).keys()],
    chain: async (date) => {
      const found = (await chains()).get(date)
      if (found === undefined) throw chainMissing(dir, date)
      return found
    },
  }
}

function readFolderChains(dir: string): ReadonlyMap<UnixTime.UnixTime, OptionChain> {
  const file = join(dir, tableNames.chains)
  const chains = new Map(existsSync(file) ? readChains(file) : [])
  for (const published of publishedFiles(dir).filter(({ format }) => format === 'quotes')) {
    const chain = readQuoteTable(published)
    if (!chains.has(chain.date) && chain.quotes.some(({ root }) => root.startsWith('SPX')))
      chains.set(chain.date, chain)
  }
  return new Map([...chains].sort(([a], [b]) => a - b))
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined
  return () => {
    made ??= make()
    return made
  }
}

function chainMissing(dir: string, date: UnixTime.UnixTime): CutwaterError {
  return new CutwaterError('CHAIN_MISSING', `there is no option chain of ${UnixTime.formatDate(date)}`, {
    where: dir,
    right: 'a date with a chain',
  })
}
