import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Token } from '@cutwater/core/bridge/Bridge.ts'
import type { BridgeEvent } from '@cutwater/core/bridge/BridgeEvent.ts'
import { isLeg, type Measure, type PricePoint } from '@cutwater/core/bridge/Observation.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import type { History } from '@cutwater/engine/replay/History.ts'
import { stringify } from 'yaml'
import * as Csv from '../tables/Csv.ts'
import * as BridgeFile from './BridgeFile.ts'
import { loadHistory, tableNames } from './loadHistory.ts'
import { compareTokens } from './readTokens.ts'

/**
 * Writes a history as a folder that `loadHistory` reads back as the same history.
 *
 * All or nothing: the tables are written beside `dir`, read back, compared, and then moved into place. Throws
 * `FOLDER_NOT_EMPTY` when `dir` holds something, `HISTORY_UNSAVABLE` when tables cannot hold the history, such
 * as a price that is not a day's close.
 */
export function saveHistory(history: History, dir: string): void {
  requireFree(dir)
  const draft = newDraft(dir)
  try {
    writeTables(history, draft)
    requireSame(history, loadHistory(draft))
    // A temporary folder is private; what takes its place should be as open as any other new folder.
    chmodSync(draft, 0o777 & ~process.umask())
    renameSync(draft, dir)
  } catch (cause) {
    rmSync(draft, { recursive: true, force: true })
    throw unsavableError(dir, draft, cause)
  }
}

function newDraft(dir: string): string {
  try {
    mkdirSync(dirname(resolve(dir)), { recursive: true })
    return mkdtempSync(`${resolve(dir)}.draft-`)
  } catch (cause) {
    throw unsavableError(dir, dir, cause)
  }
}

function writeTables({ bridge, observations, attack, source }: History, dir: string): void {
  const { name, synthetic, midway = false, chains, tokens } = bridge
  const description = {
    name,
    synthetic,
    midway,
    source,
    // A table holds what it can; only what has an order or a shape of its own is spelt out here.
    ...(isSorted(chains, (a, b) => a.id - b.id) ? {} : { chains }),
    ...(fitsTable(tokens) ? {} : { tokens }),
  }
  writeFileSync(join(dir, BridgeFile.fileName), stringify(description))
  if (!('chains' in description)) writeFinality(join(dir, tableNames.finality), bridge)
  if (!('tokens' in description)) writeTokens(join(dir, tableNames.tokens), tokens)
  writeEvents(join(dir, tableNames.events), observations.filter(isLeg))
  writePrices(
    join(dir, tableNames.prices),
    observations.filter((each) => each.kind === 'price'),
  )
  const measures = observations.filter((each) => each.kind === 'measure')
  if (measures.length > 0) writeMeasures(join(dir, tableNames.measures), measures)
  writeAttack(join(dir, tableNames.labels), attack)
}

function isSorted<Item>(items: readonly Item[], compare: (a: Item, b: Item) => number): boolean {
  return items.every((item, at) => at === 0 || compare(items[at - 1]!, item) <= 0)
}

function fitsTable(tokens: readonly Token[]): boolean {
  return tokens.every(({ contracts }) => contracts.length === 2) && isSorted(tokens, compareTokens)
}

function writeFinality(file: string, { chains }: History['bridge']): void {
  const rows = chains.map(({ id, finalitySeconds, name }) => [id, finalitySeconds, name])
  writeTable(file, ['chain_id', 'finality_s', 'name'], rows)
}

function writeTokens(file: string, tokens: readonly Token[]): void {
  const header = [
    'chain_src',
    'chain_dst',
    'token_src',
    'token_dst',
    'symbol',
    'decimals',
    'price_id',
    'home_chain',
  ]
  const rows = tokens.map(({ contracts, symbol, decimals, priceId, home }) => {
    const [from, to] = [contracts[0]!, contracts[1]!]
    return [from.chain, to.chain, from.address, to.address, symbol, decimals, priceId, home]
  })
  writeTable(file, header, rows)
}

function writeEvents(file: string, events: readonly BridgeEvent[]): void {
  const header =
    'timestamp,chain_id,tx_hash,event_index,kind,message_id,token_src,token_dst,sender,beneficiary,amount,peer_chain_id,block'
  const rows = events.map((event) => [
    event.at,
    event.chain,
    event.tx,
    event.index,
    event.kind,
    event.message,
    event.tokenSource,
    event.token ?? 'None',
    event.sender,
    event.beneficiary,
    event.amount,
    event.peer,
    event.block,
  ])
  writeTable(file, header.split(','), rows)
}

function writePrices(file: string, prices: readonly PricePoint[]): void {
  const rows = prices.map(({ at, priceId, price }) => [
    UnixTime.formatDate(at - UnixTime.day),
    priceId,
    price,
  ])
  writeTable(file, ['date', 'price_id', 'close_usd'], rows)
}

function writeMeasures(file: string, measures: readonly Measure[]): void {
  const rows = measures.map(({ at, name, of, value, unit, source, asOf }) => [
    at,
    name,
    of,
    value,
    unit,
    source,
    asOf,
  ])
  writeTable(file, ['at', 'name', 'of', 'value', 'unit', 'source', 'as_of'], rows)
}

function writeAttack(file: string, attack: Iterable<string>): void {
  const rows = Array.from(attack, (id) => ['attack', ...id.split(':')])
  writeTable(file, ['label', 'chain_id', 'tx_hash', 'event_index'], rows)
}

function writeTable(file: string, header: readonly string[], rows: Parameters<typeof Csv.line>[0][]): void {
  const handle = openSync(file, 'w')
  try {
    writeFileSync(handle, `${Csv.line(header)}\n`)
    // In pieces: one string of a very long table would be more than a string can hold.
    for (let start = 0; start < rows.length; start += rowsPerWrite) {
      const lines = rows.slice(start, start + rowsPerWrite).map(Csv.line)
      writeFileSync(handle, `${lines.join('\n')}\n`)
    }
  } finally {
    closeSync(handle)
  }
}

const rowsPerWrite = 10_000

function requireFree(dir: string): void {
  if (entries(dir).length > 0)
    throw new CutwaterError('FOLDER_NOT_EMPTY', 'there is something in this place already', {
      where: dir,
      right: 'a folder that does not exist yet, or an empty one',
    })
}

function entries(dir: string): string[] {
  try {
    return readdirSync(dir)
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT' ? [] : [dir]
  }
}

function requireSame(history: History, read: History): void {
  const { observations } = history
  const at = observations.findIndex((each, at) => !isDeepStrictEqual(each, read.observations[at]))
  if (at >= 0) throw differenceError(`observation ${at}`, observations[at], read.observations[at])
  if (read.observations.length > observations.length)
    throw differenceError('the end', undefined, read.observations[observations.length])
  if (!isDeepStrictEqual(history.bridge, read.bridge))
    throw differenceError('the bridge', history.bridge, read.bridge)
  if (!isDeepStrictEqual(history.attack, read.attack))
    throw differenceError('the attack', [...history.attack], [...read.attack])
}

function differenceError(name: string, written: unknown, read: unknown): CutwaterError {
  return new CutwaterError(
    'HISTORY_UNSAVABLE',
    `${name}, ${shown(written)}, would be read back as ${shown(read)}`,
    {
      right:
        'observations in order, closes of days at the start of the next day, from 40 days before the first event on and of price ids the tokens name, text in lower case',
    },
  )
}

function shown(value: unknown): string {
  const text =
    JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? String(each) : each)) ?? 'nothing'
  return text.length > 400 ? `${text.slice(0, 397)}…` : text
}

function unsavableError(dir: string, draft: string, cause: unknown): CutwaterError {
  const message = cause instanceof Error ? cause.message : String(cause)
  const reason = message.replaceAll(draft, dir).replace(/ \[[A-Z_]+\]$/, '')
  return new CutwaterError('HISTORY_UNSAVABLE', `nothing was saved: ${reason}`, { where: dir, cause })
}
