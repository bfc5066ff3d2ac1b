import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Arbitrageur from '../agents/Arbitrageur.ts'
import * as LiquidityProvider from '../agents/LiquidityProvider.ts'
import * as Voter from '../agents/Voter.ts'
import * as Governance from '../beside/Governance.ts'
import type { Ground } from '../beside/Ground.ts'
import * as Pool from '../beside/Pool.ts'
import { deployTwins } from '../bridge/deployTwins.ts'
import { fitLimits } from '../bridge/fitLimits.ts'
import { balanceOf } from '../bridge/gap.ts'
import * as Chain from '../chain/Chain.ts'
import * as World from '../World.ts'

describe('beside a bridge on two chains', () => {
  let ground: Ground
  let pool: Pool.Pool
  beforeAll(async () => {
    const world = await World.start(1)
    const policy = Policy.of('adaptive', { level: 3 })
    const { on } = await deployTwins(world, policy, fitLimits(policy, 1), {})
    const nextBlock = async () => {
      await World.mine(world)
      return world.height
    }
    ground = { world, twin: on, nextBlock }
    pool = await Pool.deploy(ground)
  })
  afterAll(() => World.stop(ground.world))

  const priceOff = async () => {
    const { wrapped, native } = await Pool.reservesOf(ground, pool)
    return Math.abs(Number(native) / Number(wrapped) - 1)
  }

  test('the arbitrageur brings a pair back to par less its fee, either way, and takes what he bought over the bridge', async () => {
    const { world, twin } = ground
    const { arbitrageur, victim } = world.accounts
    await Pool.endow(ground, pool, victim.address, { wrapped: 100_000, native: 100_000 })
    const state = await Arbitrageur.create(ground, pool)
    await ground.nextBlock()
    for (const sells of ['wrapped', 'native'] as const) {
      await Pool.swap(ground, pool, victim.address, { sells, amountIn: Pool.dollarUnits(15_000), least: 0n })
      await ground.nextBlock()
      expect(await priceOff()).toBeGreaterThan(0.01)
      await Arbitrageur.act(world, state)
      await ground.nextBlock()
      // A trade pays 0.3%, so that far no trade pays.
      expect(await priceOff()).toBeLessThan(0.0031)
    }
    expect(state.trades).toBe(2)
    const left = await balanceOf(world, 'south', twin.ends.south.tokens.USD, arbitrageur.address)
    expect(left).not.toBe(Pool.dollarUnits(Arbitrageur.purseDollars))
    await Arbitrageur.act(world, state)
    expect(state.trades).toBe(2)
  })

  test('the provider changes what is in the pair and not its price', async () => {
    const { world } = ground
    const state = await LiquidityProvider.create(ground, pool)
    await ground.nextBlock()
    const before = await priceOff()
    let [wrapped, moved] = [(await Pool.reservesOf(ground, pool)).wrapped, 0]
    for (let block = 0; block < 300 && state.changes < 4; block++) {
      await LiquidityProvider.act(world, state)
      await ground.nextBlock()
      const now = await Pool.reservesOf(ground, pool)
      if (now.wrapped !== wrapped) moved += 1
      wrapped = now.wrapped
      expect(await priceOff()).toBeCloseTo(before, 6)
    }
    expect([state.changes, moved]).toEqual([4, 4])
  })

  test('the voter has an audit paid out of the reserve, though a reorganisation takes a step back', async () => {
    const { world, twin } = ground
    const state = await Voter.create(ground)
    await ground.nextBlock()
    const { reserve } = state.governance
    const left = () => balanceOf(world, 'north', twin.ends.north.tokens.USD, reserve)
    for (let block = 0; block < 80 && state.executed === 0; block++) {
      await Voter.act(world, state)
      await ground.nextBlock()
      if (block % 7 === 6) await Chain.reorganise(world.chains.north, 2)
    }
    expect(state.executed).toBe(1)
    const paid = Pool.dollarUnits(Governance.reserveDollars) - (await left())
    expect(paid).toBeGreaterThanOrEqual(Pool.dollarUnits(Voter.auditDollars.least))
    expect(paid).toBeLessThanOrEqual(Pool.dollarUnits(Voter.auditDollars.most))
  })
})
