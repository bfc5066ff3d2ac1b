import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import { copy } from '../journal/copy.ts'
import { decode, encode } from '../journal/encode.ts'
import type { Shelf } from '../ports/Shelf.ts'
import type { Moment } from '../replay/Moment.ts'
import * as Changes from './Changes.ts'

/**
 * How a bridge stood at every moment there was, written down once while its journal is read: what is asked for later is
 * looked up, and no longer folded.
 */
export type Chronicle = {
  /** chapters that are full, oldest first; what stands in them is on a shelf */
  readonly full: Chapter[]
  /** the one being written; null before the first moment */
  page: Page | null
  /** the moment that page ends with */
  newest: Moment | undefined
  /** how many moments fill a chapter */
  readonly most: number
}

export type Chapter = { readonly name: string; readonly since: UnixTime; readonly shelf: Shelf }

/** From when on each moment held, oldest first, and what changed with it. */
export type Page = { readonly times: UnixTime[]; readonly changes: Changes.Changes }

/** Nothing written yet. A chapter of so many moments is taken up within milliseconds. */
export function create(most = 2_048): Chronicle {
  return { full: [], page: null, newest: undefined, most }
}

/** What it takes to go on with a chronicle whose chapters lie on one shelf. */
export type Kept = { readonly chapters: readonly UnixTime[]; readonly page: Page | null }

export function kept({ full, page }: Chronicle): Kept {
  return { chapters: full.map(({ since }) => since), page }
}

export function recovered({ chapters, page }: Kept, shelf: Shelf): Chronicle {
  const full = chapters.map((since, nth) => ({ name: nameOf(nth), since, shelf }))
  return { ...create(), full, page, newest: page === null ? undefined : momentAt(page, page.times.length) }
}

/** Writes how the bridge stands from a time on, later than all that is written; a full chapter goes to the shelf. */
export function write(chronicle: Chronicle, shelf: Shelf, at: UnixTime, moment: Moment): void {
  if (chronicle.page?.times.length === chronicle.most) putAway(chronicle, chronicle.page, shelf)
  chronicle.page ??= { times: [], changes: Changes.create(moment) }
  const { times, changes } = chronicle.page
  Changes.note(changes, times.length, chronicle.newest, moment)
  times.push(at)
  chronicle.newest = moment
}

/** How the bridge stood at a time: as written last before it. Undefined before the first, and where a chapter is lost. */
export function read({ full, page }: Chronicle, at: UnixTime): Moment | undefined {
  const isOnPage = page !== null && page.times[0]! <= at
  const held = isOnPage ? page : pageOf(full.findLast(({ since }) => since <= at))
  return (
    held &&
    momentAt(
      held,
      countWhile(held.times, (time) => time <= at),
    )
  )
}

/** A copy that ends before a time. */
export function cut({ full, page, most }: Chronicle, before: UnixTime): Chronicle {
  if (page !== null && page.times[0]! < before)
    return { full: [...full], most, ...ending(copy(page), before) }
  const begun = full.filter(({ since }) => since < before)
  const last = pageOf(begun.at(-1))
  // A chapter that is lost stays so: what is asked of it is folded.
  return last === undefined
    ? { ...create(most), full: begun }
    : { full: begun.slice(0, -1), most, ...ending(last, before) }
}

function nameOf(nth: number): string {
  return `chapter:${nth}`
}

function putAway(chronicle: Chronicle, page: Page, shelf: Shelf): void {
  const { full } = chronicle
  const chapter = { name: nameOf(full.length), since: page.times[0]!, shelf }
  shelf.put(chapter.name, encode(page))
  full.push(chapter)
  chronicle.page = null
  chronicle.newest = undefined
}

function pageOf(chapter: Chapter | undefined): Page | undefined {
  const text = chapter?.shelf.get(chapter.name)
  return text === undefined ? undefined : (decode(text) as Page)
}

function ending(page: Page, before: UnixTime) {
  const count = countWhile(page.times, (time) => time < before)
  page.times.length = count
  Changes.cut(page.changes, count)
  return { page, newest: momentAt(page, count) }
}

/** The last of so many moments of a page. */
function momentAt({ changes }: Page, count: number): Moment {
  return Changes.read(changes, count - 1) as Moment
}

function countWhile(times: readonly UnixTime[], holds: (time: UnixTime) => boolean): number {
  return times.findLastIndex(holds) + 1
}
