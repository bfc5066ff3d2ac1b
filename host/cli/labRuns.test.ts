import type { RunResult } from '@cutwater/lab/run/RunResult.ts'
import { runHonest } from '@cutwater/lab/run/runHonest.ts'
import { runScenario } from '@cutwater/lab/run/runScenario.ts'
import { scenarios } from '@cutwater/lab/scenarios/catalog.ts'
import * as World from '@cutwater/lab/World.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expected } from './labExpected.fixture.ts'
import { labTools } from './labTools.ts'
import { silentFrom } from './silentFrom.fixture.ts'

const options = { seed: 1, level: 3, blockMilliseconds: 4_000, isEager: true, mempool: false } as const

describe('on two live chains', () => {
  let world: World.World
  beforeAll(async () => {
    world = await World.start(1)
  })
  afterAll(() => World.stop(world))

  test('honest transfers arrive through two reorgs; nothing is held, paused or accused', async () => {
    const honest = await runHonest(world, labTools, { ...options, transfers: 40 })
    expect(honest.transfers).toBeGreaterThanOrEqual(40)
    expect(honest).toMatchObject({ pauses: 0, held: 0, accusations: 0, reorgs: 2 })
    // What the voter proposes is announced: told, and nothing follows from it.
    expect(honest.findings).toEqual({ ConfigChanged: 1 })
    expect(Math.min(honest.trades, honest.liquidityChanges, honest.proposals)).toBeGreaterThan(0)
  })

  test('a watcher that falls silent is found and stops nothing: the other two prove all there is', async () => {
    const honest = await runHonest(world, silentFrom(labTools, 26), { ...options, transfers: 70 })
    expect(honest.findings).toEqual({ ConfigChanged: 2, SilentSigner: 2 })
    expect(honest).toMatchObject({ pauses: 0, held: 0, accusations: 0 })
  })

  test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
    '%s: the open twin loses, the guarded one no more than its bound and for a block at most',
    async (_, scenario) => {
      const result = await runScenario(world, labTools, scenario, options)
      expect(result.off.lostUsd).toBeGreaterThan(1_000)
      expect(result.on.lostUsd).toBeLessThanOrEqual(result.on.boundUsd)
      expect(result.on.lostUsd).toBeLessThan(result.off.lostUsd)
      expectToAddUp(result)
      const { findings } = expected[scenario.name]!
      expect(result.detectedBy).toEqual(expect.arrayContaining([...findings]))
      const isContainable = scenario.steps === 'many' && !scenario.looksHonest
      if (isContainable) expect(result.on.blocksToContain).toBeLessThanOrEqual(1)
      else expect(result.on.blocksToContain).toBeNull()
    },
  )

  test('zero-root at level 2: nearly all that is locked on North is lost where no guard stands, and the limit holds', async () => {
    const zeroRoot = scenarios.find(({ name }) => name === 'zero-root')!
    const result = await runScenario(world, labTools, zeroRoot, { ...options, level: 2 })
    // $60M in dollars and $100M in ether are at home on North; 99.5% of both is asked for.
    expect(result.off.lostUsd).toBeCloseTo(159_200_000, -2)
    expect(result.on.lostUsd).toBeGreaterThan(100_000)
    expect(result.on.lostUsd).toBeLessThanOrEqual(result.on.boundUsd)
    expect(result.detectedBy).toContain('ReleaseWithoutSource')
    expectToAddUp(result)
  })

  // One that forges what its validators sign, and one whose release is only good once the call before it is.
  test.each(['skipped-signature', 'crafted-call'])(
    '%s: a guard that watches the mempool pays more than the thief, is mined before him, and nothing is lost',
    async (name) => {
      const scenario = scenarios.find((each) => each.name === name)!
      expect(scenario.visibleBefore).toBe(true)
      const result = await runScenario(world, labTools, scenario, { ...options, level: 2, mempool: true })
      expect(result.off.lostUsd).toBeGreaterThan(500_000)
      expect(result.on.lostUsd).toBe(0)
      expect(result.foreseenBy).toContain(expected[name]!.findings[0])
    },
  )

  // Marked by what its first transaction shows, and not by what happens to pass: the guard must see nothing in it. One
  // of each reason; a block of these lasts a second at least, and `lab run all --mempool` has them all.
  test.each(['poisoned-rpc-all', 'amm-sandwich', 'insider-upgrade'])(
    '%s: nothing of it is known before it is mined, and so it is not marked',
    async (name) => {
      const scenario = scenarios.find((each) => each.name === name)!
      expect(scenario.visibleBefore).toBe(false)
      const mempool = { ...options, level: 2, mempool: true, calmBlocks: 1 } as const
      const result = await runScenario(world, labTools, scenario, mempool)
      expect(result.foreseenBy).toEqual([])
    },
  )
})

function expectToAddUp({ on, off }: RunResult): void {
  expect(on.coveredUsd + on.backstoppedUsd + on.shortfallUsd).toBeCloseTo(on.lostUsd, 0)
  expect(on.preventedUsd + on.lostUsd).toBeCloseTo(off.lostUsd, 0)
}
