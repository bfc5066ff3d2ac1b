import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { basename, join } from 'node:path'
import type { MarketHistory } from '@cutwater/core/options/market/MarketDay.ts'
import * as Usd from '@cutwater/core/units/Usd.ts'
import type { History } from '@cutwater/engine/replay/History.ts'
import { soloCrew } from '@cutwater/engine/simulate/soloCrew.ts'
import { translate } from '@cutwater/engine/translate/translate.ts'
import { Command } from 'commander'
import { dataDir } from '../config/dataDir.ts'
import * as Facts from '../history/Facts.ts'
import { collectedTo, loadIncidents } from '../history/incidents/loadIncidents.ts'
import { loadHistory } from '../history/loadHistory.ts'
import { withFacts } from '../history/withFacts.ts'
import { loadMarket } from '../market/loadMarket.ts'
import { threadCrew } from '../simulate/threadCrew.ts'
import { describeTranslation } from './describeTranslation.ts'
import { recordedFolder } from './findHistory.ts'
import { decimalOf, numberOf } from './numberOf.ts'
import * as Progress from './Progress.ts'

type Flags = {
  readonly value: string
  readonly market?: string
  readonly record?: string
  readonly facts?: string
  readonly paths: string
  readonly resamples: string
  readonly seed: string
  readonly workers: string
  readonly json?: boolean
}

/** `cutwater translate`: does the options method translate to bridges, concept by concept? */
export function translateCommand(): Command {
  return new Command('translate')
    .description('does the options method translate to bridges? Concept by concept, measured in both books')
    .option('--value <usd>', 'value locked of the bridge', '200000000')
    .option('--market <dir>', 'folder of market data (default: market in the data folder)')
    .option('--record <dir>', 'a bridge’s history with an attack in it (default: the one in the data folder)')
    .option(
      '--facts <file>',
      'facts of that bridge (default: those that come with Cutwater, where it has some)',
    )
    .option('--paths <n>', 'simulated years of each case', '60000')
    .option('--resamples <n>', 'resamples of the record of incidents that intervals come from', '30')
    .option('--seed <n>', 'the same seed gives the same result', '1')
    .option('--workers <n>', 'threads', String(availableParallelism()))
    .option('--json', 'print the result as JSON')
    .addHelpText('after', examples)
    .action(run)
}

const examples = `
Without market data the options side is not measured; without a recorded bridge no signal is heard. What comes with
Cutwater, the record of incidents, is enough for the four answers.

Examples:
  $ cutwater translate
  $ cutwater translate --value 20000000 --json`

async function run(flags: Flags): Promise<void> {
  const value = decimalOf('--value', flags.value, 1, 1e13)
  const paths = numberOf('--paths', flags.paths, 1_000, 10_000_000)
  const seed = numberOf('--seed', flags.seed, 0, 999_999_999)
  const workers = numberOf('--workers', flags.workers, 1, 256)
  const [market, record] = [marketOf(flags.market), recordOf(flags)]
  const crew = workers === 1 ? soloCrew() : threadCrew(workers)
  const bar = Progress.start('measure', 1)
  try {
    const result = await translate({
      lockedUsd: Usd.fromDollars(value),
      incidents: loadIncidents(),
      collectedTo,
      ...(market === undefined ? {} : { market }),
      ...(record === undefined ? {} : { record }),
      crew,
      paths,
      resamples: numberOf('--resamples', flags.resamples, 2, 1_000),
      seed,
      onProgress: (done, total) => bar.to(done, total),
    })
    bar.stop()
    process.stdout.write(`${flags.json ? JSON.stringify(result) : describeTranslation(result)}\n`)
  } finally {
    bar.stop()
    await crew.close()
  }
}

/** A folder that is named must be good; that of the study data may not be there. */
function marketOf(named: string | undefined): MarketHistory | undefined {
  if (named !== undefined) return loadMarket(named)
  const data = dataDir()
  const folder = data === undefined ? undefined : join(data, 'market')
  return folder !== undefined && existsSync(folder) ? loadMarket(folder) : undefined
}

function recordOf({ record, facts }: Flags): History | undefined {
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
