import { decode, encode } from '../journal/encode.ts'
import type { Journal, Recorded } from '../ports/Journal.ts'
import * as Chronicle from './Chronicle.ts'
import * as Thread from './Thread.ts'
import type * as Timeline from './Timeline.ts'

/** Keeps on the timeline's shelf what it takes to go on from here. */
export async function save(timeline: Timeline.Timeline): Promise<void> {
  const { journal, seq, at, from, reached, rollup, findings, decisions, actions, marks, markEvery } = timeline
  if (seq === 0) return
  const newest = await entryAt(journal, seq)
  const own = marks.map((mark) => ({ seq: mark.seq, at: mark.at }))
  const lists = { findings, decisions, actions, marks: own, markEvery }
  const chronicle = Chronicle.kept(timeline.chronicle)
  const head: Head = {
    newest,
    seq,
    at,
    from,
    reached,
    rollup,
    chronicle,
    ...lists,
    thread: Thread.toPlain(timeline.thread),
  }
  timeline.shelf.put(headName, encode(head))
}

/**
 * The timeline that was saved on the shelf of this one, which has read nothing yet, to be read on from there; this one
 * itself where none was saved, or where the journal is another.
 */
export async function recover(fresh: Timeline.Timeline): Promise<Timeline.Timeline> {
  const { journal, shelf } = fresh
  const text = shelf.get(headName)
  if (text === undefined) return fresh
  const { newest, marks, chronicle, thread, ...head } = decode(text) as Head
  if (newest === undefined) return fresh
  const held = await entryAt(journal, newest.seq)
  if (held === undefined || held.id !== newest.id || held.body !== newest.body) return fresh
  return {
    ...fresh,
    ...head,
    thread: Thread.fromPlain(thread),
    chronicle: Chronicle.recovered(chronicle, shelf),
    marks: marks.map((mark) => ({ ...mark, shelf, isFork: false })),
  }
}

const headName = 'head'

/** What is kept of a timeline beside its marks. */
type Head = Pick<
  Timeline.Timeline,
  'seq' | 'at' | 'from' | 'reached' | 'rollup' | 'findings' | 'decisions' | 'actions' | 'markEvery'
> & {
  /** the newest entry it has taken: another journal has another */
  readonly newest: Recorded | undefined
  readonly chronicle: Chronicle.Kept
  readonly thread: Thread.Plain
  readonly marks: readonly Pick<Timeline.Mark, 'seq' | 'at'>[]
}

async function entryAt(journal: Journal, seq: number): Promise<Recorded | undefined> {
  for await (const page of journal.read({ after: seq - 1, upTo: seq })) return page[0]
  return undefined
}
