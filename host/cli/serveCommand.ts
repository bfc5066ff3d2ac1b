import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import * as Posture from '@cutwater/core/ladder/Posture.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { ingest } from '@cutwater/engine/journal/ingest.ts'
import { memoryJournal } from '@cutwater/engine/journal/memoryJournal.ts'
import { builtPage } from '@cutwater/web/build.ts'
import { Command } from 'commander'
import { newToken } from '../api/Access.ts'
import type { Desk } from '../api/Desk.ts'
import { listen } from '../api/listen.ts'
import * as Reports from '../api/Reports.ts'
import * as Station from '../api/Station.ts'
import { findHistory } from './findHistory.ts'
import { levelOf } from './levelOf.ts'
import { numberOf } from './numberOf.ts'
import * as Progress from './Progress.ts'
import { postureOf } from './postureOf.ts'
import { runCommand } from './runCommand.ts'

type Flags = {
  readonly port: string
  readonly policy: string
  readonly posture: string
  readonly level: string
  readonly tokenEnv?: string
  readonly synthetic?: boolean
  readonly seed: string
  readonly json?: boolean
}

/** `cutwater serve`: a bridge’s record over HTTP, any moment of it and any branch. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('answer questions about a bridge over HTTP: any moment of its record, and any branch')
    .argument('[dir]', 'folder of tables, as for replay')
    .option('--port <n>', 'port on loopback; 0 takes any that is free', '4420')
    .option('--policy <name>', Policy.names.join(', '), 'adaptive')
    .option('--posture <name>', Posture.names.join(', '), 'balanced')
    .option('--level <n>', 'guard level: 0 observe, 1 pause, 2 limit, 3 prove', '3')
    .option(
      '--token-env <name>',
      'environment variable that holds the token for controls (default: a new one is printed)',
    )
    .option('--synthetic', 'serve a made-up history; it is labelled so everywhere')
    .option('--seed <n>', 'seed of the made-up history', '1')
    .option('--json', 'print where it listens as JSON')
    .addHelpText('after', examples)
    .action(serve)
}

const examples = `
Examples:
  $ cutwater serve --synthetic
  $ cutwater serve history/ --port 8080
  $ curl -s 127.0.0.1:4420/api/state?at=1659391200`

async function serve(dir: string | undefined, flags: Flags): Promise<void> {
  const port = numberOf('--port', flags.port, 0, 65_535)
  const policy = Policy.of(Policy.parseName(flags.policy), {
    posture: postureOf(flags.posture),
    level: levelOf(flags.level),
  })
  const token = tokenOf(flags.tokenEnv)
  const desk = await deskOf(dir, flags, policy)
  const server = await listen(desk, { port, token, now, pageFolder: builtPage() })
  const { name } = desk.station.shown.bridge
  if (flags.json)
    print(JSON.stringify({ url: server.url, bridge: name, openapi: `${server.url}/api/openapi.json` }))
  else
    print(
      `${name}: ${server.url}\nFor controls: Authorization: Bearer ${flags.tokenEnv === undefined ? token : `$${flags.tokenEnv}`}\nCtrl-C ends it.`,
    )
  await asked()
  await server.stop()
}

async function deskOf(dir: string | undefined, flags: Flags, policy: Policy.BridgePolicy): Promise<Desk> {
  const history = findHistory(dir, flags)
  const journal = memoryJournal()
  const bar = Progress.start('fold', history.observations.length)
  await ingest(journal, history)
  const showing = { bridge: history.bridge, policy, journal, kind: 'recorded', live: false } as const
  const station = await Station.open({
    ...showing,
    generation: history.bridge.name,
    says: `recorded history: ${history.source}`,
  })
  bar.stop()
  const source = dir ?? (flags.synthetic ? '--synthetic' : undefined)
  const reports = Reports.create(reportsOf(source), runCommand, now)
  return { station, reports, isReady: () => true, act: null, lab: null }
}

/** What can be made of the bridge that is shown, and what needs none. */
function reportsOf(source: string | undefined): Readonly<Record<string, readonly string[]>> {
  const of = (command: string) => [command, ...(source === undefined ? [] : [source]), '--json']
  return {
    replay: of('replay'),
    assess: of('assess'),
    incidents: ['incidents', '--json'],
    simulate: ['simulate', '--json'],
  }
}

function tokenOf(name: string | undefined): string {
  if (name === undefined) return newToken()
  const value = process.env[name]
  if (value) return value
  throw new CutwaterError('ENVIRONMENT_MISSING', `the environment has no ${name}`, {
    where: '--token-env',
    right: `a value for ${name}`,
  })
}

/** Resolves when somebody asks for the end. */
function asked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })
}

function now(): number {
  return Math.floor(Date.now() / 1_000)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
