import * as CoverVault from '@cutwater/contracts/generated/CoverVault.ts'
import * as Escrow from '@cutwater/contracts/generated/Escrow.ts'
import * as Guard from '@cutwater/contracts/generated/Guard.ts'
import * as TypedData from '@cutwater/contracts/TypedData.ts'
import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import { parseEventLogs } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as World from '../World.ts'
import { boundUsd } from './bound.ts'
import { coinOf, coins, places, units } from './Coins.ts'
import { deployTwins, directions, type Twins } from './deployTwins.ts'
import { fitLimits } from './fitLimits.ts'
import { balanceOf, gapUsd } from './gap.ts'
import { messageOf } from './Twin.ts'

describe('twins on two fresh chains', () => {
  const policy = Policy.of('adaptive', { level: 3 })
  const limits = fitLimits(policy, 1)
  let world: World.World
  let twins: Twins

  beforeAll(async () => {
    world = await World.start(1)
    twins = await deployTwins(world, policy, limits, {})
  })
  afterAll(() => World.stop(world))

  test.each(['on', 'off'] as const)(
    '%s: every coin is locked at home to the unit, and nothing is missing',
    async (side) => {
      for (const coin of coins) {
        const { escrow, tokens } = twins[side].ends[coin.home]
        expect(await balanceOf(world, coin.home, tokens[coin.symbol], escrow)).toBe(units(coin, coin.locked))
      }
      expect(await gapUsd(world, twins[side])).toBe(0)
    },
  )

  test.each(places)('%s: the guard of one proves, that of the other lets everything pass', async (place) => {
    const { client } = world.chains[place]
    const levelOf = (address: `0x${string}`) =>
      client.readContract({ address, abi: Guard.abi, functionName: 'level' })
    expect(await levelOf(twins.on.ends[place].guard)).toBe(3)
    expect(await levelOf(twins.off.ends[place].guard)).toBe(0)
  })

  test.each(places)('%s: the limits on chain are those the book came to', async (place) => {
    const { guard, tokens } = twins.on.ends[place]
    for (const { symbol } of coins) {
      const args = [tokens[symbol], directions.in] as const
      const call = { address: guard, abi: Guard.abi, functionName: 'limitsOf', args } as const
      const [unproven, total] = await world.chains[place].client.readContract(call)
      const { unproven: tight, total: loose } = limits[place][symbol]
      expect([unproven.capacity, total.capacity]).toEqual([tight, loose])
    }
  })

  test('the bound of deceived watchers is the larger one, and both are far below what is locked', async () => {
    const honest = await boundUsd(world, twins.on, policy, false)
    const deceived = await boundUsd(world, twins.on, policy, true)
    expect(honest).toBeGreaterThan(0)
    expect(deceived).toBeGreaterThan(honest)
    // $200M are locked.
    expect(deceived).toBeLessThan(0.02 * 20_000_000_000)
  })

  test('cover is in force and backed by as much', async () => {
    const { vault } = twins.on.layers!
    const read = (functionName: 'coverInForce' | 'totalAssets') =>
      world.chains.north.client.readContract({ address: vault, abi: CoverVault.abi, functionName })
    const cover = await read('coverInForce')
    expect(cover).toBeGreaterThan(0n)
    expect(await read('totalAssets')).toBe(cover)
    expect(twins.off.layers).toBeNull()
  })

  test('ids and digests are those of the contracts', async () => {
    const { client } = world.chains.north
    const { escrow } = twins.on.ends.north
    const logs = await client.getLogs({ address: escrow, fromBlock: 0n, toBlock: 'latest' })
    const { args } = parseEventLogs({ abi: Escrow.abi, logs, eventName: 'Locked' })[0]!
    const { nonce, sender, beneficiary, amount } = args
    const message = messageOf(twins.on, 'north', 'USD', { nonce, sender, beneficiary, amount })
    expect(TypedData.messageId(message)).toBe(args.id)
    const { guard } = twins.on.ends.south
    const digest = { address: guard, abi: Guard.abi, functionName: 'attestationDigest' } as const
    expect(TypedData.attestationDigest(message, guard)).toBe(
      await world.chains.south.client.readContract({ ...digest, args: [args.id, message] }),
    )
  })

  test('a run begins where every run begins', async () => {
    const again = await World.reset(world)
    expect([again.at, again.height]).toEqual([world.base.at, world.base.height])
    const { USD } = again.originals.north
    const { depositors } = again.accounts
    const held = await balanceOf(again, 'north', USD!, depositors[0]!.address)
    expect(held).toBe(units(coinOf('USD'), 2 * coinOf('USD').locked))
  })
})
