import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import type { Level } from '@cutwater/core/bridge/guard/GuardSettings.ts'
import { day, hour } from '@cutwater/core/units/UnixTime.ts'
import type { Clock } from '@cutwater/engine/ports/Clock.ts'
import * as Depositors from '../agents/Depositors.ts'
import * as Relayer from '../agents/Relayer.ts'
import * as Market from '../beside/Market.ts'
import { planWith } from '../beside/readings.ts'
import { type BridgePlan, planOf } from '../bridge/BridgePlan.ts'
import { deployTwins } from '../bridge/deployTwins.ts'
import { fitLimits } from '../bridge/fitLimits.ts'
import * as Accounts from '../chain/Accounts.ts'
import type { Scenario } from '../scenarios/Scenario.ts'
import * as World from '../World.ts'
import * as Beat from './Beat.ts'
import * as Cast from './Cast.ts'
import { attesting, type LiveStage, stageOf } from './runScenario.ts'
import type { Tools } from './Tools.ts'

/** A bridge at work that nobody of the lab watches: for whoever wants to. */
export type Standing = {
  readonly world: World.World
  readonly plan: BridgePlan
  readonly stage: LiveStage
  /** fails when the chains do */
  readonly beat: Beat.Beat
  /** lets the attack happen; resolves when the attacker is done */
  attack(): Promise<void>
  stop(): Promise<void>
}

export type StandOptions = {
  /** the attack its parts are open to */
  readonly scenario: Scenario
  readonly level: Level
  readonly seed: number
  readonly blockMilliseconds: number
  readonly clock: Clock
  /** how long ago the chains begin; long enough to be history, unless told otherwise */
  readonly beganSeconds?: number
  /** whether honest people rest, so that all balances stay as they were funded */
  readonly quiet?: boolean
  /** whether all that feeds are read of stands beside it, and the plan lists the readings */
  readonly market?: boolean
}

/** Starts two chains with the guarded bridge, its people and its relayer, at the pace of real time. */
export async function standUp(tools: Pick<Tools, 'attester'>, options: StandOptions): Promise<Standing> {
  const { scenario, level, seed, blockMilliseconds, clock, quiet = false } = options
  const { beganSeconds = 2 * day, market = false } = options
  // Set-up is history: who watches only what is new sees it in the book and is not woken by it.
  const world = await World.start(seed, clock.now() - beganSeconds)
  try {
    const policy = Policy.of('adaptive', { level })
    const twins = await deployTwins(world, policy, fitLimits(policy, seed), scenario.parts ?? {})
    const stage = stageOf(world, twins, 'on', scenario)
    await scenario.prepare?.(stage)
    const poisoned = await scenario.poison?.(stage)
    const { ends, completeAt } = twins.on
    const beside = market ? await Market.deploy(stage) : null
    const bare = planOf(
      ends,
      poisoned?.nodes ?? Cast.ownNodes(world),
      completeAt + 1,
      blockMilliseconds / 4,
      true,
      world.accounts.watchers.map(({ address }) => address),
    )
    const plan = beside === null ? bare : planWith(bare, stage, beside)
    const relayer = Relayer.create(world, twins.on, attestersOf(world, tools, plan))
    const depositors = Depositors.create(world, [twins.on])
    depositors.isResting = quiet
    const beat = Beat.start(
      world,
      [
        { name: 'clock', act: async () => setClock(world, clock) },
        ...(beside === null ? [] : [oracles(world, beside)]),
        { name: 'depositors', act: () => Depositors.act(world, depositors) },
        { name: 'relayer', act: () => Relayer.act(world, relayer) },
        ...(scenario.agents?.(stage) ?? []),
      ],
      { milliseconds: blockMilliseconds },
    )
    const rest = () => {
      depositors.isResting = true
    }
    return {
      world,
      plan,
      stage,
      beat,
      attack: () =>
        beat.play((player) => {
          Object.assign(stage, { ...player, rest, attest: attesting(relayer) })
          return scenario.attack(stage)
        }),
      stop: () =>
        beat
          .stop()
          .finally(() => poisoned?.stop())
          .finally(() => World.stop(world)),
    }
  } catch (error) {
    await World.stop(world)
    throw error
  }
}

/** Oracles that say their prices again every hour. */
function oracles(world: World.World, market: Market.Market): Beat.Agent {
  let told = Number.NEGATIVE_INFINITY
  const act = async () => {
    if (world.at - told < hour) return
    told = world.at + world.blockSeconds
    await Market.heartbeat(world, market)
  }
  return { name: 'oracles', act }
}

// Whoever watches goes by his own clock: a block is made at the time it is made.
function setClock(world: World.World, clock: Clock): void {
  world.blockSeconds = Math.max(1, clock.now() - world.at)
}

function attestersOf(
  { accounts }: World.World,
  { attester }: Pick<Tools, 'attester'>,
  plan: BridgePlan,
): Relayer.Attester[] {
  return Accounts.inOrder(accounts.watchers).map((watcher) => ({
    address: watcher.address,
    attest: attester(plan, watcher),
  }))
}
