import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import * as Posture from '@cutwater/core/ladder/Posture.ts'
import { Command } from 'commander'
import type { Lab } from '../api/Desk.ts'
import * as Station from '../api/Station.ts'
import { aborted } from './aborted.ts'
import { endOnSignal } from './endOnSignal.ts'
import { findHistory } from './findHistory.ts'
import { levelOf } from './levelOf.ts'
import { flagInvalid, numberOf } from './numberOf.ts'
import { postureOf } from './postureOf.ts'
import * as Dashboard from './serve/Dashboard.ts'
import { journalFile } from './serve/journalFile.ts'
import { recorded } from './serve/recorded.ts'

type Flags = {
  readonly port: string
  readonly policy: string
  readonly posture: string
  readonly level: string
  readonly tokenEnv?: string
  readonly synthetic?: boolean
  readonly journal?: string
  readonly seed: string
  readonly attack: string
  readonly after: string
  readonly blockMs: string
  readonly reports?: boolean
  readonly json?: boolean
}

/** `cutwater serve`: a bridge over HTTP, as it is and as it was: any moment of it and any branch. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('show a bridge in the browser: the lab’s live, a journal, or a record; any moment of it')
    .argument('[dir]', 'folder of tables, as for replay; without it, the lab’s bridge, live')
    .option('--port <n>', 'port on loopback; 0 takes any that is free', '4420')
    .option('--policy <name>', Policy.names.join(', '), 'adaptive')
    .option('--posture <name>', Posture.names.join(', '), 'balanced')
    .option('--level <n>', 'guard level: 0 observe, 1 pause, 2 limit, 3 prove', '3')
    .option(
      '--token-env <name>',
      'environment variable that holds the token for controls (default: a new one is printed)',
    )
    .option('--journal <file>', 'serve the journal of a watch or a replay, and what is added to it')
    .option('--synthetic', 'serve a made-up history; it is labelled so everywhere')
    .option('--seed <n>', 'seed of the made-up history, or of the lab’s honest traffic', '1')
    .option('--attack <name>', 'the attack that comes in the lab, one of `cutwater lab list`', 'zero-root')
    .option('--after <blocks>', 'blocks until it comes; 0 is never', '45')
    .option('--block-ms <n>', 'time between two blocks of the lab', '1000')
    .option('--reports', 'make the reports of all pages now, one after the other, without being asked')
    .option('--json', 'print where it listens as JSON')
    .addHelpText('after', examples)
    .action(serve)
}

const examples = `
Examples:
  $ cutwater serve                       # a bridge on two local chains, attacked after a while
  $ cutwater serve history/ --port 8080 --reports
  $ cutwater serve --journal bridge.db   # what a watch in another terminal writes
  $ curl -s 127.0.0.1:4420/api/state?at=1659391200`

/** What is shown, and what goes on until the signal comes. */
type Source = {
  readonly station: Station.Station
  readonly reports: Readonly<Record<string, readonly string[]>>
  readonly lab?: Lab
  run(dashboard: Dashboard.Dashboard, signal: AbortSignal): Promise<void>
}

async function serve(dir: string | undefined, flags: Flags): Promise<void> {
  const port = numberOf('--port', flags.port, 0, 65_535)
  const policy = Policy.of(Policy.parseName(flags.policy), {
    posture: postureOf(flags.posture),
    level: levelOf(flags.level),
  })
  const token = Dashboard.tokenOf(flags.tokenEnv)
  const source = await sourceOf(dir, flags, policy)
  const ending = endOnSignal()
  const { station, reports, lab = null } = source
  const makesReports = flags.reports ?? false
  const dashboard = await Dashboard.open(station, { port, token, reports, makesReports, lab })
  print(flags.json ? JSON.stringify(placeOf(dashboard)) : welcome(dashboard))
  try {
    await source.run(dashboard, ending.signal)
  } finally {
    await dashboard.stop()
    ending.forget()
  }
}

async function sourceOf(dir: string | undefined, flags: Flags, policy: Policy.BridgePolicy): Promise<Source> {
  const { journal, synthetic = false } = flags
  const named = [dir, journal && '--journal', synthetic ? '--synthetic' : undefined].filter(Boolean)
  if (named.length > 1) throw flagInvalid('what to serve', named.join(' and '), 'one of the two')
  if (journal !== undefined) return ofJournal(journal, policy)
  return named.length === 1 ? ofHistory(dir, flags, policy) : ofLab(flags, policy)
}

async function ofJournal(path: string, policy: Policy.BridgePolicy): Promise<Source> {
  const { station, follow } = await journalFile(path, policy)
  return { station, reports: Dashboard.anywhere, run: (_, signal) => follow(signal) }
}

function ofHistory(dir: string | undefined, flags: Flags, policy: Policy.BridgePolicy): Source {
  const { station, read } = recorded(findHistory(dir, flags), policy)
  const of = (command: string) => [command, dir ?? '--synthetic', '--json']
  return {
    station,
    reports: { replay: of('replay'), assess: of('assess'), ...Dashboard.anywhere },
    run: async (_, signal) => {
      await read()
      await aborted(signal)
    },
  }
}

async function ofLab(flags: Flags, policy: Policy.BridgePolicy): Promise<Source> {
  const [{ find }, { labRuns }] = await Promise.all([
    import('@cutwater/lab/scenarios/catalog.ts'),
    import('./serve/labRuns.ts'),
  ])
  const [scenario, ...others] = find(flags.attack)
  if (others.length > 0) throw flagInvalid('--attack', flags.attack, 'one attack')
  const life = {
    policy,
    scenario: scenario!,
    afterBlocks: numberOf('--after', flags.after, 0, 1_000_000),
    seed: numberOf('--seed', flags.seed, 0, 999_999_999),
    blockMilliseconds: numberOf('--block-ms', flags.blockMs, 100, 60_000),
  }
  const lab = labRuns()
  return {
    station: Station.awaiting('two local chains are started, and a bridge on them'),
    reports: Dashboard.anywhere,
    lab,
    run: async (dashboard, signal) => {
      const { liveLab } = await import('./serve/liveLab.ts')
      await liveLab(dashboard, life, signal).finally(lab.stop)
    },
  }
}

function placeOf({ station, url }: Dashboard.Dashboard) {
  return { url, bridge: station.shown.bridge.name, openapi: `${url}/api/openapi.json` }
}

function welcome({ station, url, tokenText }: Dashboard.Dashboard): string {
  const { bridge, says } = station.shown
  return [
    `${bridge.name}: ${url}`,
    ...(says === null ? [] : [says]),
    `For controls: Authorization: Bearer ${tokenText}`,
    'Ctrl-C ends it.',
  ].join('\n')
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
