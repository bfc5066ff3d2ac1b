import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'

// Copies the write-ahead log of the journal it was started for into the journal, when it is told to.

const database = new DatabaseSync(workerData as string)
database.exec('PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0')
const checkpoint = database.prepare('PRAGMA wal_checkpoint(PASSIVE)')

parentPort!.on('message', (order: 'copy' | 'end') => {
  if (order === 'copy') return copy()
  database.close()
  parentPort!.close()
})

/**
 * The writer goes on meanwhile, and begins its log anew only when all of it was copied: what was added is copied too, a
 * little less each time. A reader who holds an old page stops that; the next order comes soon.
 */
function copy(): void {
  for (let round = 0; round < mostRounds; round++) {
    const { log, checkpointed } = checkpoint.get() as { log: number; checkpointed: number }
    if (checkpointed === log) return
  }
}

const mostRounds = 8
