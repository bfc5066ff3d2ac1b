import type { Deed } from '@cutwater/engine/ports/Actuator.ts'
import { runScenario } from '@cutwater/lab/run/runScenario.ts'
import type { Tools } from '@cutwater/lab/run/Tools.ts'
import { craftedCall } from '@cutwater/lab/scenarios/craftedCall.ts'
import { depositWithoutTransfer } from '@cutwater/lab/scenarios/depositWithoutTransfer.ts'
import { voteWith } from '@cutwater/lab/scenarios/flashLoanVote.ts'
import { fraudUnchallenged } from '@cutwater/lab/scenarios/fraudUnchallenged.ts'
import { insiderUpgradeSeenBy } from '@cutwater/lab/scenarios/insiderUpgrade.ts'
import { lieOnly, poisonedRpcOne } from '@cutwater/lab/scenarios/poisonedRpc.ts'
import { slowBleed } from '@cutwater/lab/scenarios/slowBleed.ts'
import * as World from '@cutwater/lab/World.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { labTools } from './labTools.ts'

const options = { seed: 3, level: 3, blockMilliseconds: 4_000, isEager: true, mempool: false } as const

describe('what stands, and what does not', () => {
  let world: World.World
  beforeAll(async () => {
    world = await World.start(3)
  })
  afterAll(() => World.stop(world))

  test('a new keeper nobody announced stops the bridge within a block', async () => {
    const { on } = await runScenario(world, labTools, craftedCall, options)
    expect(on.blocksToContain).toBeLessThanOrEqual(1)
  })

  test('an upgrade that nobody cancels takes everything, whatever the guard does', async () => {
    const { on, off } = await runScenario(world, labTools, insiderUpgradeSeenBy('nobody'), options)
    expect(on.lostUsd / off.lostUsd).toBeCloseTo(1, 2)
    expect(on.lostUsd).toBeGreaterThan(on.boundUsd)
  })

  test('votes that are bought and kept take the reserve all the same', async () => {
    const { on, off } = await runScenario(world, labTools, voteWith('kept'), options)
    expect(on.lostUsd).toBe(off.lostUsd)
  })

  test('without proofs, false proposals pass that the challenger’s stake does not reach: the smallest ones', async () => {
    const { on } = await runScenario(world, labTools, fraudUnchallenged, { ...options, level: 2 })
    // Eight challenges, the dearest first, for at most sixteen proposals: of the others two are below $1,000.
    expect(on.lostUsd).toBeGreaterThan(0)
    expect(on.lostUsd).toBeLessThanOrEqual(6 * 60_000)
  })

  test('without proofs, a slow bleed below every threshold passes whole', async () => {
    const { on, off } = await runScenario(world, labTools, slowBleed, { ...options, level: 2 })
    expect(on.lostUsd).toBe(off.lostUsd)
    expect(on.lostUsd).toBeLessThanOrEqual(on.boundUsd)
  })

  test('who reads the log alone believes a deposit that never came, and the total limit alone stands', async () => {
    const logOnly = { ...depositWithoutTransfer, readsState: false }
    const { on, detectedBy } = await runScenario(world, labTools, logOnly, options)
    expect(detectedBy).not.toContain('BackingGap')
    expect(on.lostUsd).toBeGreaterThan(10_000)
    expect(on.lostUsd).toBeLessThanOrEqual(on.boundUsd)
  })

  test('one lying node of three is a doubt that pauses nothing', async () => {
    const deeds: Deed[] = []
    const result = await runScenario(world, asking(deeds), lieOnly(poisonedRpcOne), options)
    expect(result.detectedBy).toEqual(['SourceDisagreement'])
    expect(deeds).toEqual([])
    expect(result.on.lostUsd).toBe(0)
  })
})

/** Tools that note every deed. */
function asking(deeds: Deed[]): Tools {
  const actuator: Tools['actuator'] = (...to) => {
    const { execute, blockOf } = labTools.actuator(...to)
    return {
      blockOf,
      execute: (deed) => {
        deeds.push(deed)
        return execute(deed)
      },
    }
  }
  return { ...labTools, actuator }
}
