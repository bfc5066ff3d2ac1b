import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BridgePolicy } from '@cutwater/core/bridge/BridgePolicy.ts'
import { hour } from '@cutwater/core/units/UnixTime.ts'
import { type Standing, standUp } from '@cutwater/lab/run/standUp.ts'
import type { Scenario } from '@cutwater/lab/scenarios/Scenario.ts'
import { clock } from '../clock.ts'
import { labBridgeYaml } from '../labBridgeYaml.ts'
import { labTools } from '../labTools.ts'
import * as WatchFile from '../WatchFile.ts'
import { watchBridge } from '../watchBridge.ts'
import type { Dashboard } from './Dashboard.ts'
import { lookOn } from './lookOn.ts'

export type LabLife = {
  readonly policy: BridgePolicy
  /** the attack that comes, and after how many blocks; 0 is never */
  readonly scenario: Scenario
  readonly afterBlocks: number
  readonly seed: number
  readonly blockMilliseconds: number
}

/**
 * The lab's bridge, alive: two local chains at the pace of real time, honest people, the watch that a real bridge is
 * watched by, and once an attack. Ends when `signal` says so; nothing is left of it then.
 */
export async function liveLab(dashboard: Dashboard, life: LabLife, signal: AbortSignal): Promise<void> {
  const { policy, scenario, seed, blockMilliseconds } = life
  const { level } = policy.guard
  const standing = await standUp(labTools, {
    scenario,
    level,
    seed,
    blockMilliseconds,
    clock,
    beganSeconds: hour,
  })
  const folder = mkdtempSync(join(tmpdir(), 'cutwater-lab-'))
  const ending = new AbortController()
  const end = () => ending.abort()
  signal.addEventListener('abort', end, { once: true })
  if (signal.aborted) end()
  const path = join(folder, 'bridge.yaml')
  const { plan, world } = standing
  writeFileSync(path, labBridgeYaml(plan, { level, blockSeconds: blockMilliseconds / 1_000, mempool: false }))
  const environment = { ...process.env, GUARDIAN_KEY: world.accounts.guardian.key }
  const watching = watchBridge(
    { ...WatchFile.read(path, environment), policy },
    {
      acts: true,
      once: false,
      everySeconds: hour,
      tell: () => {},
      terminal: process.stderr,
      environment,
      signal: ending.signal,
      ...lookOn(dashboard, { synthetic: true, says: 'a bridge of the lab, on two local chains' }),
    },
  )
  try {
    await Promise.race([watching, play(standing, life)])
  } finally {
    end()
    await watching.catch(() => {})
    await standing.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function play({ beat, attack }: Standing, { afterBlocks }: LabLife): Promise<void> {
  const wait = (blocks: number) =>
    beat.play(async ({ nextBlock }) => {
      for (let block = 0; block < blocks; block++) await nextBlock()
    })
  if (afterBlocks > 0) {
    await wait(afterBlocks)
    await attack()
  }
  for (;;) await wait(1)
}
