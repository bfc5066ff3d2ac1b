import type { HonestResult } from '@cutwater/lab/run/RunResult.ts'
import { runHonest } from '@cutwater/lab/run/runHonest.ts'
import * as World from '@cutwater/lab/World.ts'
import { Command } from 'commander'
import { describeHonest } from './describeLab.ts'
import { labTools } from './labTools.ts'
import { numberOf } from './numberOf.ts'
import * as Progress from './Progress.ts'

type Flags = {
  readonly transfers: string
  readonly seeds: string
  readonly seed: string
  readonly blockMs: string
  readonly json?: boolean
}

/** `cutwater lab honest`: what the guard does to people when nobody attacks. */
export function labHonestCommand(): Command {
  return new Command('honest')
    .description(
      'run honest traffic with reorgs over the guarded bridge, and count what the guard does to it',
    )
    .option('--transfers <n>', 'transfers that arrive, over all seeds', '10000')
    .option('--seeds <n>', 'seeds, one after the other, each with its share of the transfers', '5')
    .option('--seed <n>', 'the first seed', '1')
    .option('--block-ms <n>', 'the longest wall time of a 12-second block', '4000')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  $ cutwater lab honest --transfers 200 --seeds 2')
    .action(run)
}

async function run(flags: Flags): Promise<void> {
  const transfers = numberOf('--transfers', flags.transfers, 1, 1_000_000)
  const seeds = numberOf('--seeds', flags.seeds, 1, 1_000)
  const first = numberOf('--seed', flags.seed, 0, 999_999_999)
  const blockMilliseconds = numberOf('--block-ms', flags.blockMs, 50, 60_000)
  const each = Math.ceil(transfers / seeds)
  const bar = Progress.start('lab', seeds * each)
  const world = await World.start(first)
  const results: HonestResult[] = []
  try {
    for (let nth = 0; nth < seeds; nth++) {
      const options = {
        seed: first + nth,
        level: 3,
        blockMilliseconds,
        isEager: true,
        transfers: each,
      } as const
      const onTransfers = (arrived: number) => bar.to(nth * each + arrived, seeds * each)
      results.push(await runHonest(world, labTools, { ...options, onTransfers }))
      if (!process.stderr.isTTY) process.stderr.write(`lab: ${nth + 1} of ${seeds} seeds\n`)
    }
  } finally {
    await World.stop(world)
    bar.stop()
  }
  const honest = results.reduce(sum)
  process.stdout.write(
    `${flags.json ? JSON.stringify({ honest, seeds: results }) : describeHonest(honest)}\n`,
  )
}

type Counts = HonestResult['findings']

function sum(a: HonestResult, b: HonestResult): HonestResult {
  return {
    transfers: a.transfers + b.transfers,
    pauses: a.pauses + b.pauses,
    held: a.held + b.held,
    accusations: a.accusations + b.accusations,
    reorgs: a.reorgs + b.reorgs,
    trades: a.trades + b.trades,
    liquidityChanges: a.liquidityChanges + b.liquidityChanges,
    proposals: a.proposals + b.proposals,
    findings: added(a.findings, b.findings),
  }
}

function added(a: Counts, b: Counts): Counts {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])]
  return Object.fromEntries(names.map((name) => [name, (a[name] ?? 0) + (b[name] ?? 0)]))
}
