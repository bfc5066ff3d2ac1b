import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { Command } from 'commander'
import { endOnSignal } from './endOnSignal.ts'
import { flagInvalid, numberOf } from './numberOf.ts'
import type { Dashboard } from './serve/Dashboard.ts'
import { lookOn } from './serve/lookOn.ts'
import * as WatchFile from './WatchFile.ts'
import { jsonOf, type News, reader } from './WatchNews.ts'
import { type WatchOptions, watchBridge } from './watchBridge.ts'

export type Flags = {
  readonly journal?: string
  readonly act?: boolean
  readonly dryRun?: boolean
  readonly once?: boolean
  readonly every: string
  readonly serve?: boolean
  readonly port: string
  readonly tokenEnv?: string
  readonly json?: boolean
}

/** `cutwater watch`: a real bridge on its chains, followed live, judged, and defended where it may be. */
export function watchCommand(): Command {
  return withFlags(new Command('watch'))
    .description('watch a bridge on its chains live: find what is wrong, tell people, and act on its guard')
    .addHelpText('after', examples)
    .action((path: string, flags: Flags) => run(path, flags))
}

/** What whoever decides about a bridge may be told. */
export function withFlags(command: Command): Command {
  return command
    .argument('<bridge.yaml>', 'what the bridge is: chains, nodes, contracts, tokens, who is told')
    .option('--act', 'send what is decided, with the key the file names; otherwise nothing is sent')
    .option('--dry-run', 'send nothing, whatever the file says')
    .option('--journal <address>', 'keep the journal there: a file, or nats://host:port/name')
    .option('--once', 'end when the chains as they stand are caught up with')
    .option('--every <seconds>', 'how often the state is told', '60')
    .option('--serve', 'show it in the browser too, on loopback')
    .option('--port <n>', 'port of the page; 0 takes any that is free', '4420')
    .option(
      '--token-env <name>',
      'variable that holds the token for its controls (default: a new one is printed)',
    )
    .option('--json', 'print one JSON object per line')
}

const examples = `
Examples:
  $ cutwater lab up --write lab-bridge.yaml      # a bridge to try it on, in another terminal
  $ cutwater watch lab-bridge.yaml
  $ cutwater watch lab-bridge.yaml --act --serve
  $ cutwater watch bridge.yaml --act --journal /var/lib/cutwater/bridge.db

Ctrl-C ends it; started again on the same journal it goes on where it stopped.`

/** @param sourcesOf who tells of the chains, where their nodes are not asked from here */
export async function run(path: string, flags: Flags, sourcesOf?: WatchOptions['sourcesOf']): Promise<void> {
  const everySeconds = numberOf('--every', flags.every, 1, 86_400)
  const file = WatchFile.read(path)
  if (flags.act && flags.dryRun) throw flagInvalid('--act', '--dry-run', 'one of the two')
  const acts = !flags.dryRun && (flags.act === true || file.act)
  if (acts) WatchFile.requireMeans(file.bridge, file.key, path)
  const print = flags.json ? jsonOf : reader()
  const tell = (news: News) => void process.stdout.write(`${print(news)}\n`)
  const ending = endOnSignal()
  const dashboard = flags.serve ? await dashboardOf(file, flags) : null
  if (dashboard !== null) tell({ type: 'serving', url: dashboard.url, token: dashboard.tokenText })
  const watched = { ...file, journal: flags.journal ?? file.journal }
  const isSettled = await watchBridge(watched, {
    acts,
    once: flags.once ?? false,
    everySeconds,
    tell,
    terminal: flags.json ? process.stderr : process.stdout,
    environment: process.env,
    signal: ending.signal,
    ...(sourcesOf && { sourcesOf }),
    ...(dashboard !== null && lookOn(dashboard)),
  })
    .catch(endIfOvertaken)
    .finally(async () => {
      await dashboard?.stop()
      ending.forget()
    })
  // A deed that a chain does not take would keep the process for minutes; the journal has it.
  if (!isSettled) process.exit()
}

// Overtaken, it must not go on with what is another's to do by now: it ends as soon as it has said so.
function endIfOvertaken(error: unknown): never {
  if (error instanceof CutwaterError && error.code === 'LEASE_LOST') setImmediate(() => process.exit())
  throw error
}

// Only who wants a page loads what it takes.
async function dashboardOf({ bridge }: WatchFile.WatchFile, flags: Flags): Promise<Dashboard> {
  const port = numberOf('--port', flags.port, 0, 65_535)
  const [{ open, tokenOf, anywhere }, { awaiting }] = await Promise.all([
    import('./serve/Dashboard.ts'),
    import('../api/Station.ts'),
  ])
  const token = tokenOf(flags.tokenEnv)
  return open(awaiting(`the journal of ${bridge.name} is read`), { port, token, reports: anywhere })
}
