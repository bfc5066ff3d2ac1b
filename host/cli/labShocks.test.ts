import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import { decisionOf } from '@cutwater/core/bridge/decide.ts'
import type { Measure } from '@cutwater/core/bridge/Observation.ts'
import { feeds } from '@cutwater/core/bridge/signals/Feed.ts'
import type { Decision } from '@cutwater/core/ladder/Decision.ts'
import type { Layer } from '@cutwater/core/ladder/Layer.ts'
import { day } from '@cutwater/core/units/UnixTime.ts'
import { memoryJournal } from '@cutwater/engine/journal/memoryJournal.ts'
import type { FeedSource } from '@cutwater/engine/ports/FeedSource.ts'
import type { Journal } from '@cutwater/engine/ports/Journal.ts'
import * as Relayer from '@cutwater/lab/agents/Relayer.ts'
import type { Ground } from '@cutwater/lab/beside/Ground.ts'
import * as Market from '@cutwater/lab/beside/Market.ts'
import { readingsOf } from '@cutwater/lab/beside/readings.ts'
import * as Shocks from '@cutwater/lab/beside/shocks.ts'
import { type BridgePlan, planOf } from '@cutwater/lab/bridge/BridgePlan.ts'
import { coinOf, unitsOfDollars } from '@cutwater/lab/bridge/Coins.ts'
import { deployTwins } from '@cutwater/lab/bridge/deployTwins.ts'
import { blockSeconds } from '@cutwater/lab/bridge/finality.ts'
import { fitLimits } from '@cutwater/lab/bridge/fitLimits.ts'
import * as Accounts from '@cutwater/lab/chain/Accounts.ts'
import * as Cast from '@cutwater/lab/run/Cast.ts'
import type { Tools } from '@cutwater/lab/run/Tools.ts'
import * as Vigil from '@cutwater/lab/run/Vigil.ts'
import * as World from '@cutwater/lab/World.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { labTools } from './labTools.ts'

// Two days of a quiet bridge are watched once, so that signals have a past; each shock goes on from there, on the same
// chains and with a copy of the same journal.

const quietHours = 70
const policy = Policy.of('adaptive', { level: 3 })
let base: World.World
let twin: Ground['twin']
let market: Market.Market
let plan: BridgePlan
let past: Journal

beforeAll(async () => {
  base = await World.start(7)
  const twins = await deployTwins(base, policy, fitLimits(policy, 7), {})
  twin = twins.on
  const ground = groundOf(base)
  market = await Market.deploy(ground)
  await ground.nextBlock()
  const nodes = Cast.ownNodes(base)
  plan = {
    ...planOf(twin.ends, nodes, twin.completeAt + 1, 10, false, []),
    readings: readingsOf(ground, market),
  }
  past = memoryJournal()
  const vigil = await Vigil.begin(ground, toolsWith(past), plan, policy)
  for (let passed = 0; passed < quietHours; passed += 10) {
    await Market.heartbeat(base, market)
    await vigil.pass(10)
  }
  await vigil.stop()
  await World.remember(base)
}, 600_000)
afterAll(() => World.stop(base))

test('a depeg presses guard, and bond as well: the index of implied loss and the gap to par say why', async () => {
  const { ground, vigil, before } = await open()
  expect(vigil.book().board!.readings.filter(({ name }) => name === 'protection')).toHaveLength(1)
  expect(before.doubts).toBeUndefined()
  await Shocks.depeg(ground, market)
  await vigil.pass(3)
  const after = await close(vigil)
  expectRise(before, after, 'near', 0.09)
  expectRise(before, after, 'mid', 0.1)
  expectStill(before, after, 'far')
  expectReasons(after, 'near', ['impliedLoss', 'parityGap', 'reer'])
}, 120_000)

test('a rate shock presses bond alone: lenders ask more for wrapped tokens', async () => {
  const { ground, vigil, before } = await open()
  await Shocks.rateShock(ground, market)
  await vigil.pass(3)
  const after = await close(vigil)
  expectRise(before, after, 'mid', 0.053)
  expectStill(before, after, 'near')
  expectStill(before, after, 'far')
  expectReasons(after, 'mid', ['interestDifferential'])
}, 120_000)

test('a bank run presses bond: more is due than could be paid at once', async () => {
  const { ground, vigil, before } = await open()
  await Shocks.bankRun(ground)
  await vigil.pass(6)
  const locked = vigil.book().balances.map(({ locked }) => locked)
  const after = await close(vigil)
  // Six depositors took their dollars home; the releases are on chain and in the book.
  const gone = unitsOfDollars(coinOf('USD'), 6 * Shocks.withdrawnDollars)
  expect(locked[0]).toBe(unitsOfDollars(coinOf('USD'), coinOf('USD').locked) - gone)
  expectRise(before, after, 'mid', 0.19)
  expectStill(before, after, 'near')
  expectReasons(after, 'mid', ['quickRatio'])
}, 120_000)

test('a captured vote presses govern: first what waits in the timelock, then who may propose from now on', async () => {
  const { ground, vigil, before } = await open()
  const { execute } = await Shocks.captureGovernance(ground, market)
  await vigil.pass(3)
  const waiting = decisionOf(vigil.book(), vigil.book().now)
  expectRise(before, waiting, 'far', 0.045)
  expectReasons(waiting, 'far', ['calendar'])
  await execute()
  await vigil.pass(3)
  const after = await close(vigil)
  expectRise(before, after, 'far', 0.26)
  expectReasons(after, 'far', ['protection'])
}, 120_000)

test('half a year in which nobody looks wears protection away and presses govern; oracles that fell silent are named', async () => {
  const { vigil, before } = await open()
  await vigil.pass(1, 180 * day)
  await vigil.pass(1)
  const after = await close(vigil)
  expectRise(before, after, 'far', 0.3)
  expectReasons(after, 'far', ['protection'])
  const { USD } = market.oracles.north
  expect(after.doubts).toContainEqual(
    expect.stringMatching(`^oraclePrice of USD by oracle ${USD} is 43\\d\\d h old`),
  )
  expect(after.sentence).toContain('; not believed: ')
  expect(after.sentence).not.toMatch(/NaN|Infinity/)
}, 120_000)

/** A layer's stress rises by as much as lab/README.md says, and its weight with it. */
function expectRise(before: Decision, after: Decision, layer: Layer, by: number): void {
  expect(after.stress[layer] - before.stress[layer], `stress of ${layer}`).toBeGreaterThan(by - 0.02)
  expect(after.stress[layer] - before.stress[layer], `stress of ${layer}`).toBeLessThan(by + 0.02)
}

/** It goes on to fall, slowly, as it did before. */
function expectStill(before: Decision, after: Decision, layer: Layer): void {
  expect(after.stress[layer], `stress of ${layer}`).toBeLessThanOrEqual(before.stress[layer])
  expect(after.stress[layer], `stress of ${layer}`).toBeGreaterThan(before.stress[layer] - 0.03)
}

/** These are what presses the layer most, in any order. */
function expectReasons({ reasons }: Decision, layer: Layer, names: readonly string[]): void {
  const pressing = reasons
    .filter(({ rank }) => rank > 0.5)
    .toSorted((a, b) => b.share[layer] - a.share[layer])
  const first = pressing.slice(0, names.length).map(({ signal }) => signal)
  expect(first.toSorted()).toEqual(names.toSorted())
}

type Scene = {
  readonly ground: Ground
  readonly vigil: Vigil.Vigil
  readonly before: Decision
}

/** The chains as they were after two quiet days, watched from there. */
async function open(): Promise<Scene> {
  const world = await World.reset(base, 7)
  base = world
  const journal = memoryJournal()
  for await (const page of past.read()) await journal.append(page)
  const ground = groundOf(world)
  const tools = toolsWith(journal)
  const attesters = Accounts.inOrder(world.accounts.watchers).map((watcher) => ({
    address: watcher.address,
    attest: tools.attester(plan, watcher),
  }))
  const relayer = Relayer.create(world, twin, attesters)
  const agents = [{ name: 'relayer', act: () => Relayer.act(world, relayer) }]
  const vigil = await Vigil.begin(ground, tools, plan, policy, agents)
  const nextBlock = async () => {
    await vigil.pass(1, blockSeconds)
    return world.height
  }
  return { ground: { world, twin, nextBlock }, vigil, before: decisionOf(vigil.book(), vigil.book().now) }
}

async function close(vigil: Vigil.Vigil): Promise<Decision> {
  const decision = decisionOf(vigil.book(), vigil.book().now)
  await vigil.stop()
  return decision
}

function groundOf(world: World.World): Ground {
  return {
    world,
    twin,
    nextBlock: async () => {
      await World.mine(world)
      return world.height
    },
  }
}

function toolsWith(journal: Journal): Tools {
  return { ...labTools, journal: () => journal, feeds: (of) => [...labTools.feeds(of), facts] }
}

/** What no chain knows, as a facts.yaml would have it: a month has passed since everything was looked at. */
const facts: FeedSource = {
  name: 'facts',
  read: async (at) =>
    (['audit', 'keyRotation', 'drill', 'codeReview'] as const).map((name): Measure => {
      const asOf = World.begin - 30 * day
      return { kind: 'measure', at, name, of: '', value: 1, unit: feeds[name].unit, source: 'facts', asOf }
    }),
}
