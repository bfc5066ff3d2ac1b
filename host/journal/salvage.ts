import type { Journal, Query, Recorded, Topic } from '@cutwater/engine/ports/Journal.ts'
import { pageEntries } from '@cutwater/engine/ports/Journal.ts'
import * as RawPages from './RawPages.ts'
import * as Row from './Row.ts'
import { rawRows } from './rawRows.ts'
import * as Seal from './Seal.ts'

/** What lies in the pages of a journal file, whatever has become of the tree that leads to them. */
export type Salvage = Pick<Journal, 'read' | 'last'> & {
  /** entries that follow one another from the first */
  readonly entries: number
  /** the newest place of which an entry was found: what lies between is lost */
  readonly newest: number
}

/**
 * Looks for entries in every page of a journal file and its log. Each says by its seal that it is one, and which it
 * follows; so a page that is lost costs what it held and what comes after, and no more.
 */
export function salvage(path: string): Salvage {
  const pages = RawPages.open(path)
  const pageOf = new Map<number, number>()
  for (let nth = 0; nth < pages.count; nth++)
    for (const row of rawRows(pages, nth)) if (isEntry(row)) pageOf.set(row[0], nth)
  const newest = [...pageOf.keys()].reduce((a, b) => Math.max(a, b), 0)
  const entries = countInOrder(pages, pageOf)
  pages.close()

  async function* read({ after = 0, upTo = entries }: Query = {}): AsyncGenerator<readonly Recorded[]> {
    const again = RawPages.open(path)
    try {
      let page: Recorded[] = []
      for (const row of inOrder(again, pageOf, after)) {
        if (row[0] > Math.min(upTo, entries)) break
        page.push(Row.recordedOf(row))
        if (page.length < pageEntries) continue
        yield page
        page = []
      }
      if (page.length > 0) yield page
    } finally {
      again.close()
    }
  }

  return { entries, newest, read, last: async () => undefined }
}

function isEntry(row: Row.Row): boolean {
  const [, , , , , before, seal] = row
  return before !== null && seal !== null && Seal.isWhole(Row.recordedOf(row), before, seal)
}

function countInOrder(pages: RawPages.RawPages, pageOf: ReadonlyMap<number, number>): number {
  const seals = new Map<Topic, number>()
  let entries = 0
  for (const [seq, topic, , , , before, seal] of inOrder(pages, pageOf, 0)) {
    if (before !== (seals.get(topic) ?? 0)) break
    seals.set(topic, seal!)
    entries = seq
  }
  return entries
}

/** Rows one after the other, as far as there is no gap; neighbours lie in one page, which is read once for them. */
function* inOrder(
  pages: RawPages.RawPages,
  pageOf: ReadonlyMap<number, number>,
  after: number,
): Generator<Row.Row> {
  let held = new Map<number, Row.Row>()
  let nth = -1
  for (let seq = after + 1; pageOf.has(seq); seq++) {
    if (pageOf.get(seq) !== nth) {
      nth = pageOf.get(seq)!
      held = new Map(rawRows(pages, nth).flatMap((row) => (isEntry(row) ? [[row[0], row] as const] : [])))
    }
    yield held.get(seq)!
  }
}
