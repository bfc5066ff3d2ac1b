import type { Journal } from '@cutwater/engine/ports/Journal.ts'
import * as Snapshots from '@cutwater/engine/watch/Snapshots.ts'
import { type Copied, copyJournal } from './copyJournal.ts'

/**
 * Copies a journal without the snapshots that a newer one of the same run has overtaken.
 *
 * A snapshot is a fold of what was observed and can be made anew; whatever was observed, found, decided or done cannot,
 * and stays.
 *
 * @throws CutwaterError what `copyJournal` throws
 */
export async function compactJournal(
  from: Journal,
  address: string,
  { onProgress }: { readonly onProgress?: (entries: number) => void } = {},
): Promise<Copied & { readonly snapshots: number }> {
  const newest = new Map<string, string>()
  let held = 0
  for await (const page of from.read({ topics: ['snapshot'] })) {
    for (const { id } of page) {
      // One of a watch has many parts, and counts when the last is there.
      const version = Snapshots.versionOf(id)
      if (version !== id && !Snapshots.isEnd(id)) continue
      newest.set(runOf(id), version)
      held += 1
    }
  }
  const kept = new Set(newest.values())
  const copied = await copyJournal(from, address, {
    keeps: ({ topic, id }) => topic !== 'snapshot' || kept.has(Snapshots.versionOf(id)),
    ...(onProgress && { onProgress }),
  })
  return { ...copied, snapshots: held - kept.size }
}

/** The run that a snapshot is of: its id names it, and how far it had come. */
function runOf(id: string): string {
  return id.slice(0, id.lastIndexOf('@'))
}
