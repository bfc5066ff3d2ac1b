import type { Check } from '@cutwater/engine/doctor/Check.ts'
import * as Checks from '@cutwater/engine/doctor/Check.ts'
import { Command } from 'commander'
import { examineChain } from '../chain/doctor/examineChain.ts'
import { examineKey } from '../chain/doctor/examineKey.ts'
import * as Wallet from '../chain/Wallet.ts'
import { examineJournal } from '../journal/examineJournal.ts'
import { drill } from '../notify/drill.ts'
import { clock } from './clock.ts'
import { notifiersOf } from './notifiersOf.ts'
import { bold } from './text.ts'
import * as WatchFile from './WatchFile.ts'

type Flags = { readonly drill?: boolean; readonly json?: boolean }

/** `cutwater doctor`: everything a watch needs on a bad day, looked at on a good one. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description(
      'look at what a watch needs before it is needed: nodes, clocks, contracts, key, journal, channels',
    )
    .argument('<bridge.yaml>', 'what the bridge is, as for watch')
    .option('--drill', 'send a test alarm to everyone who would be told')
    .option('--json', 'print {state, checks} for a program')
    .addHelpText('after', examples)
    .action(run)
}

const examples = `
Ends with exit code 1 when something does not work. A pause is asked of each guard without sending it.

Examples:
  $ cutwater doctor bridge.yaml
  $ cutwater doctor bridge.yaml --drill`

async function run(path: string, flags: Flags): Promise<void> {
  const checks = await examine(WatchFile.read(path), flags)
  const state = Checks.worst(checks)
  process.stdout.write(flags.json ? `${JSON.stringify({ state, checks }, null, 2)}\n` : describe(checks))
  if (state === 'error') process.exitCode = 1
}

async function examine(file: WatchFile.WatchFile, flags: Flags): Promise<readonly Check[]> {
  const { chains } = file.bridge
  const notifiers = notifiersOf(file, { environment: process.env, terminal: process.stderr })
  const all = await Promise.all([
    ...chains.map((chain) => examineChain(chain, { clock })),
    examineMeans(file),
    examineJournal(file.journal),
    flags.drill ? drill(notifiers, file.bridge.name, clock.now()) : channels(file),
  ])
  return all.flat()
}

async function examineMeans({ bridge, key }: WatchFile.WatchFile): Promise<readonly Check[]> {
  if (key === null)
    return [
      Checks.warning(
        'key',
        bridge.name,
        'no key: the watch tells, and cannot act',
        'key: in its description',
      ),
    ]
  try {
    const { address } = await Wallet.open(key)
    const all = await Promise.all(bridge.chains.map((chain) => examineKey(chain, address)))
    return [Checks.ok('key', bridge.name, `opens, ${address}`), ...all.flat()]
  } catch (cause) {
    return [Checks.failed('key', bridge.name, cause, 'a key that opens')]
  }
}

function channels({ bridge, notify }: WatchFile.WatchFile): readonly Check[] {
  const reach = notify.filter(({ type }) => type !== 'terminal' && type !== 'file').map(({ type }) => type)
  if (reach.length > 0) return [Checks.ok('channels', bridge.name, `${reach.join(', ')}; --drill tries them`)]
  const right = 'a webhook, slack or pagerduty under notify:'
  return [Checks.warning('channels', bridge.name, 'alerts reach nobody who is not looking', right)]
}

const marks = { ok: '✓', warning: '!', error: '✗' } as const

function describe(checks: readonly Check[]): string {
  const width = Math.max(...checks.map(({ name }) => name.length))
  const lines = checks.map(({ name, where, state, what, right }) => {
    const line = `${marks[state]} ${name.padEnd(width)}  ${where}: ${what}`
    return right === null ? line : `${bold(line)}\n  ${' '.repeat(width)}  expected ${right}`
  })
  const count = (state: Checks.State) => checks.filter((check) => check.state === state).length
  const sum = `${count('ok')} well, ${count('warning')} to mend before a bad day, ${count('error')} that do not work`
  return `${[...lines, '', sum].join('\n')}\n`
}
