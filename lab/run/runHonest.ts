import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import type { Name } from '@cutwater/core/bridge/findings/Finding.ts'
import type { Place } from '../bridge/Coins.ts'
import { deployTwins } from '../bridge/deployTwins.ts'
import { fitLimits } from '../bridge/fitLimits.ts'
import * as Chain from '../chain/Chain.ts'
import * as World from '../World.ts'
import * as Cast from './Cast.ts'
import type { HonestResult } from './RunResult.ts'
import type { RunOptions } from './runScenario.ts'
import type { Tools } from './Tools.ts'

/** How long honest traffic runs, and where each chain loses a block to a reorg. */
export const honestBlocks = 40
const reorgs: readonly { readonly after: number; readonly place: Place }[] = [
  { after: 12, place: 'north' },
  { after: 24, place: 'south' },
]

const accusations: readonly Name[] = ['ReleaseWithoutSource', 'FieldMismatch', 'Replay', 'IdAheadOfSource']

/** Runs honest traffic only, with a reorg on each chain, and counts what the guard does to it. */
export async function runHonest(
  base: World.World,
  tools: Tools,
  { seed, level, blockMilliseconds, isEager = false }: RunOptions,
): Promise<HonestResult> {
  const policy = Policy.of('adaptive', { level })
  const world = await World.reset(base, seed)
  const twins = await deployTwins(world, policy, fitLimits(policy, seed), {})
  const nodes = Cast.ownNodes(world)
  const cast = await Cast.start(world, tools, twins, policy, { blockMilliseconds, isEager, nodes })
  try {
    await cast.beat.play(async ({ nextBlock, between }) => {
      for (let block = 1; block <= honestBlocks; block++) {
        await nextBlock()
        for (const { place } of reorgs.filter(({ after }) => after === block)) {
          // What the block held is gone; whoever still wants it sends it again.
          await between(() => Chain.reorganise(world.chains[place], 1))
        }
      }
      cast.depositors.isResting = true
      for (let block = 0; block < settleBlocks; block++) await nextBlock()
    })
  } finally {
    await cast.stop()
  }
  const { findings, deeds } = cast.observer
  return {
    transfers: cast.relayers.on.paid.size,
    pauses: deeds.filter(({ deed }) => deed.act.kind === 'pause').length,
    held: cast.relayers.on.held.size,
    accusations: findings.filter(({ name }) => accusations.includes(name)).length,
    reorgs: reorgs.length,
  }
}

/** Blocks after which the last transfer has arrived. */
const settleBlocks = 10
