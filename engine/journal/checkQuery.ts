import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { Query, Topic } from '../ports/Journal.ts'
import { topics } from '../ports/Journal.ts'

/** A query with everything said: places as numbers, topics as a list of at least none. */
export type Bounds = { readonly topics: readonly Topic[]; readonly after: number; readonly upTo: number }

/**
 * Fills a query's blanks for a journal whose newest entry is at `newest`.
 *
 * @throws CutwaterError `JOURNAL_QUERY_MALFORMED` for a place that is no whole number or a topic there is not
 *
 * @example
 * checkQuery({ after: 3 }, 10).after // 3
 * checkQuery({ upTo: 40 }, 10).upTo // 10
 */
export function checkQuery(query: Query, newest: number): Bounds {
  const { after = 0, upTo = newest } = query
  checkPlace('after', after)
  checkPlace('upTo', upTo)
  for (const topic of query.topics ?? []) checkTopic(topic)
  return { topics: [...new Set(query.topics ?? topics)], after, upTo: Math.min(upTo, newest) }
}

/** Refuses a place that is no whole number of at least 0. */
export function checkPlace(name: string, place: number): void {
  if (Number.isSafeInteger(place) && place >= 0) return
  throw malformed(`${name} is ${place}`, 'a place in the journal: a whole number, 0 or more')
}

/** Refuses a topic there is not. */
export function checkTopic(topic: Topic): void {
  if (!topics.includes(topic)) throw malformed(`topic is ${String(topic)}`, `one of ${topics.join(', ')}`)
}

function malformed(what: string, right: string): CutwaterError {
  return new CutwaterError('JOURNAL_QUERY_MALFORMED', what, { where: 'journal query', right })
}
