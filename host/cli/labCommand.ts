import type { Level } from '@cutwater/core/bridge/guard/GuardSettings.ts'
import type { LabResult } from '@cutwater/lab/run/RunResult.ts'
import { runLab } from '@cutwater/lab/run/runLab.ts'
import { find, scenarios } from '@cutwater/lab/scenarios/catalog.ts'
import { Command } from 'commander'
import { describeLab, describeScenarios } from './describeLab.ts'
import { labHonestCommand } from './labHonestCommand.ts'
import { labTools } from './labTools.ts'
import { labUpCommand } from './labUpCommand.ts'
import { flagInvalid, numberOf } from './numberOf.ts'
import * as Progress from './Progress.ts'

type Flags = {
  readonly seed: string
  readonly runs: string
  readonly level: string
  readonly blockMs: string
  readonly mempool?: boolean
  readonly json?: boolean
}

/** `cutwater lab`: local chains with real contracts, honest traffic, and attacks on a guarded and an open bridge. */
export function labCommand(): Command {
  const lab = new Command('lab')
    .description('attack a bridge on two local chains, with the layers on and off side by side')
    // What is wrong is said once, by the program; its commands take this from here.
    .configureOutput({ outputError: () => {} })
    .exitOverride()
  lab
    .command('list')
    .description('the attacks there are, and the incident behind each')
    .option('--json', 'print the list as JSON')
    .addHelpText('after', '\nExample:\n  $ cutwater lab list')
    .action(({ json }: { json?: boolean }) =>
      print(json ? JSON.stringify(listed()) : describeScenarios(listed())),
    )
  lab
    .command('run')
    .description('run one attack, several, or all of them with a run of honest traffic')
    .argument('<names...>', 'names of `cutwater lab list`, or all')
    .option('--seed <n>', 'seed of amounts, times and order, honest and not', '1')
    .option('--runs <n>', 'runs of each attack, with seeds one after the other; the worst is shown', '1')
    .option('--level <n>', 'guard level: 2 limit, 3 prove, or both', '3')
    .option(
      '--block-ms <n>',
      'the longest wall time of a 12-second block: how long the guard has to answer',
      '4000',
    )
    .option('--once', 'end by itself (it always does)')
    .option('--mempool', 'let the guard watch calls before they are mined')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', examples)
    .action(run)
  lab.addCommand(labUpCommand().copyInheritedSettings(lab))
  lab.addCommand(labHonestCommand().copyInheritedSettings(lab))
  return lab
}

const examples = `
Examples:
  $ cutwater lab run zero-root
  $ cutwater lab run key-theft-many-small --level 2 --json
  $ cutwater lab run all
  $ cutwater lab run all --runs 15 --level both --json`

async function run(names: readonly string[], flags: Flags): Promise<void> {
  const chosen = [...new Set(names.flatMap(find))]
  const isAll = names.includes('all')
  const runs = numberOf('--runs', flags.runs, 1, 10_000)
  const levels = levelsOf(flags.level)
  const options = {
    seed: numberOf('--seed', flags.seed, 0, 999_999_999),
    runs,
    levels,
    blockMilliseconds: numberOf('--block-ms', flags.blockMs, 50, 60_000),
    isEager: true,
    mempool: flags.mempool ?? false,
    honestTransfers: isAll ? honestTransfers : 0,
  }
  const bar = Progress.start('lab', chosen.length * levels.length * runs + (isAll ? 1 : 0))
  const onStep = (what: string, nth: number, total: number) => {
    bar.to(nth, total)
    if (!process.stderr.isTTY) process.stderr.write(`lab: ${nth + 1} of ${total}, ${what}\n`)
  }
  const result = await runLab(labTools, chosen, { ...options, onStep })
  bar.stop()
  print(flags.json ? JSON.stringify(jsonOf(result)) : describeLab(result))
}

/** The result as other programs read it; what people are told beside it stays out. */
function jsonOf({ scenarios, honest, summary }: LabResult) {
  return {
    scenarios: scenarios.map(({ says: _, steps: __, limitedBy: ___, ...rest }) => rest),
    honest,
    summary,
  }
}

/** How many honest transfers run beside all attacks; `lab honest` runs as many as it is asked for. */
const honestTransfers = 40

function listed() {
  return scenarios.map(({ name, incident, says, steps, visibleBefore, limitedBy }) => {
    return { name, incident, says, steps, visibleBefore, limitedBy }
  })
}

function levelsOf(text: string): readonly Level[] {
  if (text === '2') return [2]
  if (text === '3') return [3]
  if (text === 'both') return [2, 3]
  throw flagInvalid(
    '--level',
    text,
    '2 or 3, or both: the lab compares a guard in the release path with none',
  )
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
