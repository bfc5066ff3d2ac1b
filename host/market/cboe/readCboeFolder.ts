import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import * as billYield from '@cutwater/core/finance/billYield.ts'
import { type IndexName, indexNames, type Levels } from '@cutwater/core/options/market/MarketDay.ts'
import * as Note from '@cutwater/core/options/market/Note.ts'
import * as Tables from '@cutwater/core/options/market/Tables.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { type OnBroken, orNothing } from '../orNothing.ts'
import { since } from '../readDaily.ts'
import { type CboeFile, nameOf, sniff } from './CboeFile.ts'
import { type Bounds, readIndexHistory } from './readIndexHistory.ts'
import { readVxContract } from './readVxContract.ts'

/** Strategy indices of Cboe whose histories are taken. */
export const strategyNames = 'bxm bxmd bxy put cll bfly cllz cmbo cndr pput sptr'.split(' ')

/** The files of a folder that are as Cboe and FRED publish them, but for those named in `known`. */
export function cboeFiles(dir: string, known: ReadonlySet<string>): readonly CboeFile[] {
  return namesIn(dir)
    .filter((name) => /\.(csv|dat)$/i.test(name) && !known.has(name))
    .sort()
    .flatMap((name) => sniff(join(dir, name)) ?? [])
}

/**
 * The tables that published files make up; quotes of options are left for later. Where two files tell of the same, the
 * first by name is believed.
 */
export function readCboeFiles(
  files: readonly CboeFile[],
  notes: Note.Notes,
  onBroken: OnBroken,
): Tables.Tables {
  const contracts = files.filter(({ format }) => format === 'futures')
  const futures = contracts.flatMap((file) => orNothing(() => readVxContract(file, notes), onBroken))
  const indices = new Map<number, Record<string, number>>()
  const strategyDays = new Map<number, Record<string, number>>()
  const found = { spx: [] as Tables.Bar[], vix: [] as Tables.Bar[], bills: [] as Tables.Bill[] }
  for (const file of files.filter(({ format }) => format === 'index')) {
    const name = nameOf(file)
    const read = (bounds?: Bounds) => orNothing(() => readIndexHistory(file, notes, bounds), onBroken)
    if (name === 'spx' || name === 'vix') found[name].push(...read())
    else if (isIndex(name)) spread(read(), name, indices)
    else if (strategyNames.includes(name)) spread(read(), name, strategyDays)
    else if (name === 'dtb3' || name === 'irx') found.bills.push(...read(percent).map(billOf))
    else noteUnread(file, notes)
  }
  return {
    ...Tables.none,
    spx: firstOfEach(found.spx),
    vix: firstOfEach(found.vix),
    bills: firstOfEach(found.bills),
    futures: firstOfEach(futures, ({ date, expiry }) => `${date} ${expiry}`),
    indices: levelsOf(indices).map(({ date, values }) => ({ date, values, vix: undefined })),
    strategyDays: levelsOf(strategyDays),
  }
}

function namesIn(dir: string): readonly string[] {
  try {
    return readdirSync(dir)
  } catch (cause) {
    throw new CutwaterError('FILE_MISSING', 'there is no such folder', {
      where: dir,
      right: 'a folder of market tables',
      cause,
    })
  }
}

function isIndex(name: string): name is IndexName {
  return indexNames.some((each) => each === name)
}

// Yields of bills are percent a year on a bank-discount basis, and not always above zero.
const percent = { min: -5, max: 50 }

function billOf({ date, close }: Tables.Bar): Tables.Bill {
  return { date, billYield: billYield.fromDiscount(close / 100) }
}

function spread(bars: readonly Tables.Bar[], name: string, into: Map<number, Record<string, number>>): void {
  for (const { date, close } of bars) into.set(date, { [name]: close, ...into.get(date) })
}

function levelsOf(found: ReadonlyMap<number, Record<string, number>>): readonly Levels[] {
  return firstOfEach([...found].map(([date, values]) => ({ date, values })))
}

function firstOfEach<Row extends Tables.Dated>(
  rows: readonly Row[],
  keyOf: (row: Row) => string = ({ date }) => String(date),
): readonly Row[] {
  const found = new Map<string, Row>()
  for (const row of rows) if (!found.has(keyOf(row))) found.set(keyOf(row), row)
  return [...found.values()].sort((a, b) => a.date - b.date)
}

function noteUnread(file: CboeFile, notes: Note.Notes): void {
  const what = `the history of ${JSON.stringify(nameOf(file))} is not used`
  Note.add(notes, { kind: 'trap', code: 'file-not-read', what, where: file.file, at: since })
}
