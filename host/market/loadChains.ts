import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { OptionChain } from '@cutwater/core/options/market/OptionChain.ts'
import { readQuoteTable } from './cboe/readQuoteTable.ts'
import { publishedFiles, tableNames } from './loadMarket.ts'
import { type OnBroken, orNothing, rethrow } from './orNothing.ts'
import { readChains } from './readChains.ts'

/**
 * All option chains of a folder of markets by date: those of our own table, and quote tables as Cboe publishes them.
 *
 * With `onBroken` a file that cannot be relied on is told to it and left out; without, its error is thrown.
 */
export function loadChains(dir: string, onBroken: OnBroken = rethrow): readonly OptionChain[] {
  const file = join(dir, tableNames.chains)
  const own = existsSync(file) ? orNothing(() => [...readChains(file).values()], onBroken) : []
  const quotes = publishedFiles(dir).filter(({ format }) => format === 'quotes')
  const published = quotes.flatMap((each) => orNothing(() => [readQuoteTable(each)], onBroken))
  return [...own, ...published].sort((a, b) => a.date - b.date)
}
