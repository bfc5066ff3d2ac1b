import { existsSync, statSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import type { Token } from '@cutwater/core/bridge/Bridge.ts'
import type { BridgeEvent } from '@cutwater/core/bridge/BridgeEvent.ts'
import type { Measure, Observation, PricePoint } from '@cutwater/core/bridge/Observation.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import type { History } from '@cutwater/engine/replay/History.ts'
import type { OnProgress } from '../tables/Csv.ts'
import * as BridgeFile from './BridgeFile.ts'
import * as Facts from './Facts.ts'
import { readAttack } from './readAttack.ts'
import { readChains } from './readChains.ts'
import { readEvents } from './readEvents.ts'
import { readMeasures } from './readMeasures.ts'
import { readPrices } from './readPrices.ts'
import { readTokens } from './readTokens.ts'
import { startsMidway } from './startsMidway.ts'
import { tokenChecker } from './tokenChecker.ts'

export type LoadOptions = {
  /** a description to use in place of the folder's `bridge.yaml` */
  readonly bridgeFile?: string
  /** called as the events table is read, with bytes done and bytes in all */
  readonly onProgress?: OnProgress
}

/**
 * Reads a bridge's past from a folder of tables: events, token mapping, finality, prices, labels, `bridge.yaml`.
 *
 * Throws one `CutwaterError` that names the file, the line and what would be right. A price stands before the
 * events of its second; the result depends on what the tables say, not on the order of their rows.
 */
export function loadHistory(dir: string, options: LoadOptions = {}): History {
  requireFolder(dir)
  const described = BridgeFile.read(dir, options.bridgeFile)
  const fileOf = (table: BridgeFile.Table) => pathOf(dir, described.files[table] ?? tableNames[table])
  const chains = described.chains ?? readChains(fileOf('finality'))
  const tokens = described.tokens ?? readTokens(fileOf('tokens'), chains)
  if (described.tokens) tokens.forEach(checkerAt(tokenChecker(chains), described))
  const { kinds, sets, name, synthetic, source } = described
  const events = readEvents(fileOf('events'), { chains, kinds, sets }, options.onProgress)
  const since = events.replayed[0]!.at - daysOfPricesBefore * UnixTime.day
  const isPriced = described.files.prices !== undefined || tokens.some(({ priceId }) => priceId !== null)
  const prices = isPriced ? readPrices(fileOf('prices'), tokens, since) : []
  const measures = [
    ...(described.files.measures !== undefined || existsSync(fileOf('measures'))
      ? readMeasures(fileOf('measures'))
      : []),
    ...Facts.read(dir).measures,
  ]
  const midway = described.midway ?? startsMidway(events.replayed)
  const isLabelled = described.files.labels !== undefined || existsSync(fileOf('labels'))
  const attack = isLabelled ? readAttack(fileOf('labels'), events) : new Set<string>()
  return {
    bridge: { name, chains, tokens, synthetic, ...(midway ? { midway } : {}) },
    observations: inOrder(
      [...prices, ...measures].sort((a, b) => a.at - b.at),
      events.replayed,
    ),
    attack,
    source,
  }
}

/** The tables of a folder, by what they hold. */
export const tableNames: Readonly<Record<BridgeFile.Table, string>> = {
  events: 'events.csv',
  tokens: 'token_mapping.csv',
  finality: 'finality.csv',
  prices: 'prices.csv',
  labels: 'labels.csv',
  measures: 'measures.csv',
}

// Enough for signals that look back a month to have a past at the first event.
const daysOfPricesBefore = 40

function pathOf(dir: string, name: string): string {
  return isAbsolute(name) ? name : join(dir, name)
}

function checkerAt(check: ReturnType<typeof tokenChecker>, { place }: BridgeFile.BridgeFile) {
  return (token: Token, at: number) => check(token, place(['tokens', at]))
}

function inOrder(prices: readonly (PricePoint | Measure)[], events: readonly BridgeEvent[]): Observation[] {
  const merged: Observation[] = []
  let next = 0
  for (const event of events) {
    while (next < prices.length && prices[next]!.at <= event.at) merged.push(prices[next++]!)
    merged.push(event)
  }
  while (next < prices.length) merged.push(prices[next++]!)
  return merged
}

function requireFolder(dir: string): void {
  const found = statSync(dir, { throwIfNoEntry: false })
  if (found?.isDirectory()) return
  throw new CutwaterError('FOLDER_MISSING', found ? 'this is a file' : 'there is no such folder', {
    where: dir,
    right: `a folder with ${tableNames.events}, ${tableNames.tokens}, ${tableNames.finality} and ${tableNames.prices}`,
  })
}
