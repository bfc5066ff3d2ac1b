import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Kind } from '@cutwater/core/bridge/BridgeEvent.ts'
import * as WatchFile from '@cutwater/host/cli/WatchFile.ts'
import { readEvents } from '@cutwater/host/history/readEvents.ts'
import { smallFiles } from '../../host/history/smallFolder.fixture.ts'
import { mutateText } from './mutate.ts'
import type { Target } from './Target.ts'

/** Tables of a history: every row that is taken is a leg, and no line is left out. */
export function csvTables(): Target {
  const whole = String(smallFiles()['events.csv'])
  const chains = [10, 20].map((id) => ({ id, name: String(id), finalitySeconds: 0 }))
  const kinds = new Map<string, Kind>([
    ['deposit_locked', 'lock'],
    ['deposit_minted', 'mint'],
    ['withdrawal_burned', 'burn'],
    ['withdrawal_released', 'release'],
  ])
  return fileTarget('CSV tables', 10, 'events.csv', whole, (file, text) => {
    const { rows } = readEvents(file, { chains, kinds, sets: ['main'] })
    const lines = text.split(/\r?\n/).length
    if (rows.size > lines) return `${rows.size} rows of ${lines} lines`
    for (const { event } of rows.values()) {
      const isSound =
        event.amount >= 0n && Number.isSafeInteger(event.at) && chains.some(({ id }) => id === event.chain)
      if (!isSound) return `a leg of ${event.amount} units at ${event.at} on chain ${event.chain}`
    }
    return null
  })
}

/** The description of a bridge to watch: what is taken has a majority to believe, and nothing that is no number. */
export function yamlConfig(): Target {
  const whole = readFileSync('examples/bridge.yaml', 'utf8')
  return fileTarget('YAML config', 1.5, 'bridge.yaml', whole, (file) => {
    const read = WatchFile.read(file, {})
    for (const { name, rpcs, quorum, finality } of read.bridge.chains) {
      if (2 * quorum <= rpcs.length) return `${name}: ${quorum} of ${rpcs.length} nodes are believed`
      if (!(finality.depth >= 0)) return `${name} is final after ${finality.depth} blocks`
    }
    return null
  })
}

function fileTarget(
  name: string,
  share: number,
  fileName: string,
  whole: string,
  take: (file: string, text: string) => string | null,
): Target {
  const folder = mkdtempSync(join(tmpdir(), 'cutwater-fuzz-'))
  const file = join(folder, fileName)
  return {
    name,
    share,
    whole,
    make: (rng) => mutateText(rng, whole),
    take: (input) => {
      writeFileSync(file, input)
      return take(file, input)
    },
    close: () => rmSync(folder, { recursive: true }),
  }
}
