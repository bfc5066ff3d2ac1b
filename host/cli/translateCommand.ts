import { availableParallelism } from 'node:os'
import * as Usd from '@cutwater/core/units/Usd.ts'
import { soloCrew } from '@cutwater/engine/simulate/soloCrew.ts'
import type { Translation } from '@cutwater/engine/translate/Translation.ts'
import { translate } from '@cutwater/engine/translate/translate.ts'
import { Command } from 'commander'
import { threadCrew } from '../simulate/threadCrew.ts'
import { commandLine } from './commandLine.ts'
import { describeTranslation } from './describeTranslation.ts'
import { decimalOf, numberOf } from './numberOf.ts'
import * as Progress from './Progress.ts'
import { translateSources } from './translateSources.ts'
import { writeReport } from './writeReport.ts'

type Flags = {
  readonly value: string
  readonly market?: string
  readonly record?: string
  readonly facts?: string
  readonly paths: string
  readonly resamples: string
  readonly seed: string
  readonly workers: string
  readonly report?: string
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
    .option('--report <file>', 'write the report as one HTML file')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', examples)
    .action(run)
}

const examples = `
Without market data the options side is not measured; without a recorded bridge no signal is heard. What comes with
Cutwater, the record of incidents, is enough for the four answers.

Examples:
  $ cutwater translate
  $ cutwater translate --report evidence.html
  $ cutwater translate --value 20000000 --json`

async function run(flags: Flags): Promise<void> {
  const value = decimalOf('--value', flags.value, 1, 1e13)
  const paths = numberOf('--paths', flags.paths, 1_000, 10_000_000)
  const seed = numberOf('--seed', flags.seed, 0, 999_999_999)
  const workers = numberOf('--workers', flags.workers, 1, 256)
  const sources = translateSources(flags)
  const crew = workers === 1 ? soloCrew() : threadCrew(workers)
  const bar = Progress.start('measure', 1)
  try {
    const result = await translate({
      lockedUsd: Usd.fromDollars(value),
      ...sources,
      crew,
      paths,
      resamples: numberOf('--resamples', flags.resamples, 2, 1_000),
      seed,
      onProgress: (done, total) => bar.to(done, total),
    })
    bar.stop()
    if (flags.report !== undefined) await report(result, flags.report)
    const text = flags.json ? JSON.stringify(result) : describeTranslation(result, flags.report)
    process.stdout.write(`${text}\n`)
  } finally {
    bar.stop()
    await crew.close()
  }
}

async function report(result: Translation, file: string): Promise<void> {
  const { translateReport } = await import('../report/translateReport.ts')
  writeReport(file, translateReport(result, commandLine()))
}
