import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import type { Level } from '@cutwater/core/bridge/guard/GuardSettings.ts'
import * as Rng from '@cutwater/core/simulation/Rng.ts'
import { toDollars, type Usd } from '@cutwater/core/units/Usd.ts'
import * as Relayer from '../agents/Relayer.ts'
import { boundUsd } from '../bridge/bound.ts'
import { placeOf } from '../bridge/Coins.ts'
import { deployTwins, type Twins } from '../bridge/deployTwins.ts'
import { finalityBlocks } from '../bridge/finality.ts'
import { fitLimits, type LimitsByPlace } from '../bridge/fitLimits.ts'
import { gapUsd } from '../bridge/gap.ts'
import * as Chain from '../chain/Chain.ts'
import type { Scenario, Stage } from '../scenarios/Scenario.ts'
import { between } from '../scenarios/steal.ts'
import * as World from '../World.ts'
import * as Cast from './Cast.ts'
import { healthOf, type Marks } from './health.ts'
import { lastMoveAt } from './lastMoveAt.ts'
import type { Observer } from './Observer.ts'
import { observing } from './observing.ts'
import type { RunResult } from './RunResult.ts'
import { readPayments } from './readPayments.ts'
import { type Paid, settle } from './settle.ts'
import { standDown } from './standDown.ts'
import type { Tools } from './Tools.ts'

export type RunOptions = {
  readonly seed: number
  readonly level: Level
  readonly blockMilliseconds: number
  /** whether a block is cut short as soon as the watch has answered the one before */
  readonly isEager?: boolean
  /** whether the guard also watches the mempool */
  readonly mempool: boolean
  /** what the guards let pass, where it is not what the policy asks for */
  readonly limits?: LimitsByPlace
  /** blocks of honest traffic before the attack */
  readonly calmBlocks?: number
  /** blocks in which honest people go on after the attack, so that its health is known; none where it is not asked for */
  readonly afterBlocks?: number
  /** shown every block as the run goes on */
  readonly onBlock?: (scene: Scene) => Promise<void> | void
}

/** A run at one of its blocks. */
export type Scene = {
  readonly height: number
  readonly phase: 'calm' | 'attack' | 'after'
  readonly observer: Observer
  /** what each side has lost by now, measured on chain */
  lostUsd(): Promise<{ readonly on: Usd; readonly off: Usd }>
}

/** Blocks of honest traffic before the attack, from so many to so many, and after it until everything has settled. */
const calmBlocks = { before: [3, 8], after: 3 } as const

/** Final, carried over, and tried once more where it was refused. */
const arrivalBlocks = finalityBlocks + 6

/** Runs one scenario on a fresh pair of twins and measures both on chain. */
export async function runScenario(
  base: World.World,
  tools: Tools,
  scenario: Scenario,
  options: RunOptions,
): Promise<RunResult> {
  const policy = Policy.of('adaptive', { level: options.level })
  const world = await World.reset(base, options.seed)
  const { limits = fitLimits(policy, options.seed, base.scale) } = options
  const twins = await deployTwins(world, policy, limits, scenario.parts ?? {})
  const bound = await boundUsd(world, twins.on, policy, scenario.deceived)
  const stages = {
    on: stageOf(world, twins, 'on', scenario),
    off: stageOf(world, twins, 'off', scenario),
  }
  const played = await play(tools, scenario, options, policy, twins, stages)
  await standDown(world, twins.on, played.first, base.scale.holdSeconds ?? policy.guard.holdSeconds)
  const lost = { on: await lossOf(scenario, stages.on), off: await lossOf(scenario, stages.off) }
  const paid = await settle(world, twins.on, lost.on, played.first)
  const { name, incident, says, steps, limitedBy, looksHonest = false } = scenario
  return {
    name,
    incident,
    says,
    steps,
    limitedBy,
    level: options.level,
    seed: options.seed,
    on: {
      ...moneyOf(lost, paid),
      blocksToContain: steps === 'single' || looksHonest ? null : played.blocksMoved,
      blocksMoved: played.blocksMoved,
      boundUsd: toDollars(bound),
    },
    off: { lostUsd: toDollars(lost.off) },
    detectedBy: played.detectedBy,
    foreseenBy: played.foreseenBy,
    answerMilliseconds: played.answerMilliseconds,
    ...(played.health !== undefined && { health: played.health }),
  }
}

type Stages = Readonly<Record<'on' | 'off', LiveStage>>
export type LiveStage = { -readonly [Key in keyof Stage]: Stage[Key] }

async function play(
  tools: Tools,
  scenario: Scenario,
  options: RunOptions,
  policy: Policy.BridgePolicy,
  twins: Twins,
  { on, off }: Stages,
) {
  const { world } = on
  for (const stage of [on, off]) await scenario.prepare?.(stage)
  const poisoned = await scenario.poison?.(on)
  const nodes = poisoned?.nodes ?? Cast.ownNodes(world)
  const { blockMilliseconds, isEager = false, mempool, onBlock } = options
  let phase: Scene['phase'] = 'calm'
  let shown: Observer | undefined
  const lostUsd = async () => ({ on: await lossOf(scenario, on), off: await lossOf(scenario, off) })
  const teller = async () => {
    if (shown !== undefined) await onBlock?.({ height: world.height, phase, observer: shown, lostUsd })
  }
  const agents = [on, off].flatMap((stage) => scenario.agents?.(stage) ?? [])
  if (onBlock !== undefined) agents.push({ name: 'teller', act: teller })
  const cast = await Cast.start(
    world,
    observing(tools, scenario.observe && ((...seen) => scenario.observe!(on, ...seen))),
    twins,
    policy,
    {
      blockMilliseconds,
      isEager,
      nodes,
      mempool,
      readsState: scenario.readsState ?? false,
      agents,
    },
  )
  const { observer, depositors, relayers, beat } = cast
  shown = observer
  const wait = (blocks: number) =>
    beat.play(async ({ nextBlock }) => {
      for (let block = 0; block < blocks; block++) await nextBlock()
    })
  const rest = () => {
    depositors.isResting = true
  }
  const attack = (stage: LiveStage) =>
    beat.play((player) => {
      Object.assign(stage, { ...player, rest, attest: attesting(relayers[stage.side]) })
      return scenario.attack(stage)
    })
  const mark = async () => ({ height: world.height, lost: await lostUsd() })
  // People send on through the attack's last blocks and after it, and what they sent has time to arrive.
  const goOn = async (blocks: number, begins: Mark, attacked: Mark) => {
    await wait(calmBlocks.after)
    const ended = await mark()
    depositors.isResting = false
    await wait(blocks)
    rest()
    const marks = { begins, attacked, ended, closes: await mark() }
    await wait(arrivalBlocks)
    return {
      on: await healthOf(world, twins.on, depositors, marksOf(marks, 'on')),
      off: await healthOf(world, twins.off, depositors, marksOf(marks, 'off')),
    }
  }
  const begins = await mark()
  try {
    await wait(options.calmBlocks ?? between(Rng.fork(Rng.create(world.seed), 'calm'), ...calmBlocks.before))
    phase = 'attack'
    const known = observer.findings.length
    const attacked = await mark()
    await Promise.all([attack(on), attack(off)])
    phase = 'after'
    const { afterBlocks } = options
    const health = afterBlocks === undefined ? undefined : await goOn(afterBlocks, begins, attacked)
    rest()
    await wait(calmBlocks.after)
    const names: string[] = observer.findings.slice(known).map(({ name }) => name)
    const first = Number(on.notes.get('began') ?? attacked.height + 1)
    const last = Number(on.notes.get('movedAt') ?? (await lastMoveAt(world, twins.on, first)))
    // What was seen before it was mined is told, and is no finding.
    const foreseen = observer.alerts.filter(({ id }) => id.startsWith('pending:')).map(({ rule }) => rule)
    names.push(...foreseen)
    // What the guard on chain held, it found wrong itself.
    for (const { reason } of await readPayments(world, twins.on, first))
      if (reason !== null) names.push(reason)
    return {
      detectedBy: [...new Set(names)],
      foreseenBy: [...new Set(foreseen)],
      blocksMoved: Math.max(0, last - first),
      first,
      answerMilliseconds: observer.slowestMilliseconds,
      health,
    }
  } finally {
    await cast.stop()
    await poisoned?.stop()
  }
}

type Mark = { readonly height: number; readonly lost: Readonly<Record<'on' | 'off', Usd>> }

function marksOf(marks: Readonly<Record<keyof Marks, Mark>>, side: 'on' | 'off'): Marks {
  const of = ({ height, lost }: Mark) => ({ height, lostUsd: toDollars(lost[side]) })
  const { begins, attacked, ended, closes } = marks
  return { begins: of(begins), attacked: of(attacked), ended: of(ended), closes: of(closes) }
}

// Until the beat runs, a stage moves the chains by itself.
export function stageOf(world: World.World, twins: Twins, side: 'on' | 'off', { name }: Scenario): LiveStage {
  const nextBlock = async () => {
    await World.mine(world)
    return world.height
  }
  const idle = { between: (act: () => Promise<void>) => act(), rest: () => {}, attest: async () => [] }
  const rng = Rng.fork(Rng.create(world.seed), `attack ${name}`)
  const fee = Rng.pick(rng, Object.values(Chain.fees))
  return { world, side, twin: twins[side], nextBlock, ...idle, rng, fee, notes: new Map() }
}

export function attesting(relayer: Relayer.Relayer): Stage['attest'] {
  const { ends } = relayer.twin
  return (message) => Relayer.attestationsOf(relayer, message, ends[placeOf(message.destinationChain)].guard)
}

async function lossOf({ lostUsd }: Scenario, stage: Stage): Promise<Usd> {
  return lostUsd === undefined ? gapUsd(stage.world, stage.twin) : lostUsd(stage)
}

function moneyOf(
  lost: { readonly on: Usd; readonly off: Usd },
  { slashedUsd, coveredUsd, backstoppedUsd }: Paid,
) {
  return {
    lostUsd: toDollars(lost.on),
    preventedUsd: toDollars(Math.max(0, lost.off - lost.on)),
    slashedUsd: toDollars(slashedUsd),
    coveredUsd: toDollars(coveredUsd),
    backstoppedUsd: toDollars(backstoppedUsd),
    shortfallUsd: toDollars(Math.max(0, lost.on - coveredUsd - backstoppedUsd)),
  }
}
