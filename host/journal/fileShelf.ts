import { DatabaseSync } from 'node:sqlite'
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { memoryShelf, type Shelf } from '@cutwater/engine/ports/Shelf.ts'

/**
 * A shelf in a file beside a journal, for what one maker makes: what another made is thrown away, as it would be said
 * otherwise now. Where no file can be written it lasts as long as the process.
 */
export function fileShelf(path: string, maker: string): Shelf {
  try {
    return shelfOf(opened(path), maker)
  } catch {
    return memoryShelf()
  }
}

/** How hard texts are pressed together: the quickest. A state is mostly the same words over and over. */
const level = 1

function opened(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 2_000 })
  // It can be made anew: nothing waits for a disk.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF')
  database.exec(`CREATE TABLE IF NOT EXISTS texts (
    maker TEXT NOT NULL, name TEXT NOT NULL, packed BLOB NOT NULL, PRIMARY KEY (maker, name)
  ) STRICT`)
  return database
}

function shelfOf(database: DatabaseSync, maker: string): Shelf {
  database.prepare('DELETE FROM texts WHERE maker <> ?').run(maker)
  const put = database.prepare('INSERT OR REPLACE INTO texts VALUES (?, ?, ?)')
  const get = database.prepare('SELECT packed FROM texts WHERE maker = ? AND name = ?')
  const drop = database.prepare('DELETE FROM texts WHERE maker = ? AND name = ?')
  const params = { [constants.ZSTD_c_compressionLevel]: level }
  return {
    put: (name, text) => void put.run(maker, name, zstdCompressSync(text, { params })),
    get: (name) => {
      const row = get.get(maker, name) as { packed: Uint8Array } | undefined
      return row && zstdDecompressSync(row.packed).toString('utf8')
    },
    drop: (name) => void drop.run(maker, name),
    aside: () => fileShelf(':memory:', maker),
  }
}
