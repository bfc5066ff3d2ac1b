import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { memoryJournal } from '@cutwater/engine/journal/memoryJournal.ts'
import type { Entry, Journal, Recorded, Topic } from '@cutwater/engine/ports/Journal.ts'

/** What is durable: the entries of the journal, whole batches only, and who may write. */
export type Disk = {
  readonly entries: Recorded[]
  readonly journal: Journal
  /** topic and id of every entry */
  readonly ids: Set<string>
  /** takes nothing before, milliseconds */
  fullUntil: number
  /** who was the last to open it: nobody before may write any more */
  epoch: number
}

export function create(): Disk {
  const entries: Recorded[] = []
  return { entries, journal: memoryJournal(entries), ids: new Set(), fullUntil: 0, epoch: 0 }
}

export async function append(
  disk: Disk,
  epoch: number,
  now: number,
  batch: readonly Entry[],
): Promise<number> {
  if (epoch < disk.epoch) throw failure('JOURNAL_FENCED', 'another decider has taken over')
  if (now < disk.fullUntil) throw failure('JOURNAL_DISK_FULL', 'the disk is full')
  const added = await disk.journal.append(batch)
  for (const { topic, id } of batch) disk.ids.add(keyOf(topic, id))
  return added
}

export function holds({ ids }: Disk, topic: Topic, id: string): boolean {
  return ids.has(keyOf(topic, id))
}

export function failure(code: string, what: string): CutwaterError {
  return new CutwaterError(code, what, { where: 'the journal' })
}

function keyOf(topic: Topic, id: string): string {
  return `${topic} ${id}`
}
