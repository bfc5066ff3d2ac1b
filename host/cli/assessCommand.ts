import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as Posture from '@cutwater/core/ladder/Posture.ts'
import { hour, type UnixTime } from '@cutwater/core/units/UnixTime.ts'
import type { Assessment } from '@cutwater/engine/assess/Assessment.ts'
import { assess } from '@cutwater/engine/assess/assess.ts'
import { earlyWarning } from '@cutwater/engine/assess/earlyWarning.ts'
import type { History } from '@cutwater/engine/replay/History.ts'
import { track } from '@cutwater/engine/replay/track.ts'
import { Command } from 'commander'
import * as Facts from '../history/Facts.ts'
import { loadIncidents } from '../history/incidents/loadIncidents.ts'
import { tableNames } from '../history/loadHistory.ts'
import { withFacts } from '../history/withFacts.ts'
import { clock } from './clock.ts'
import { commandLine } from './commandLine.ts'
import * as DrillRecord from './DrillRecord.ts'
import { describeAssessment, describeWarnings } from './describeAssessment.ts'
import { findHistory, recordedFolder } from './findHistory.ts'
import { liveHistory } from './liveHistory.ts'
import { flagInvalid } from './numberOf.ts'
import * as Progress from './Progress.ts'
import { postureOf } from './postureOf.ts'
import { timeOf } from './timeOf.ts'
import { writeReport } from './writeReport.ts'

type Flags = {
  readonly at?: string
  readonly posture: string
  readonly facts?: string
  readonly drills?: string
  readonly report?: string
  readonly beforeAttack?: boolean
  readonly synthetic?: boolean
  readonly seed: string
  readonly json?: boolean
}

/** `cutwater assess`: a board's page about a bridge. */
export function assessCommand(): Command {
  return new Command('assess')
    .description('a board’s page about a bridge: layers, signals, economics, setup, and what to do next')
    .argument(
      '[bridge]',
      'a folder of tables, or a bridge.yaml, which brings its journal and what its feeds say now; facts.yaml and measures.csv beside it are read too',
    )
    .option(
      '--at <time>',
      'as it stood at this moment, with what was known by then (default: the end of the record)',
    )
    .option('--posture <name>', Posture.names.join(', '), 'balanced')
    .option(
      '--before-attack',
      'instead: how each signal stood before the recorded attack, and in quiet times',
    )
    .option('--facts <file>', 'facts of the bridge, in place of a facts.yaml in its folder')
    .option('--drills <file>', 'the record of `cutwater twin`, where it is not beside the bridge.yaml')
    .option('--report <file>', 'write the page as one HTML file')
    .option('--synthetic', 'assess a made-up history; it is labelled so everywhere')
    .option('--seed <n>', 'seed of the made-up history', '1')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', examples)
    .action(run)
}

const examples = `
Times are UTC: 2022-08-01T21:32:31Z, 2022-08-01 or unix seconds.

Examples:
  $ cutwater assess --synthetic
  $ cutwater assess history/ --at 2022-08-01 --posture steward --report board.html
  $ cutwater assess history/ --before-attack --json`

async function run(bridge: string | undefined, flags: Flags): Promise<void> {
  const posture = postureOf(flags.posture)
  const at = flags.at === undefined ? undefined : timeOf('--at', flags.at)
  const { history, facts } = otherwise(await subjectOf(bridge, flags), flags.facts)
  const bar = Progress.start('assess', 1)
  try {
    if (flags.beforeAttack) {
      const warning = earlyWarning(history)
      print(flags.json ? JSON.stringify(warning) : describeWarnings(warning))
      return
    }
    const question = { history, setup: facts.setup, incidents: loadIncidents(), posture }
    const drill = lastDrill(bridge, flags, at ?? clock.now())
    const assessment = assess({ ...question, at: at ?? endOf(history), drill })
    if (flags.report !== undefined) await report(assessment, flags.report)
    print(flags.json ? JSON.stringify(assessment) : describeAssessment(assessment, flags.report))
  } finally {
    bar.stop()
  }
}

async function report(assessment: Assessment, file: string): Promise<void> {
  const { assessReport } = await import('../report/assessReport.ts')
  writeReport(file, assessReport(assessment, { command: commandLine() }))
}

type Subject = { readonly history: History; readonly facts: Facts.Facts }

/** A file that describes a live bridge has no tables: it is as a watch has seen it and as its feeds say it is now. */
async function subjectOf(bridge: string | undefined, flags: Flags): Promise<Subject> {
  const isFile = bridge !== undefined && statSync(bridge, { throwIfNoEntry: false })?.isFile() === true
  if (!isFile) {
    const folder = bridge ?? (flags.synthetic ? undefined : recordedFolder())
    return { history: findHistory(bridge, flags), facts: factsIn(folder) }
  }
  const folder = dirname(bridge)
  const facts = factsIn(folder)
  if (existsSync(join(folder, tableNames.events))) {
    return { history: findHistory(folder, { ...flags, bridge }), facts }
  }
  return { history: withFacts(await liveHistory(bridge), [], facts.measures), facts }
}

/** Facts from elsewhere stand in place of those beside the history, among its observations too. */
function otherwise({ history, facts }: Subject, file: string | undefined): Subject {
  if (file === undefined) return { history, facts }
  const others = Facts.readFile(file)
  return { history: withFacts(history, facts.measures, others.measures), facts: others }
}

function factsIn(folder: string | undefined): Facts.Facts {
  return folder === undefined ? Facts.nothing : Facts.read(folder)
}

/** The newest drill of a live bridge, or of a folder with a bridge.yaml that one was made of; its age is counted to `until`. */
function lastDrill(bridge: string | undefined, { drills }: Flags, until: UnixTime) {
  if (drills !== undefined && !existsSync(drills))
    throw flagInvalid('--drills', drills, 'a file that `cutwater twin` has written')
  if (drills !== undefined) return DrillRecord.last(drills, until)
  if (bridge === undefined) return null
  const isFile = statSync(bridge, { throwIfNoEntry: false })?.isFile() === true
  return DrillRecord.last(DrillRecord.fileBeside(isFile ? bridge : join(bridge, 'bridge.yaml')), until)
}

/**
 * When the record ends: with its last leg, or with the hour of its last reading where that is later or there is no leg,
 * since a reading is heard when its hour closes.
 */
function endOf(history: History): UnixTime {
  const read = history.observations.findLast(({ kind }) => kind === 'measure')
  return Math.max(track(history).end, Math.ceil((read?.at ?? 0) / hour) * hour)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
