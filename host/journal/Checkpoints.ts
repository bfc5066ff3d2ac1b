import { Worker } from 'node:worker_threads'
import type { Entry } from '@cutwater/engine/ports/Journal.ts'

/**
 * Copies a journal's write-ahead log into its file, in a thread of its own, whenever enough was written.
 *
 * Who commits would do it himself otherwise, and for as long as the disk takes nobody is watched. The log is safe as it
 * is: a thread that fails, or never comes to it, leaves the copying to the writer, whose log is longer then.
 */
export type Checkpoints = {
  readonly file: string
  thread: Worker | undefined
  hasFailed: boolean
  /** about how many pages the log has grown by since the last was asked for */
  pages: number
}

/** 8 MB: copied in some hundredths of a second. */
const pagesBetween = 2_000
const pageBytes = 4_096
/** Of a batch: the last of the entries, of their ids, where topics end, and the tree above. */
const pagesOfBatch = 4

export function create(file: string): Checkpoints {
  return { file, thread: undefined, hasFailed: false, pages: 0 }
}

/** To be called after each batch. */
export function wrote(checkpoints: Checkpoints, batch: readonly Entry[]): void {
  for (const { body } of batch) checkpoints.pages += 1 + body.length / pageBytes
  checkpoints.pages += pagesOfBatch
  if (checkpoints.pages < pagesBetween || checkpoints.hasFailed) return
  checkpoints.pages = 0
  // Most journals never grow so long while they are open.
  checkpoints.thread ??= start(checkpoints)
  checkpoints.thread.postMessage('copy')
}

/** Resolves when the thread has let go of the file. */
export async function stop({ thread }: Checkpoints): Promise<void> {
  if (thread === undefined) return
  const ended = new Promise((resolve) => thread.once('exit', resolve))
  thread.ref()
  thread.postMessage('end')
  await ended
}

function start(checkpoints: Checkpoints): Worker {
  const thread = new Worker(new URL('./checkpointThread.ts', import.meta.url), {
    workerData: checkpoints.file,
  })
  thread.unref()
  thread.on('error', () => {
    checkpoints.hasFailed = true
    checkpoints.thread = undefined
  })
  return thread
}
