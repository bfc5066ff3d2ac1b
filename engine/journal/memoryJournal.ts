import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { Entry, Journal, Query, Recorded, Topic } from '../ports/Journal.ts'
import { pageEntries, topics } from '../ports/Journal.ts'
import { checkEntries } from './checkEntries.ts'
import { checkPlace, checkQuery, checkTopic } from './checkQuery.ts'

/**
 * A journal that lasts as long as the process: for tests, simulations and runs nobody wants to keep.
 *
 * @param entries where it keeps them; a journal opened on the entries of a closed one goes on from there
 */
export function memoryJournal(entries: Recorded[] = []): Journal {
  const byTopic = new Map(
    topics.map((topic) => [topic, { ids: new Map<string, number>(), places: [] as number[] }]),
  )
  for (const { topic, id, seq } of entries) {
    byTopic.get(topic)!.ids.set(id, seq)
    byTopic.get(topic)!.places.push(seq)
  }
  let open = true

  async function append(batch: readonly Entry[]): Promise<number> {
    checkOpen()
    checkEntries(batch)
    const before = entries.length
    for (const { topic, id, at, body } of batch) {
      const { ids, places } = byTopic.get(topic)!
      if (ids.has(id)) continue
      entries.push({ seq: entries.length + 1, topic, id, at, body })
      ids.set(id, entries.length)
      places.push(entries.length)
    }
    return entries.length - before
  }

  async function* read(query: Query = {}): AsyncGenerator<readonly Recorded[]> {
    checkOpen()
    const { topics, after, upTo } = checkQuery(query, entries.length)
    const wanted = new Set(topics)
    let page: Recorded[] = []
    for (let place = after; place < upTo; place++) {
      const entry = entries[place]!
      if (!wanted.has(entry.topic)) continue
      page.push(entry)
      if (page.length < pageEntries) continue
      yield page
      checkOpen()
      page = []
    }
    if (page.length > 0) yield page
  }

  async function last(topic: Topic, upTo: number = entries.length): Promise<Recorded | undefined> {
    checkOpen()
    checkTopic(topic)
    checkPlace('upTo', upTo)
    const place = byTopic.get(topic)!.places.findLast((seq) => seq <= upTo)
    return place === undefined ? undefined : entries[place - 1]
  }

  async function find(topic: Topic, wanted: readonly string[]): Promise<readonly Recorded[]> {
    checkOpen()
    checkTopic(topic)
    const { ids } = byTopic.get(topic)!
    const places = [...new Set(wanted)].flatMap((id) => ids.get(id) ?? [])
    return places.sort((a, b) => a - b).map((place) => entries[place - 1]!)
  }

  async function count(topic: Topic): Promise<number> {
    checkOpen()
    checkTopic(topic)
    return byTopic.get(topic)!.places.length
  }

  async function close(): Promise<void> {
    open = false
  }

  function checkOpen(): void {
    if (!open) throw new CutwaterError('JOURNAL_CLOSED', 'the journal is closed', { where: 'memory journal' })
  }

  return { append, read, last, find, count, close }
}
