import { availableParallelism } from 'node:os'
import * as BridgePolicy from '@cutwater/core/bridge/BridgePolicy.ts'
import * as Assumptions from '@cutwater/core/simulation/attack/Assumptions.ts'
import { fitted } from '@cutwater/core/simulation/attack/fitted.ts'
import { calibrate } from '@cutwater/core/simulation/incidents/Calibration.ts'
import * as Usd from '@cutwater/core/units/Usd.ts'
import type { Crew } from '@cutwater/engine/ports/Crew.ts'
import type { SimulationResult } from '@cutwater/engine/simulate/SimulationResult.ts'
import { simulate } from '@cutwater/engine/simulate/simulate.ts'
import { soloCrew } from '@cutwater/engine/simulate/soloCrew.ts'
import { Command } from 'commander'
import * as SimulationFile from '../config/SimulationFile.ts'
import { collectedTo, loadIncidents } from '../history/incidents/loadIncidents.ts'
import * as NatsAddress from '../nats/NatsAddress.ts'
import { fileKeep } from '../simulate/fileKeep.ts'
import { natsCrew } from '../simulate/natsCrew.ts'
import { threadCrew } from '../simulate/threadCrew.ts'
import { commandLine } from './commandLine.ts'
import { describeSimulation } from './describeSimulation.ts'
import { decimalOf, flagInvalid, numberOf } from './numberOf.ts'
import * as Progress from './Progress.ts'
import { timeOf } from './timeOf.ts'
import { writeReport } from './writeReport.ts'

type Flags = {
  readonly value?: string
  readonly years?: string
  readonly paths: string
  readonly seed: string
  readonly workers: string
  readonly policy?: string
  readonly sweep?: string | true
  readonly set: readonly string[]
  readonly since?: string
  readonly tolerance: string
  readonly rare?: boolean
  readonly state?: string
  readonly report?: string
  readonly json?: boolean
}

/** `cutwater simulate`: many years of one bridge, under every policy and every split. */
export function simulateCommand(): Command {
  return new Command('simulate')
    .description('simulate attacks on a bridge: what each policy costs, what users lose, how bad it gets')
    .argument('[file]', 'a YAML file: valueUsd, and what else is known')
    .option('--value <usd>', 'value locked, in place of the file’s (default: 200000000)')
    .option('--years <n>', 'years that one path looks at (default: 1)')
    .option('--paths <n>', 'the most paths to run', '1000000')
    .option('--seed <n>', 'the same seed gives the same bytes, on any number of workers', '1')
    .option('--workers <n>', 'threads, or a queue: nats://host:port/name', String(availableParallelism()))
    .option('--policy <names>', `comma-separated: ${BridgePolicy.names.join(', ')} (default: all)`)
    .option('--sweep [steps]', 'also every split of the budget, in so many steps (10)')
    .option('--set <name=value>', 'change an assumption; again for another', collect, [])
    .option('--since <date>', 'fit only to incidents from this date on')
    .option('--tolerance <percent>', 'stop when every cost is known this well, 95%; 0 runs all paths', '0.5')
    .option('--rare', 'also find a ruin too rare for plain paths, by splitting')
    .option('--state <file>', 'keep what is done here, and go on from it after a kill')
    .option('--report <file>', 'write the report as one HTML file')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', examples)
    .action(run)
}

const examples = `
Examples:
  $ cutwater simulate --value 50000000 --policy static,near-only
  $ cutwater simulate --sweep --set liveBridges=50 --set bypassChance=0.2 --json
  $ cutwater simulate --sweep --paths 5000000 --state run.json --report simulation.html`

async function run(file: string | undefined, flags: Flags): Promise<void> {
  const settings = settingsOf(file, flags)
  const crew = await crewOf(flags.workers)
  const bar = Progress.start('simulate', settings.paths)
  try {
    const result = await simulate({
      ...settings,
      crew,
      ...(flags.state === undefined ? {} : { keep: fileKeep(flags.state) }),
      rare: flags.rare === true,
      onProgress: (done, total) => bar.to(done, total),
    })
    bar.stop()
    if (flags.report !== undefined) await draw(result, flags.report)
    process.stdout.write(
      `${flags.json ? JSON.stringify(result) : describeSimulation(result, flags.report)}\n`,
    )
  } finally {
    bar.stop()
    await crew.close()
  }
}

async function crewOf(workers: string): Promise<Crew> {
  if (NatsAddress.isOne(workers)) return await natsCrew(NatsAddress.parse(workers))
  const threads = numberOf('--workers', workers, 1, 256)
  return threads === 1 ? soloCrew() : threadCrew(threads)
}

async function draw(result: SimulationResult, file: string): Promise<void> {
  const { simulationReport } = await import('../report/simulationReport.ts')
  writeReport(file, simulationReport(result, commandLine()))
}

function settingsOf(file: string | undefined, flags: Flags) {
  const described = file === undefined ? { ...exampleBridge } : SimulationFile.read(file)
  const since = flags.since === undefined ? undefined : timeOf('--since', flags.since)
  const incidents = loadIncidents().filter(({ date }) => date >= (since ?? 0))
  const calibration = calibrate(incidents, collectedTo, since)
  const years = flags.years === undefined ? described.years : decimalOf('--years', flags.years, 0.01, 100)
  const value = flags.value === undefined ? described.valueUsd : decimalOf('--value', flags.value, 1, 1e13)
  return {
    name: described.name,
    lockedUsd: Usd.fromDollars(value),
    years,
    calibration,
    posture: described.posture,
    assumptions: Assumptions.withChanges({
      ...fitted(calibration),
      ...described.assumptions,
      ...Object.fromEntries(flags.set.map(assignmentOf)),
    }),
    seed: numberOf('--seed', flags.seed, 0, 999_999_999),
    paths: numberOf('--paths', flags.paths, 100, 999_999_999),
    tolerance: decimalOf('--tolerance', flags.tolerance, 0, 100) / 100,
    ...(flags.policy === undefined
      ? {}
      : { policies: flags.policy.split(',').map((name) => BridgePolicy.parseName(name.trim())) }),
    ...(flags.sweep === undefined
      ? {}
      : { sweepSteps: flags.sweep === true ? 10 : numberOf('--sweep', flags.sweep, 1, 50) }),
  }
}

const exampleBridge = {
  name: 'A bridge of $200M',
  valueUsd: 200_000_000,
  years: 1,
  posture: 'balanced' as const,
  assumptions: {} as Readonly<Record<string, number>>,
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}

function assignmentOf(text: string): readonly [string, number] {
  const match = /^(\w+)=(\d+(?:\.\d+)?(?:e-?\d+)?)$/.exec(text)
  if (match !== null) return [match[1]!, Number(match[2])]
  throw flagInvalid('--set', text, 'name=value, such as bypassChance=0.2')
}
