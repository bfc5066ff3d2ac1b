import * as CoverAuction from '@cutwater/contracts/generated/CoverAuction.ts'
import * as CoverVault from '@cutwater/contracts/generated/CoverVault.ts'
import * as TestToken from '@cutwater/contracts/generated/TestToken.ts'
import * as Treasury from '@cutwater/contracts/generated/Treasury.ts'
import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import type { Measure } from '@cutwater/core/bridge/Observation.ts'
import { type FeedName, feeds } from '@cutwater/core/bridge/signals/Feed.ts'
import { memoryJournal } from '@cutwater/engine/journal/memoryJournal.ts'
import type { FeedSource } from '@cutwater/engine/ports/FeedSource.ts'
import type { Ground } from '@cutwater/lab/beside/Ground.ts'
import * as Market from '@cutwater/lab/beside/Market.ts'
import { planWith } from '@cutwater/lab/beside/readings.ts'
import { planOf } from '@cutwater/lab/bridge/BridgePlan.ts'
import { coinOf, places, unitsOfDollars } from '@cutwater/lab/bridge/Coins.ts'
import { deployTwins } from '@cutwater/lab/bridge/deployTwins.ts'
import { fitLimits } from '@cutwater/lab/bridge/fitLimits.ts'
import * as Chain from '@cutwater/lab/chain/Chain.ts'
import * as Cast from '@cutwater/lab/run/Cast.ts'
import type { Tools } from '@cutwater/lab/run/Tools.ts'
import * as Vigil from '@cutwater/lab/run/Vigil.ts'
import * as World from '@cutwater/lab/World.ts'
import { maxUint256 } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { evmActuator } from '../chain/evmActuator.ts'
import { clock } from './clock.ts'
import { labTools, liveChain } from './labTools.ts'

const dollar = coinOf('USD')
let world: World.World
beforeAll(async () => {
  world = await World.start(3)
}, 120_000)
afterAll(() => World.stop(world))

test('once break-even crosses WACC − yield, the treasury has followed the ladder and an auction raises what is missing', async () => {
  // The board has half as much again to spend as when cover was bought.
  const policy = Policy.of('adaptive', { level: 3, economy: { budgetPerYear: 0.03 } })
  const ground = await standing(policy)
  const market = await Market.deploy(ground)
  await moveAway(ground)
  const vigil = await Vigil.begin(ground, toolsOf(labTools), planOn(ground, market), policy)
  const done = (kind: string) => vigil.observer.deeds.filter(({ deed }) => deed.act.kind === kind)
  const gap = () => vigil.book().readings.find(({ name }) => name === 'breakEven')!.value
  try {
    await until(vigil, 'tilt')
    expect(gap()).toBeLessThan(0)
    expect(done('raiseCover')).toEqual([])
    // The treasury stood elsewhere and has been moved to where the ladder is, within bounds and speed.
    const [first, ...rest] = done('tilt')
    expect(first!.outcome).toMatchObject({ kind: 'confirmed', attempts: 1 })
    expect(rest.every(({ outcome }) => ['confirmed', 'already'].includes(outcome.kind))).toBe(true)
    await expectFollowed(ground, vigil)

    // Ether falls: what is protected is worth less, and costs as much.
    for (const place of places) await Market.tellPrice(world, place, market.oracles[place].ETH, 500)
    const inForce = await coverOf(ground)
    await until(vigil, 'raiseCover')
    expect(gap()).toBeGreaterThan(0)
    const [raise] = done('raiseCover')
    expect(raise!.deed.reason).toMatch(/^security costs \d\.\d% a year more than WACC − yield$/)
    expect(raise!.outcome).toMatchObject({ kind: 'confirmed', attempts: 1 })
    const missing = (raise!.deed.act as { readonly dollars: number }).dollars

    await buy(ground, market, missing)
    await vigil.pass(8)
    expect(await coverOf(ground)).toBe(inForce + unitsOfDollars(dollar, missing))
    // It is read back: no more is asked for.
    expect(done('raiseCover')).toHaveLength(1)
    await expectFollowed(ground, vigil)
  } finally {
    await vigil.stop()
  }
}, 120_000)

test('a dry run says what it would send, and moves nothing', async () => {
  const policy = Policy.of('adaptive', { level: 3 })
  world = await World.reset(world, 3)
  const ground = await standing(policy)
  const market = await Market.deploy(ground)
  await moveAway(ground)
  const dry: Tools = {
    ...toolsOf(labTools),
    // Nothing says that it may send: that is the default.
    actuator: ({ chains }) => evmActuator({ chains: chains.map(liveChain), clock }),
  }
  const vigil = await Vigil.begin(ground, dry, planOn(ground, market), policy)
  try {
    await vigil.pass(6)
    const tilts = vigil.observer.deeds.filter(({ deed }) => deed.act.kind === 'tilt')
    expect(tilts[0]!.outcome).toEqual({
      kind: 'dryRun',
      call: expect.stringMatching(
        /^tilt\(.* basis points, from 3500, 4500, 2000\) on the treasury 0x\w+ of North/,
      ),
    })
    expect(await weightsOf(ground)).toEqual(away)
  } finally {
    await vigil.stop()
  }
}, 120_000)

async function standing(policy: Policy.BridgePolicy): Promise<Ground> {
  const twins = await deployTwins(world, Policy.of('adaptive', { level: 3 }), fitLimits(policy, 3), {})
  const nextBlock = async () => {
    await World.mine(world)
    return world.height
  }
  return { world, twin: twins.on, nextBlock }
}

/** Shares of the treasury that no calm ladder has, basis points. */
const away = [3_500n, 4_500n, 2_000n] as const

async function moveAway({ twin, nextBlock }: Ground): Promise<void> {
  const { north } = world.chains
  const { guardian } = world.accounts
  await nextBlock()
  const tilt = Chain.call(twin.layers!.treasury, { abi: Treasury.abi, functionName: 'tilt', args: [away] })
  const hash = await Chain.send(north, guardian.address, tilt)
  // The guardian's key also acts for the watch, which counts its nonces by itself.
  north.nonces.delete(guardian.address)
  world.toCheck.push({ chain: north, hashes: [hash], what: 'moving the treasury away' })
  await nextBlock()
}

/** Without stake, whose cost would take a week of prices to know. */
function planOn(ground: Ground, market: Market.Market) {
  const { ends, completeAt } = ground.twin
  const plan = planWith(planOf(ends, Cast.ownNodes(world), completeAt + 1, 10, false, []), ground, market)
  return { ...plan, readings: plan.readings!.filter(({ kind }) => kind !== 'stake') }
}

function toolsOf(tools: Tools): Tools {
  return { ...tools, journal: () => memoryJournal(), feeds: (plan) => [...tools.feeds(plan), byHand] }
}

/** Capital costs 12% a year and what is locked earns 4%: a hurdle of 8%; security costs 6% of $200M. */
const byHand: FeedSource = {
  name: 'by hand',
  read: async (at) => {
    const values: Partial<Record<FeedName, number>> = {
      riskFree: 0.04,
      marketPremium: 0.05,
      lockedYield: 0.04,
      securityCost: 12_000_000,
      coverIncome: 0.12 * 42_800_000,
    }
    return Object.entries(values).map(([name, value]): Measure => {
      const { unit } = feeds[name as FeedName]
      return { kind: 'measure', at, name, of: '', value, unit, source: 'facts', asOf: at }
    })
  },
}

/** Somebody buys all of it at par and settles the auction. */
async function buy({ twin, nextBlock }: Ground, { auctions }: Market.Market, dollars: number): Promise<void> {
  const { north } = world.chains
  const { deployer, lp } = world.accounts
  const token = twin.ends.north.tokens.USD
  const amount = unitsOfDollars(dollar, dollars)
  const mint = { abi: TestToken.abi, functionName: 'mint', args: [lp.address, amount] } as const
  await Chain.send(north, deployer.address, Chain.call(token, mint))
  const approve = { abi: TestToken.abi, functionName: 'approve', args: [auctions, maxUint256] } as const
  await Chain.send(north, lp.address, Chain.call(token, approve))
  await nextBlock()
  const bid = { abi: CoverAuction.abi, functionName: 'bid', args: [1n, amount, 10n ** 18n] } as const
  const settle = { abi: CoverAuction.abi, functionName: 'settle', args: [1n] } as const
  for (const call of [bid, settle]) await Chain.send(north, lp.address, Chain.call(auctions, call))
  await nextBlock()
}

/** Hours, until a deed of a kind has ended: its transaction needs blocks to be in, and the actuator time to see it. */
async function until(vigil: Vigil.Vigil, kind: string): Promise<void> {
  const hasEnded = () => vigil.observer.deeds.some(({ deed }) => deed.act.kind === kind)
  for (let passed = 0; passed < 60 && !hasEnded(); passed++) {
    await vigil.pass(1)
    await clock.sleep(50)
  }
  await vigil.pass(2)
}

async function expectFollowed(ground: Ground, vigil: Vigil.Vigil): Promise<void> {
  const { near, mid, far } = vigil.book().weights
  const held = (await weightsOf(ground)).map((bps) => Number(bps) / 10_000)
  for (const [nth, weight] of [near, mid, far].entries())
    expect(Math.abs(held[nth]! - weight)).toBeLessThan(0.03)
}

function weightsOf({ twin }: Ground): Promise<readonly bigint[]> {
  const address = twin.layers!.treasury
  return world.chains.north.client.readContract({ address, abi: Treasury.abi, functionName: 'weights' })
}

function coverOf({ twin }: Ground): Promise<bigint> {
  const address = twin.layers!.vault
  return world.chains.north.client.readContract({
    address,
    abi: CoverVault.abi,
    functionName: 'coverInForce',
  })
}
