import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import type { Name } from '@cutwater/core/bridge/findings/Finding.ts'
import * as Rng from '@cutwater/core/simulation/Rng.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { places } from '../bridge/Coins.ts'
import { deployTwins } from '../bridge/deployTwins.ts'
import { finalityBlocks } from '../bridge/finality.ts'
import { fitLimits } from '../bridge/fitLimits.ts'
import * as Chain from '../chain/Chain.ts'
import * as World from '../World.ts'
import * as Cast from './Cast.ts'
import { neighbours } from './neighbours.ts'
import { observing } from './observing.ts'
import type { HonestResult } from './RunResult.ts'
import type { RunOptions } from './runScenario.ts'
import type { Tools } from './Tools.ts'

export type HonestOptions = Omit<RunOptions, 'mempool'> & {
  /** transfers that must arrive before the run ends */
  readonly transfers: number
  /** told how many have arrived, now and then */
  readonly onTransfers?: (arrived: number) => void
}

/** One block in so many is followed by a reorg that takes back one block or two: none that was final. */
const reorgBlocks = 20

const accusations: readonly Name[] = ['ReleaseWithoutSource', 'FieldMismatch', 'Replay', 'IdAheadOfSource']

/** Runs honest traffic only, over the guarded twin, with reorgs on both chains, and counts what the guard does to it. */
export async function runHonest(
  base: World.World,
  tools: Tools,
  { seed, level, blockMilliseconds, isEager = false, transfers, onTransfers }: HonestOptions,
): Promise<HonestResult> {
  const policy = Policy.of('adaptive', { level })
  const world = await World.reset(base, seed)
  const twins = await deployTwins(world, policy, fitLimits(policy, seed), {})
  const nodes = Cast.ownNodes(world)
  const nextBlock = async () => {
    await World.mine(world)
    return world.height
  }
  const beside = await neighbours({ world, twin: twins.on, nextBlock })
  const reading = observing(tools, beside.observe)
  const cast = await Cast.start(world, reading, twins, policy, {
    blockMilliseconds,
    isEager,
    nodes,
    used: ['on'],
    agents: beside.agents,
  })
  const { paid, held } = cast.relayers.on
  // What the set-up looked like to the watch is no traffic.
  const known = cast.observer.findings.length
  const rng = Rng.fork(Rng.create(seed), 'reorgs')
  const most = 10 * transfers + 100
  let reorgs = 0
  try {
    await cast.beat.play(async ({ nextBlock, between }) => {
      for (let block = 0; paid.size < transfers; block++) {
        if (block > most) throw stuck(transfers, paid.size, most)
        await nextBlock()
        onTransfers?.(paid.size)
        if ((block + 1) % reorgBlocks !== 0) continue
        const place = Rng.pick(rng, places)
        const depth = 1 + Rng.integer(rng, finalityBlocks)
        // What the blocks held is gone; relayers bring their releases again.
        await between(() => Chain.reorganise(world.chains[place], depth))
        reorgs += 1
      }
      cast.depositors.isResting = true
      for (let block = 0; block < settleBlocks; block++) await nextBlock()
    })
  } finally {
    await cast.stop()
  }
  const findings = cast.observer.findings.slice(known)
  const { deeds } = cast.observer
  return {
    transfers: paid.size,
    pauses: deeds.filter(({ deed }) => deed.act.kind === 'pause').length,
    held: held.size,
    accusations: findings.filter(({ name }) => accusations.includes(name)).length,
    reorgs,
    trades: beside.arbitrageur.trades,
    liquidityChanges: beside.provider.changes,
    proposals: beside.voter.executed,
    findings: countOf(findings.map(({ name }) => name)),
  }
}

/** Blocks after which the last transfer has arrived. */
const settleBlocks = 10

function countOf(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1
  return counts
}

function stuck(transfers: number, arrived: number, blocks: number): CutwaterError {
  return new CutwaterError(
    'LAB_STUCK',
    `${arrived} of ${transfers} transfers have arrived after ${blocks} blocks`,
  )
}
