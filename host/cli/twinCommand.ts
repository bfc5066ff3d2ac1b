import type { Token } from '@cutwater/core/bridge/Bridge.ts'
import type { LimitsSet } from '@cutwater/core/bridge/Observation.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { format } from '@cutwater/core/units/UnixTime.ts'
import { chainIds, coins, type Place, places, type Ticker } from '@cutwater/lab/bridge/Coins.ts'
import type { Limits, LimitsByPlace } from '@cutwater/lab/bridge/fitLimits.ts'
import { drill } from '@cutwater/lab/run/drill.ts'
import { find } from '@cutwater/lab/scenarios/catalog.ts'
import type { Scenario } from '@cutwater/lab/scenarios/Scenario.ts'
import { Command } from 'commander'
import { readPresent } from '../chain/present/readPresent.ts'
import { readLimits } from '../chain/readLimits.ts'
import { clock } from './clock.ts'
import * as DrillRecord from './DrillRecord.ts'
import { describeDrill } from './describeDrill.ts'
import { endOnSignal } from './endOnSignal.ts'
import { labTools } from './labTools.ts'
import { flagInvalid, numberOf } from './numberOf.ts'
import * as Progress from './Progress.ts'
import { spanOf } from './spanOf.ts'
import { likenessOf } from './twinScale.ts'
import * as WatchFile from './WatchFile.ts'

type Flags = {
  readonly attack: string
  readonly every?: string
  readonly record?: string
  readonly seed: string
  readonly blockMs: string
  readonly json?: boolean
}

/** `cutwater twin`: a bridge as it stands now, attacked on a local copy, once or on a schedule. */
export function twinCommand(): Command {
  return new Command('twin')
    .description(
      'attack a local copy of a bridge as it stands now: what would get through today, and who would pay',
    )
    .argument('<bridge>', 'the bridge.yaml it is watched with')
    .option('--attack <names>', 'comma-separated names of `cutwater lab list`, or all', 'all')
    .option('--every <span>', 'drill again and again, such as 24h; Ctrl-C ends it')
    .option(
      '--record <file>',
      'where drills are kept, one to a line (default: <bridge>.drills.jsonl beside the file)',
    )
    .option('--seed <n>', 'seed of amounts, times and order; the lab’s own loses the same', '1')
    .option('--block-ms <n>', 'the longest wall time of a 12-second block', '4000')
    .option('--json', 'print each result as JSON, one to a line')
    .addHelpText('after', examples)
    .action(run)
}

const examples = `
Nothing is sent to the bridge: its contracts are asked how they stand, and the copy is attacked on two chains of its own.
The board page of \`cutwater assess\` shows the newest drill and its age.

Examples:
  $ cutwater twin lab-bridge.yaml --attack zero-root
  $ cutwater twin lab-bridge.yaml --every 24h
  $ cutwater twin lab-bridge.yaml --json`

type Drill = {
  readonly file: string
  readonly scenarios: readonly Scenario[]
  readonly seed: number
  readonly blockMilliseconds: number
}

async function run(file: string, flags: Flags): Promise<void> {
  const scenarios = [...new Set(flags.attack.split(',').flatMap((name) => find(name.trim())))]
  const seed = numberOf('--seed', flags.seed, 0, 999_999_999)
  const blockMilliseconds = numberOf('--block-ms', flags.blockMs, 50, 60_000)
  const every = flags.every === undefined ? null : spanOf('--every', flags.every)
  const record = flags.record ?? DrillRecord.fileBeside(file)
  const ending = endOnSignal()
  const once = async () => {
    const made = await drillNow({ file, scenarios, seed, blockMilliseconds }, ending.signal)
    if (made === null) return
    DrillRecord.add(record, made)
    process.stdout.write(`${flags.json ? JSON.stringify(made) : describeDrill(made, record)}\n`)
  }
  try {
    await once().catch((error: unknown) => {
      // Ctrl-C in a terminal ends the copy's chains too, in the middle of an attack.
      if (!ending.signal.aborted) throw error
    })
    if (every !== null) await again(every, once, ending.signal)
  } finally {
    ending.forget()
  }
}

/** From the first drill on, one every so many seconds; one that fails is said, and the next is tried all the same. */
async function again(every: number, once: () => Promise<void>, signal: AbortSignal): Promise<void> {
  for (;;) {
    process.stderr.write(`twin: the next drill is at ${format(clock.now() + every)}\n`)
    if (!(await waited(every, signal))) return
    await once().catch((error: Error) => {
      if (signal.aborted) return
      process.stderr.write(`twin: this drill failed, nothing was recorded: ${error.message}\n`)
    })
  }
}

/** Whether so many seconds went by before the end was asked for. */
function waited(seconds: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false)
  return new Promise((resolve) => {
    const due = clock.now() + seconds
    // A timer holds 24 days at most, and a machine that slept is late.
    const timer = setInterval(() => clock.now() >= due && end(true), lookMilliseconds)
    const end = (isDue: boolean) => {
      clearInterval(timer)
      signal.removeEventListener('abort', stop)
      resolve(isDue)
    }
    const stop = () => end(false)
    signal.addEventListener('abort', stop)
  })
}

const lookMilliseconds = 500

/** One drill on the bridge as it stands; null where its end was asked for before it was done. */
async function drillNow(
  { file, scenarios, seed, blockMilliseconds }: Drill,
  signal: AbortSignal,
): Promise<DrillRecord.DrillRecord | null> {
  const { bridge, policy, readings } = WatchFile.read(file)
  const { level } = policy.guard
  if (level < 2)
    throw flagInvalid(
      'level',
      String(level),
      '2 or 3 in the file: a guard that limits nothing has no limits to copy',
    )
  const at = clock.now()
  const limits = limitsFrom(await readLimits(bridge), bridge.tokens)
  const { scale, copied } = likenessOf(await readPresent(bridge, readings), bridge.tokens)
  const bar = Progress.start('twin', scenarios.length)
  try {
    const onStep = (name: string, nth: number, total: number) => {
      bar.to(nth, total)
      if (!process.stderr.isTTY) process.stderr.write(`twin: ${nth + 1} of ${total}, ${name}\n`)
    }
    const options = { seed, level, limits, scale, blockMilliseconds, onStep, signal }
    const drilled = await drill(labTools, scenarios, options)
    return drilled === null
      ? null
      : { bridge: bridge.name, at, seed, level, copied: [limitsNote(limits), ...copied], drilled }
  } finally {
    bar.stop()
  }
}

function limitsNote({ north, south }: LimitsByPlace) {
  const lanes = Object.keys(north).length + Object.keys(south).length
  return { part: 'limits', state: 'copied', says: `of ${lanes} lanes, unproven and total` } as const
}

/** The limits of a live bridge as those of the copy: the copy carries the lab's coins, so the bridge must too. */
function limitsFrom(found: readonly LimitsSet[], tokens: readonly Token[]): LimitsByPlace {
  const limitOf = (place: Place, symbol: Ticker): Limits => {
    const contract = tokens
      .find((token) => token.symbol === symbol)
      ?.contracts.find(({ chain }) => chain === chainIds[place])
    const limits = found.find(
      ({ chain, token }) =>
        chain === chainIds[place] && token.toLowerCase() === contract?.address.toLowerCase(),
    )
    if (limits === undefined) throw twinUnlike(tokens)
    const { unproven, total } = limits
    return {
      unproven: unproven.capacity,
      unprovenWindowSeconds: unproven.windowSeconds,
      total: total.capacity,
      totalWindowSeconds: total.windowSeconds,
    }
  }
  const at = (place: Place) =>
    Object.fromEntries(coins.map(({ symbol }) => [symbol, limitOf(place, symbol)])) as LimitsByPlace[Place]
  return { north: at('north'), south: at('south') }
}

function twinUnlike(tokens: readonly Token[]): CutwaterError {
  return new CutwaterError(
    'TWIN_UNLIKE',
    `the copy has no like of a bridge of ${tokens.map(({ symbol }) => symbol).join(', ')}, or its guards cannot be asked`,
    {
      right: `a bridge of ${coins.map(({ symbol }) => symbol).join(', ')} between chains ${places.map((place) => chainIds[place]).join(' and ')}, such as \`cutwater lab up\` starts`,
    },
  )
}
