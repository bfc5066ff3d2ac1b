import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import { coins } from '@cutwater/lab/bridge/Coins.ts'
import { deployTwins, type Twins } from '@cutwater/lab/bridge/deployTwins.ts'
import { fitLimits } from '@cutwater/lab/bridge/fitLimits.ts'
import { readLimits } from '@cutwater/lab/bridge/readLimits.ts'
import * as Chain from '@cutwater/lab/chain/Chain.ts'
import * as Cast from '@cutwater/lab/run/Cast.ts'
import * as World from '@cutwater/lab/World.ts'
import { parseAbi } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { labTools } from './labTools.ts'

let world: World.World
beforeAll(async () => {
  world = await World.start(5)
})
afterAll(() => World.stop(world))

test('a hard finding tightens every limit on chain by the tilt, once; honest traffic alone moves none', async () => {
  const policy = Policy.of('adaptive', { level: 2 })
  const fresh = await World.reset(world, 6)
  const fitted = fitLimits(policy, 6)
  const twins = await deployTwins(fresh, policy, fitted, {})
  const cast = await Cast.start(fresh, labTools, twins, policy, {
    blockMilliseconds: 4_000,
    isEager: true,
    nodes: Cast.ownNodes(fresh),
  })
  try {
    await cast.beat.play(async ({ nextBlock }) => {
      for (let block = 0; block < 5; block++) await nextBlock()
      expect(cast.observer.deeds).toEqual([])
      await changeVerifier(fresh, twins)
      for (let block = 0; block < 4; block++) await nextBlock()
    })
  } finally {
    await cast.stop()
  }
  const { weights } = cast.observer.watch.live.book
  const share = BigInt(Math.round((1e6 * Policy.of('static').base.near) / weights.near))
  expect(Number(share)).toBeLessThan(900_000)
  const tightened = cast.observer.deeds.filter(({ deed }) => deed.act.kind === 'tighten')
  // Three coins on two chains.
  expect(tightened.map(({ outcome }) => outcome.kind)).toEqual(Array(6).fill('confirmed'))
  for (const { deed } of tightened) expect(deed.reason).toBe('near stress is 1.00')
  const base = Object.values(fitted).flatMap((limits) => coins.map(({ symbol }) => limits[symbol].total))
  const totals = (await readLimits(fresh, twins.on.ends)).map(({ total }) => total.capacity)
  expect(totals).toEqual(base.map((total) => (total * share) / 1_000_000n))
})

// The admin points North at a verifier of its own without a timelock: a change out of the blue.
async function changeVerifier({ chains, accounts }: World.World, { on }: Twins): Promise<void> {
  const { escrow, verifier } = on.ends.north
  const abi = parseAbi(['function setVerifier(address verifier)'])
  const call = Chain.call(escrow, { abi, functionName: 'setVerifier', args: [verifier] })
  await Chain.send(chains.north, accounts.admin.address, call)
}
