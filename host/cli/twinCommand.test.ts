import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import * as Escrow from '@cutwater/contracts/generated/Escrow.ts'
import * as Guard from '@cutwater/contracts/generated/Guard.ts'
import * as MultisigVerifier from '@cutwater/contracts/generated/MultisigVerifier.ts'
import { chainIds, coinOf, type Place, places, unitsOfDollars } from '@cutwater/lab/bridge/Coins.ts'
import { directions } from '@cutwater/lab/bridge/deployTwins.ts'
import * as Chain from '@cutwater/lab/chain/Chain.ts'
import { runScenario } from '@cutwater/lab/run/runScenario.ts'
import { type Standing, standUp } from '@cutwater/lab/run/standUp.ts'
import { find } from '@cutwater/lab/scenarios/catalog.ts'
import * as World from '@cutwater/lab/World.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clock } from './clock.ts'
import { cutwater, newFolder, removeFolder } from './cutwater.fixture.ts'
import * as DrillRecord from './DrillRecord.ts'
import { labBridgeYaml } from './labBridgeYaml.ts'
import { labTools } from './labTools.ts'
import { isAlive, processesBelow } from './processes.fixture.ts'

const seed = 6
const [zeroRoot] = find('zero-root')
const [keyTheft] = find('key-theft-one-release')

describe('the twin of a bridge at work', () => {
  let folder: string
  let file: string
  let standing: Standing
  beforeAll(async () => {
    folder = newFolder()
    file = join(folder, 'bridge.yaml')
    standing = await standUp(labTools, {
      scenario: keyTheft!,
      level: 3,
      seed,
      blockMilliseconds: 1_000,
      clock,
      // What people send moves what is locked, and the lab's own run begins with all of it.
      quiet: true,
      market: true,
    })
    writeFileSync(file, labBridgeYaml(standing.plan, { level: 3, blockSeconds: 1 }))
  }, 120_000)
  afterAll(async () => {
    await standing?.stop()
    removeFolder(folder)
  })

  const drilled = async (...flags: string[]): Promise<DrillRecord.DrillRecord> => {
    const { out, err, code } = await cutwater('twin', file, ...flags, '--seed', String(seed), '--json')
    expect({ err: err.replaceAll(/^twin: \d.*\n/gm, ''), code }).toEqual({ err: '', code: 0 })
    return JSON.parse(out)
  }
  const partIn = ({ copied }: DrillRecord.DrillRecord, part: string) =>
    copied.find((each) => each.part === part)!

  test('loses what the lab itself loses, to the cent, and the same layers pay it', async () => {
    const world = await World.start(seed)
    const options = { seed, level: 3, blockMilliseconds: 4_000, isEager: true, mempool: false } as const
    const lab = await runScenario(world, labTools, zeroRoot!, options).finally(() => World.stop(world))
    const today = await drilled('--attack', 'zero-root')
    const { lostUsd, boundUsd, preventedUsd, slashedUsd, backstoppedUsd, shortfallUsd } = lab.on
    expect(lostUsd).toBeGreaterThan(0)
    expect(today.drilled[0]).toMatchObject({
      ...{ lostUsd, boundUsd, preventedUsd, slashedUsd, backstoppedUsd, shortfallUsd },
      coverUsd: lab.on.coveredUsd - slashedUsd,
      openUsd: lab.off.lostUsd,
      askedUsd: boundUsd,
      getsThrough: false,
    })
    // The lab names no timelock of its bridge: somebody's key stands for it.
    expect(today.copied.filter(({ state }) => state.startsWith('not')).map(({ part }) => part)).toEqual([
      'timelock',
    ])
    expect(today.drilled[0]!.health.after.deliveredShare).toBeCloseTo(1)
    expect(partIn(today, 'signers')).toEqual({ part: 'signers', state: 'copied', says: '3 of 5' })
  }, 300_000)

  test('drills on a schedule, keeps each, and ends with its chains when it is told to', async () => {
    const record = join(folder, 'kept.jsonl')
    const args = ['twin', file, '--attack', 'key-theft-one-release', '--every', '1s', '--record', record]
    const child = spawn(process.execPath, [bin, ...args, '--json'], { stdio: ['ignore', 'pipe', 'pipe'] })
    const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
    let told = ''
    child.stderr.on('data', (chunk) => {
      told += String(chunk)
    })
    while (linesOf(record) < 1) await wait(50)
    // In the middle of the second one.
    while (told.split('twin: 1 of 1').length < 3) await wait(50)
    const chains = processesBelow(child.pid!)
    child.kill('SIGINT')
    expect(await ended).toBe(0)
    expect(chains.filter(isAlive)).toEqual([])
    expect(DrillRecord.last(record, clock.now())).toMatchObject({ attacks: 1, through: [] })
  }, 120_000)

  test('a limit loosened, fewer signatures asked for, money gone: each shows in the next drill', async () => {
    const attack = ['--attack', 'key-theft-one-release']
    await loosen(standing)
    const [loosened] = (await drilled(...attack)).drilled
    expect(loosened!.getsThrough).toBe(true)
    expect(loosened!.lostUsd).toBeGreaterThan(loosened!.askedUsd)
    expect(loosened!.lostUsd).toBeLessThanOrEqual(loosened!.boundUsd)
    // Once so much is gone the bridge is stopped, and a token that arrives is short of its backing.
    const { before, after } = loosened!.health
    expect(after.nominalUsdPerDay!).toBeLessThan(before.nominalUsdPerDay!)
    expect(after.realUsdPerDay!).toBeLessThan(after.nominalUsdPerDay!)

    await lower(standing, 1n)
    await takeOut(standing)
    const weaker = await drilled(...attack)
    expect(partIn(weaker, 'signers').says).toBe('1 of 5')
    // A thief needs one key, so one stake pays in place of three; and there is less to take.
    expect(weaker.drilled[0]!.slashedUsd).toBeCloseTo(loosened!.slashedUsd / 3)
    expect(weaker.drilled[0]!.openUsd).toBeLessThan(loosened!.openUsd)
  }, 300_000)
})

test('a file without a guard that limits, or a name of no attack, is one clear line', async () => {
  const { err, code } = await cutwater('twin', 'nowhere.yaml', '--attack', 'zero-rot')
  expect(code).toBe(2)
  expect(err).toMatch(/zero-root.*\[SCENARIO_UNKNOWN\]/)
  const every = await cutwater('twin', 'nowhere.yaml', '--every', 'often')
  expect(every.err).toMatch(/--every: "often".*such as 24h.*\[FLAG_INVALID\]/)
})

const bin = join(import.meta.dirname, '..', 'bin', 'cutwater.js')

function linesOf(file: string): number {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0
}

// The admin sets the allowance for unproven dollars and ether on North to what half of the bridge would need.
async function loosen(standing: Standing): Promise<void> {
  const { guard, tokens } = standing.stage.twin.ends.north
  const wide = { capacity: 10n ** 30n, window: 21_600 }
  for (const token of [tokens.USD, tokens.ETH]) {
    const args = [token, directions.in, wide, wide] as const
    await asAdmin(standing, 'north', Chain.call(guard, { abi: Guard.abi, functionName: 'setLimits', args }))
  }
  await settled(standing)
}

async function lower(standing: Standing, threshold: bigint): Promise<void> {
  for (const place of places) {
    const { verifier } = standing.stage.twin.ends[place]
    const call = { abi: MultisigVerifier.abi, functionName: 'setThreshold', args: [threshold] } as const
    await asAdmin(standing, place, Chain.call(verifier, call))
  }
  await settled(standing)
}

// Depositors bring some of their dollars home, the honest way.
async function takeOut(standing: Standing): Promise<void> {
  const { world, stage } = standing
  const { escrow, tokens } = stage.twin.ends.south
  const amount = unitsOfDollars(coinOf('USD'), 5_000)
  for (const { address } of world.accounts.depositors) {
    const args = [tokens.USD, BigInt(chainIds.north), address, amount] as const
    const send = Chain.call(escrow, { abi: Escrow.abi, functionName: 'send', args })
    await Chain.send(world.chains.south, address, send)
  }
  await settled(standing, 8)
}

function asAdmin({ world }: Standing, place: Place, call: Chain.Call) {
  return Chain.send(world.chains[place], world.accounts.admin.address, call)
}

function settled({ beat }: Standing, blocks = 2): Promise<void> {
  return beat.play(async ({ nextBlock }) => {
    for (let block = 0; block < blocks; block++) await nextBlock()
  })
}
