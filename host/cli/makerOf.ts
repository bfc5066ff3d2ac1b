import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Bridge } from '@cutwater/core/bridge/Bridge.ts'
import type { BridgePolicy } from '@cutwater/core/bridge/BridgePolicy.ts'
import { encode } from '@cutwater/engine/journal/encode.ts'

/**
 * What folds a journal: this code, of this bridge, under this policy. What was folded and kept is of use to the same maker
 * only; with any of these another, it is folded anew.
 */
export function makerOf(bridge: Bridge, policy: BridgePolicy): string {
  const hash = createHash('sha256').update(encode({ bridge, policy }))
  for (const workspace of ['core', 'engine']) hashSources(join(root, workspace), (text) => hash.update(text))
  return hash.digest('hex')
}

const root = fileURLToPath(new URL('../..', import.meta.url))

// Whatever a fold runs through is in these two, so that nobody has to remember to count a version up.
function hashSources(folder: string, take: (text: Buffer) => void): void {
  const paths = readdirSync(folder, { recursive: true }).map(String)
  for (const path of paths.sort()) {
    if (/(?<!\.test|\.fixture|\.contract|\.d)\.ts$/.test(path) && !path.includes('node_modules'))
      take(readFileSync(join(folder, path)))
  }
}
