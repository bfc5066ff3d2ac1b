import type { Token } from '@cutwater/core/bridge/Bridge.ts'
import type { LimitsSet } from '@cutwater/core/bridge/Observation.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import * as Usd from '@cutwater/core/units/Usd.ts'
import { chainIds, coins, type Place, places, type Ticker } from '@cutwater/lab/bridge/Coins.ts'
import type { Limits, LimitsByPlace } from '@cutwater/lab/bridge/fitLimits.ts'
import { type Drilled, drill } from '@cutwater/lab/run/drill.ts'
import { find } from '@cutwater/lab/scenarios/catalog.ts'
import { Command } from 'commander'
import { readLimits } from '../chain/readLimits.ts'
import { labTools } from './labTools.ts'
import { flagInvalid, numberOf } from './numberOf.ts'
import * as Progress from './Progress.ts'
import { bold, table } from './text.ts'
import * as WatchFile from './WatchFile.ts'

type Flags = {
  readonly attack: string
  readonly seed: string
  readonly blockMs: string
  readonly json?: boolean
}

/** `cutwater twin`: a bridge's limits as they stand now, attacked on a local copy. */
export function twinCommand(): Command {
  return new Command('twin')
    .description(
      'attack a local copy of a bridge that has the limits it has now: what would get through today',
    )
    .argument('<bridge>', 'the bridge.yaml it is watched with')
    .option('--attack <names>', 'comma-separated names of `cutwater lab list`, or all', 'all')
    .option('--seed <n>', 'seed of amounts, times and order; the lab’s own loses the same', '1')
    .option('--block-ms <n>', 'the longest wall time of a 12-second block', '4000')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', examples)
    .action(run)
}

const examples = `
Nothing is sent to the bridge: its guards are asked for their limits, and the copy is attacked on two chains of its own.

Examples:
  $ cutwater twin lab-bridge.yaml --attack zero-root
  $ cutwater twin lab-bridge.yaml --json`

async function run(file: string, flags: Flags): Promise<void> {
  const scenarios = [...new Set(flags.attack.split(',').flatMap((name) => find(name.trim())))]
  const seed = numberOf('--seed', flags.seed, 0, 999_999_999)
  const blockMilliseconds = numberOf('--block-ms', flags.blockMs, 50, 60_000)
  const { bridge, policy } = WatchFile.read(file)
  const { level } = policy.guard
  if (level < 2)
    throw flagInvalid(
      'level',
      String(level),
      '2 or 3 in the file: a guard that limits nothing has no limits to copy',
    )
  const limits = limitsFrom(await readLimits(bridge), bridge.tokens)
  const bar = Progress.start('twin', scenarios.length)
  try {
    const onStep = (name: string, nth: number, total: number) => {
      bar.to(nth, total)
      if (!process.stderr.isTTY) process.stderr.write(`twin: ${nth + 1} of ${total}, ${name}\n`)
    }
    const drilled = await drill(labTools, scenarios, { seed, level, limits, blockMilliseconds, onStep })
    bar.stop()
    process.stdout.write(
      `${flags.json ? JSON.stringify({ bridge: bridge.name, drilled }) : describe(bridge.name, drilled)}\n`,
    )
  } finally {
    bar.stop()
  }
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

function describe(name: string, drilled: readonly Drilled[]): string {
  const through = drilled.filter(({ getsThrough }) => getsThrough).map((each) => each.name)
  const rows = drilled.map((each) => [
    each.name,
    usd(each.lostUsd),
    usd(each.boundUsd),
    usd(each.askedUsd),
    usd(each.openUsd),
    each.getsThrough ? 'gets through' : 'contained',
  ])
  const head = ['attack', 'takes today', 'limits let pass', 'policy lets pass', 'without layers', '']
  return [
    `${bold(`The twin of ${name}`)}, attacked with the limits it has now`,
    table(head, rows, ['left']),
    through.length === 0
      ? 'None takes more than the policy would let pass.'
      : `More than the policy would let pass: ${through.join(', ')}. What stands has been loosened.`,
  ].join('\n\n')
}

function usd(dollars: number): string {
  return Usd.format(Usd.fromDollars(dollars))
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
