import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { History } from '@cutwater/engine/replay/History.ts'
import type { Options } from '@cutwater/engine/translate/translate.ts'
import { dataDir } from '../config/dataDir.ts'
import * as Facts from '../history/Facts.ts'
import { collectedTo, loadIncidents } from '../history/incidents/loadIncidents.ts'
import { loadHistory } from '../history/loadHistory.ts'
import { withFacts } from '../history/withFacts.ts'
import { loadChains } from '../market/loadChains.ts'
import { loadMarket } from '../market/loadMarket.ts'
import { recordedFolder } from './findHistory.ts'

/** Folders and a file, where they are not those of the study data. */
export type Named = { readonly market?: string; readonly record?: string; readonly facts?: string }

/** What a translation is measured on: the incidents that come with Cutwater, and a market and a bridge where they are. */
export function translateSources(
  named: Named = {},
): Pick<Options, 'incidents' | 'collectedTo' | 'market' | 'chains' | 'record'> {
  const [folder, record] = [marketFolder(named.market), recordOf(named)]
  return {
    incidents: loadIncidents(),
    collectedTo,
    ...(folder === undefined ? {} : { market: loadMarket(folder), chains: loadChains(folder) }),
    ...(record === undefined ? {} : { record }),
  }
}

/** A folder that is named must be good; that of the study data may not be there. */
function marketFolder(named: string | undefined): string | undefined {
  if (named !== undefined) return named
  const data = dataDir()
  const folder = data === undefined ? undefined : join(data, 'market')
  return folder !== undefined && existsSync(folder) ? folder : undefined
}

function recordOf({ record, facts }: Named): History | undefined {
  const folder = record ?? recordedFolder()
  if (folder === undefined) return undefined
  const history = loadHistory(folder)
  const file = facts ?? knownFacts(folder)
  return file === undefined
    ? history
    : withFacts(history, Facts.read(folder).measures, Facts.readFile(file).measures)
}

/** Public facts of a recorded bridge that come with Cutwater, by the name of its folder. */
function knownFacts(folder: string): string | undefined {
  const file = join(import.meta.dirname, '../../docs/facts', `${basename(folder)}.yaml`)
  return existsSync(file) && !existsSync(join(folder, Facts.fileName)) ? file : undefined
}
