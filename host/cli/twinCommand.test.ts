import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as Guard from '@cutwater/contracts/generated/Guard.ts'
import { directions } from '@cutwater/lab/bridge/deployTwins.ts'
import * as Chain from '@cutwater/lab/chain/Chain.ts'
import type { Drilled } from '@cutwater/lab/run/drill.ts'
import { runScenario } from '@cutwater/lab/run/runScenario.ts'
import { type Standing, standUp } from '@cutwater/lab/run/standUp.ts'
import { find } from '@cutwater/lab/scenarios/catalog.ts'
import * as World from '@cutwater/lab/World.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clock } from './clock.ts'
import { cutwater, newFolder, removeFolder } from './cutwater.fixture.ts'
import { labBridgeYaml } from './labBridgeYaml.ts'
import { labTools } from './labTools.ts'

const seed = 6
const [zeroRoot] = find('zero-root')

describe('the twin of a bridge at work', () => {
  let folder: string
  let file: string
  let standing: Standing
  beforeAll(async () => {
    folder = newFolder()
    file = join(folder, 'bridge.yaml')
    standing = await standUp(labTools, {
      scenario: zeroRoot!,
      level: 3,
      seed,
      blockMilliseconds: 1_000,
      clock,
    })
    writeFileSync(file, labBridgeYaml(standing.plan, { level: 3, blockSeconds: 1 }))
  }, 120_000)
  afterAll(async () => {
    await standing?.stop()
    removeFolder(folder)
  })

  const drilled = async (): Promise<Drilled> => {
    const { out, code } = await cutwater(
      'twin',
      file,
      '--attack',
      'zero-root',
      '--seed',
      String(seed),
      '--json',
    )
    expect(code).toBe(0)
    return JSON.parse(out).drilled[0]
  }

  test('loses what the lab itself loses, to the cent; a limit loosened by hand shows as what gets through', async () => {
    const world = await World.start(seed)
    const options = { seed, level: 3, blockMilliseconds: 4_000, isEager: true, mempool: false } as const
    const lab = await runScenario(world, labTools, zeroRoot!, options).finally(() => World.stop(world))
    const today = await drilled()
    expect(today).toMatchObject({
      lostUsd: lab.on.lostUsd,
      openUsd: lab.off.lostUsd,
      boundUsd: lab.on.boundUsd,
    })
    expect(today).toMatchObject({ getsThrough: false, askedUsd: today.boundUsd })

    await loosen(standing)
    const tomorrow = await drilled()
    expect(tomorrow.getsThrough).toBe(true)
    expect(tomorrow.lostUsd).toBeGreaterThan(tomorrow.askedUsd)
    expect(tomorrow.lostUsd).toBeLessThanOrEqual(tomorrow.boundUsd)
    expect(tomorrow.askedUsd).toBe(today.askedUsd)
  }, 300_000)
})

test('a file without a guard that limits, or a name of no attack, is one clear line', async () => {
  const { err, code } = await cutwater('twin', 'nowhere.yaml', '--attack', 'zero-rot')
  expect(code).toBe(2)
  expect(err).toMatch(/zero-root.*\[SCENARIO_UNKNOWN\]/)
})

// The admin sets the allowance for unproven dollars and ether on North to what half of the bridge would need.
async function loosen({ world, stage, beat }: Standing): Promise<void> {
  const { guard, tokens } = stage.twin.ends.north
  const wide = { capacity: 10n ** 30n, window: 21_600 }
  for (const token of [tokens.USD, tokens.ETH]) {
    const call = {
      abi: Guard.abi,
      functionName: 'setLimits',
      args: [token, directions.in, wide, wide],
    } as const
    await Chain.send(world.chains.north, world.accounts.admin.address, Chain.call(guard, call))
  }
  await beat.play(async ({ nextBlock }) => {
    await nextBlock()
    await nextBlock()
  })
}
