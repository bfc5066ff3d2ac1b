import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import * as Posture from '@cutwater/core/ladder/Posture.ts'
import type * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import { ingest } from '@cutwater/engine/journal/ingest.ts'
import { memoryJournal } from '@cutwater/engine/journal/memoryJournal.ts'
import { readHistory } from '@cutwater/engine/journal/readHistory.ts'
import type { Journal } from '@cutwater/engine/ports/Journal.ts'
import type { History } from '@cutwater/engine/replay/History.ts'
import { journalRun } from '@cutwater/engine/replay/journalRun.ts'
import * as Moment from '@cutwater/engine/replay/Moment.ts'
import type { ReplayResult } from '@cutwater/engine/replay/ReplayResult.ts'
import * as Run from '@cutwater/engine/replay/Run.ts'
import { replay } from '@cutwater/engine/replay/replay.ts'
import { track } from '@cutwater/engine/replay/track.ts'
import { Command, Option } from 'commander'
import { openJournal } from '../journal/openJournal.ts'
import { commandLine } from './commandLine.ts'
import { describeMoment } from './describeMoment.ts'
import { describeReplay } from './describeReplay.ts'
import { findHistory } from './findHistory.ts'
import { levelOf } from './levelOf.ts'
import { flagInvalid } from './numberOf.ts'
import * as Progress from './Progress.ts'
import { postureOf } from './postureOf.ts'
import { timeOf } from './timeOf.ts'
import { writeReport } from './writeReport.ts'

type Flags = {
  readonly policy?: string
  readonly posture: string
  readonly level: string
  readonly from?: string
  readonly to?: string
  readonly at?: string
  readonly branch?: string
  readonly report?: string
  readonly bridge?: string
  readonly journal?: string
  readonly synthetic?: boolean
  readonly seed: string
  readonly json?: boolean
}

/** `cutwater replay`: a bridge's whole past under every policy. */
export function replayCommand(): Command {
  return new Command('replay')
    .description('fold a bridge’s history: what happened, and what each policy would have lost')
    .argument(
      '[dir]',
      'folder of tables: events.csv, token_mapping.csv, finality.csv, prices.csv, labels.csv',
    )
    .option('--policy <names>', `comma-separated: ${Policy.names.join(', ')} (default: all)`)
    .option('--posture <name>', Posture.names.join(', '), 'balanced')
    .option('--level <n>', 'guard level for --at: 0 observe, 1 pause, 2 limit, 3 prove', '3')
    .option('--from <time>', 'count and score from this time on (the book still learns from all before)')
    .option('--to <time>', 'leave out everything after this time')
    .addOption(
      new Option('--at <time>', 'rewind: the state of the bridge at this moment, under one policy').conflicts(
        ['from', 'report'],
      ),
    )
    .option('--branch <policy@time>', 'the same past, from then on under another policy')
    .option('--report <file>', 'write the report as one HTML file')
    .option('--bridge <file>', 'a bridge.yaml that describes the folder')
    .option(
      '--journal <address>',
      'keep observations, findings and decisions in this journal: a SQLite file, or nats://host:port/name',
    )
    .option('--synthetic', 'replay a made-up history; it is labelled so everywhere')
    .option('--seed <n>', 'seed of the made-up history', '1')
    .addOption(new Option('--json', 'print the result as JSON'))
    .addHelpText('after', examples)
    .action(run)
}

const examples = `
Times are UTC: 2022-08-01T21:32:31Z, 2022-08-01 or unix seconds.

Examples:
  $ cutwater replay --synthetic
  $ cutwater replay history/ --policy static,adaptive --report report.html
  $ cutwater replay history/ --at 2022-08-01T22:00:00Z --json
  $ cutwater replay history/ --branch none@2022-08-01T21:00:00Z
  $ cutwater replay history/ --branch none@2022-08-01T21:00:00Z --at 2022-08-01T22:00:00Z`

async function run(dir: string | undefined, flags: Flags): Promise<void> {
  const settings = settingsOf(flags)
  const isKept = dir === undefined && !flags.synthetic && flags.journal !== undefined
  const loaded = isKept ? undefined : findHistory(dir, flags)
  const journal =
    flags.journal === undefined
      ? memoryJournal()
      : await openJournal(flags.journal, { mustExist: loaded === undefined })
  try {
    const whole =
      loaded === undefined ? await readHistory(journal) : await throughJournal(journal, loaded, flags)
    const history = before(whole, settings.to)
    if (settings.at !== undefined) await printMoment(history, journal, settings, settings.at, flags)
    else await printReplay(history, settings, flags)
    if (flags.journal !== undefined && settings.at === undefined) await keepRun(history, journal, settings)
  } finally {
    await journal.close()
  }
}

// Every observation goes into the journal first, and what is folded comes out of it.
async function throughJournal(journal: Journal, loaded: History, { journal: file }: Flags): Promise<History> {
  const bar = Progress.start('journal', loaded.observations.length)
  try {
    await ingest(journal, loaded, { onProgress: ({ done }) => bar.to(done) })
  } finally {
    bar.stop()
  }
  return file === undefined ? loaded : await readHistory(journal)
}

async function printReplay(history: History, settings: Settings, { json, report }: Flags): Promise<void> {
  const bar = Progress.start('replay', 1)
  const result = replay(history, { ...settings, onProgress: (done, total) => bar.to(done, total) })
  bar.stop()
  if (report !== undefined) await draw(result, report)
  print(json ? JSON.stringify(result) : describeReplay(result, report))
}

// The charts are loaded only where they are drawn: every other command starts faster without them.
async function draw(result: ReplayResult, file: string): Promise<void> {
  const { replayReport } = await import('../report/replayReport.ts')
  writeReport(file, replayReport(result, { command: commandLine() }))
}

async function printMoment(
  history: History,
  journal: Journal,
  settings: Settings,
  at: number,
  { json }: Flags,
) {
  const policy = policyOf(settings)
  const bar = Progress.start('rewind', history.observations.length)
  const prepared = track(history)
  const { branch } = settings
  const until = Math.min(at, branch?.at ?? at)
  const run = await journalRun(journal, prepared, policy, { until, onProgress: (done) => bar.to(done) })
  // What never was is folded from here, and not written into the journal.
  if (branch !== undefined && branch.at <= at)
    Run.follow(Run.branch(run, prepared, policyOf(settings, branch.policy), branch.at), prepared, {
      until: at,
    })
  bar.stop()
  const moment = Moment.of(Run.pass(run, prepared, at))
  print(json ? JSON.stringify(moment) : describeMoment(moment, history))
}

async function keepRun(history: History, journal: Journal, settings: Settings): Promise<void> {
  const bar = Progress.start('keep', history.observations.length)
  await journalRun(journal, track(history), policyOf(settings), { onProgress: (done) => bar.to(done) })
  bar.stop()
}

function policyOf({ policies, posture, level }: Settings, name?: Policy.PolicyName) {
  const shown = name ?? policies?.find(Policy.isGuarded) ?? policies?.[0] ?? 'adaptive'
  return Policy.of(shown, { posture, level })
}

type Settings = ReturnType<typeof settingsOf>

function settingsOf(flags: Flags) {
  const from = flags.from === undefined ? undefined : timeOf('--from', flags.from)
  const to = flags.to === undefined ? undefined : timeOf('--to', flags.to)
  if (from !== undefined && to !== undefined && from > to)
    throw flagInvalid('--from', flags.from!, `a time that is not after --to ${flags.to}`)
  return {
    ...(flags.policy === undefined
      ? {}
      : { policies: flags.policy.split(',').map((name) => Policy.parseName(name.trim())) }),
    posture: postureOf(flags.posture),
    level: levelOf(flags.level),
    ...(from === undefined ? {} : { from }),
    to,
    ...(flags.branch === undefined ? {} : { branch: branchOf(flags.branch) }),
    at: flags.at === undefined ? undefined : timeOf('--at', flags.at),
  }
}

function branchOf(text: string) {
  const [name = '', time] = text.split('@')
  if (time === undefined)
    throw flagInvalid('--branch', text, 'policy@time, such as none@2022-08-01T21:00:00Z')
  return { policy: Policy.parseName(name), at: timeOf('--branch', time) }
}

function before(history: History, to: UnixTime.UnixTime | undefined): History {
  if (to === undefined) return history
  const observations = history.observations.filter(({ at }) => at <= to)
  return { ...history, observations }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
