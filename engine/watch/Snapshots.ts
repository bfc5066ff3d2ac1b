import * as Copy from '../journal/copy.ts'
import { decode, encode } from '../journal/encode.ts'
import { encodeInPieces } from '../journal/encodeInPieces.ts'
import type { Journal, Recorded } from '../ports/Journal.ts'
import * as LiveBook from './LiveBook.ts'
import { isObservation } from './Standby.ts'
import type { Seen } from './signalId.ts'

/**
 * Writes down now and then how a live book stands, so that a restart folds what came after and not all there is.
 *
 * A large book is copied in pieces, while its final part stands still, and then written in pieces, each with a batch of
 * signals, so that nobody waits for it. A snapshot counts when its last piece is in the journal: one that was cut off is
 * passed over.
 */
export type Snapshots = {
  readonly journal: Journal
  readonly pace: Pace
  /** characters observed since the last one began */
  observed: number
  /** characters of the last one */
  size: number
  writing: Writing | null
}

export type Pace = {
  /** code, bridge and policy that fold: what others have folded is folded anew */
  readonly maker: string
  /** characters that are observed before one is written, at least */
  readonly least: number
  /** and so many times the length of the last one: of four, journals grow by about a third */
  readonly times: number
  /** so many objects or lists are copied with each batch of signals */
  readonly copies: number
  /** and then a piece of so many characters is written, about, with each so-manieth */
  readonly piece: number
  readonly every: number
}

type Writing = {
  /** the last observed entry that it has folded: its id, as a copy of the journal may have other places */
  readonly folded: string
  /** before what is in all its ids */
  readonly name: string
  readonly copying: Copy.Copying<Body>
  /** null until the copy is whole */
  texts: Iterator<string> | null
  batches: number
  pieces: number
  size: number
}

/** Folding so much again takes a second at most; copying so much takes a millisecond, writing a piece some. */
export const usual = { least: 4 * 2 ** 20, times: 4, copies: 400, piece: 2 ** 17, every: 8 }

/** When a watch ends, this part of what is waited for is enough. */
const atEnd = 1 / 256

export function create(journal: Journal, pace: Pace, size = 0): Snapshots {
  return { journal, pace, observed: 0, size, writing: null }
}

/** What of a live book is written, with what ids need to know of the past. */
type Body = { readonly live: LiveBook.Kept; readonly seen: Seen }
/** The last entry of a snapshot. */
type Ending = Pick<Pace, 'maker'> & Pick<Writing, 'folded' | 'pieces'>

/** Goes on with a snapshot, or begins one when it is due; to be called between signals, when all of them are written. */
export async function goOn(snapshots: Snapshots, live: LiveBook.LiveBook, seen: Seen): Promise<void> {
  if (snapshots.writing === null) {
    if (snapshots.observed < due(snapshots)) return
    snapshots.writing = await begin(snapshots, live, seen)
  }
  await write(snapshots, snapshots.writing, live)
}

/** Writes to the end what was begun, and one of all there is where that is worth it. */
export async function finish(snapshots: Snapshots, live: LiveBook.LiveBook, seen: Seen): Promise<void> {
  while (snapshots.writing !== null) await write(snapshots, snapshots.writing, live)
  if (snapshots.observed < atEnd * due(snapshots)) return
  snapshots.writing = await begin(snapshots, live, seen)
  await finish(snapshots, live, seen)
}

function due({ pace, size }: Snapshots): number {
  return Math.max(pace.least, pace.times * size)
}

async function begin(snapshots: Snapshots, live: LiveBook.LiveBook, seen: Seen): Promise<Writing> {
  snapshots.observed = 0
  const newest = (await snapshots.journal.last('observed'))!
  const copying = Copy.begin({ live: LiveBook.hold(live), seen }, isObservation)
  const counts = { batches: 0, pieces: 0, size: 0 }
  return { folded: newest.id, name: `${prefix}${newest.seq}`, copying, texts: null, ...counts }
}

async function write(snapshots: Snapshots, writing: Writing, live: LiveBook.LiveBook): Promise<void> {
  const { journal, pace } = snapshots
  if (writing.texts === null) {
    if (!Copy.goOn(writing.copying, pace.copies)) return
    LiveBook.release(live)
    // Down to each route, lane and leg.
    writing.texts = encodeInPieces(writing.copying.copied, 6)
  }
  writing.batches += 1
  if (writing.batches % pace.every !== 0) return
  const text = piece(writing.texts, pace.piece)
  const append = (name: string, body: string) =>
    journal.append([{ topic: 'snapshot', id: `${writing.name}/${name}`, at: live.book.now, body }])
  if (text.length > 0) {
    writing.pieces += 1
    writing.size += text.length
    await append(String(writing.pieces), JSON.stringify(text))
    return
  }
  const { folded, pieces } = writing
  const ending: Ending = { maker: pace.maker, folded, pieces }
  await append(end, encode(ending))
  snapshots.size = writing.size
  snapshots.writing = null
}

function piece(texts: Iterator<string>, length: number): string {
  let text = ''
  while (text.length < length) {
    const next = texts.next()
    if (next.done) break
    text += next.value
  }
  return text
}

/** A live book as it stood after an entry of the journal, by its place there. */
export type Standing = Body & { readonly place: number; readonly size: number }

/** The newest whole snapshot; undefined where there is none, or another maker's. */
export async function last(journal: Journal, maker: string): Promise<Standing | undefined> {
  const ended = await lastEnd(journal)
  if (ended === undefined) return undefined
  const ending = decode(ended.body) as Ending
  const [folded] = await journal.find('observed', [ending.folded])
  if (ending.maker !== maker || folded === undefined) return undefined
  const [after, upTo, name] = [folded.seq, ended.seq - 1, versionOf(ended.id)]
  const texts: string[] = []
  for await (const page of journal.read({ topics: ['snapshot'], after, upTo })) {
    for (const { id, body } of page) if (versionOf(id) === name) texts.push(JSON.parse(body) as string)
  }
  if (texts.length !== ending.pieces) return undefined
  const text = texts.join('')
  return { ...(decode(text) as Body), place: folded.seq, size: text.length }
}

async function lastEnd(journal: Journal): Promise<Recorded | undefined> {
  let entry = await journal.last('snapshot')
  while (entry !== undefined && !isEnd(entry.id)) entry = await journal.last('snapshot', entry.seq - 1)
  return entry
}

const prefix = 'watch@'
const end = 'end'

/** Whether an id is that of a snapshot's last entry. */
export function isEnd(id: string): boolean {
  return id.startsWith(prefix) && id.endsWith(`/${end}`)
}

/** What the ids of one snapshot's entries have in common; what is no part of one is called what it is. */
export function versionOf(id: string): string {
  return id.startsWith(prefix) ? id.slice(0, id.lastIndexOf('/')) : id
}
