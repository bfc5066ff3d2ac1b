import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Bridge } from '@cutwater/core/bridge/Bridge.ts'
import type { BridgePolicy } from '@cutwater/core/bridge/BridgePolicy.ts'
import { encode } from '@cutwater/engine/journal/encode.ts'
import type { Shelf } from '@cutwater/engine/ports/Shelf.ts'
import { fileShelf } from '../../journal/fileShelf.ts'
import * as JournalAddress from '../../journal/JournalAddress.ts'

/**
 * Where what was read of a journal is kept for the next start: a file beside the journal's. It was made by this code,
 * of this bridge, under this policy; with any of these another, it is made anew. Undefined where the journal is no file.
 */
export function keeping(address: string, bridge: Bridge, policy: BridgePolicy): Shelf | undefined {
  const journal = JournalAddress.parse(address)
  if (journal.kind !== 'sqlite') return undefined
  const hash = createHash('sha256').update(encode({ bridge, policy }))
  for (const workspace of ['core', 'engine']) hashSources(join(root, workspace), (text) => hash.update(text))
  return fileShelf(`${journal.file}-timeline`, hash.digest('hex'))
}

const root = fileURLToPath(new URL('../../..', import.meta.url))

// Whatever a fold runs through is in these two, so that nobody has to remember to count a version up.
function hashSources(folder: string, take: (text: Buffer) => void): void {
  const paths = readdirSync(folder, { recursive: true }).map(String)
  for (const path of paths.sort()) {
    if (/(?<!\.test|\.fixture|\.contract|\.d)\.ts$/.test(path) && !path.includes('node_modules'))
      take(readFileSync(join(folder, path)))
  }
}
