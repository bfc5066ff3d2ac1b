import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import * as Posture from '@cutwater/core/ladder/Posture.ts'
import { fromDollars } from '@cutwater/core/units/Usd.ts'
import { encode } from '@cutwater/engine/journal/encode.ts'
import { ingest } from '@cutwater/engine/journal/ingest.ts'
import { readHistory } from '@cutwater/engine/journal/readHistory.ts'
import { withAttack } from '@cutwater/engine/replay/attacks.ts'
import type { History } from '@cutwater/engine/replay/History.ts'
import { expectReplayJson } from '@cutwater/engine/replay/ReplayResult.fixture.ts'
import type { PolicyResult, ReplayResult } from '@cutwater/engine/replay/ReplayResult.ts'
import * as Run from '@cutwater/engine/replay/Run.ts'
import { attacks, replay, runPolicy } from '@cutwater/engine/replay/replay.ts'
import { track } from '@cutwater/engine/replay/track.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { dataDir } from '../config/dataDir.ts'
import { loadHistory } from '../history/loadHistory.ts'
import { sqliteJournal } from '../journal/sqliteJournal.ts'
import { newFolder, removeFolder } from './cutwater.fixture.ts'

const folder = join(dataDir() ?? '', 'nomad')
const isAtHand = dataDir() !== undefined && existsSync(join(folder, 'events.csv'))

// Every outside number is a count of the log of the Nomad bridge by XChainWatcher (arXiv 2410.02029,
// github.com/AndreAugusto11/XChainWatcher), January to August 2022, or follows from its amounts and prices.
describe.skipIf(!isAtHand)(`the Nomad log, skipped where CUTWATER_DATA has no nomad/events.csv`, () => {
  const firstAttackAt = 1_659_389_551 // 2022-08-01T21:32:31Z
  let history: History
  let result: ReplayResult
  beforeAll(() => {
    history = loadHistory(folder)
    result = JSON.parse(JSON.stringify(replay(history)))
  }, 120_000)

  test('is matched as published: 11,404 deposits, 4,482 withdrawals, 5 deposits before finality', () => {
    expect(result.matched).toEqual({ deposits: 11_404, withdrawals: 4_482 })
    expect(result.finalityBreaches).toEqual({ deposits: 5, withdrawals: 0 })
    expect(result.findings.FinalityBreach).toBe(5)
  })

  test('has 387 releases and 8 mints without source, 382 of them the attack', () => {
    expect(result.withoutSource).toEqual({ releases: 387, mints: 8 })
    expect(result.findings.ReleaseWithoutSource).toBe(395)
    expect(result.attackReleases).toBe(382)
  })

  test('lost $159.58M, first seen at the first release of the attack', () => {
    expect(Math.abs(result.baselineLossUsd - 159.58e6)).toBeLessThanOrEqual(0.01e6)
    expect(result.firstAttackFinding).toMatchObject({ at: firstAttackAt, name: 'ReleaseWithoutSource' })
    expect(result.bridge).toMatchObject({ name: 'nomad', synthetic: false })
    expect(result.notes.join(' ')).not.toMatch(/SYNTHETIC/)
  })

  // Share of the loss by the time to a pause: gone in the first block 5.8%, at 1 and 10 min 10.1%, at 30 min
  // 14.7%, at 60 min 17.3%, at 90 min 96.6% (measured on the same log, independently of this code).
  test('is lost by the minute as measured: 5.8%, 10.1, 10.1, 10.1, 14.7, 17.3, 96.6', () => {
    const shares = result.lossByReaction.map(({ seconds, usd }) => [
      seconds / 60,
      ((100 * usd) / result.baselineLossUsd).toFixed(1),
    ])
    expect(shares).toEqual([
      [0, '5.8'],
      [1, '10.1'],
      [5, '10.1'],
      [10, '10.1'],
      [30, '14.7'],
      [60, '17.3'],
      [90, '96.6'],
    ])
  })

  test('adaptive at level 3 loses at most a thousandth and lets honest users wait a minute at most', () => {
    const row = rowOf('adaptive', 3)
    expect(row.lostUsd).toBeLessThanOrEqual(0.001 * result.baselineLossUsd)
    expect(row.meanWaitSeconds).toBeLessThanOrEqual(60)
    expect(row.honestReleases).toBe(4_482)
    expect(result.posture).toBe('balanced')
  })

  test('adaptive at level 2 loses at most two per cent and holds one release in a hundred at most', () => {
    const row = rowOf('adaptive', 2)
    expect(row.lostUsd).toBeLessThanOrEqual(0.02 * result.baselineLossUsd)
    expect(row.held.count).toBeLessThanOrEqual(0.01 * row.honestReleases)
  })

  test('no guard lets more pass than the bound it stated, whatever the attack, deceived watchers included', () => {
    const bounded = result.policies.filter(({ name, level }) => isGuarded(name) && level >= 2)
    expect(bounded).toHaveLength(3 * 2 * attacks.length)
    const over = bounded.filter(({ lostUsd, boundUsd }) => !(boundUsd !== null && lostUsd <= boundUsd))
    expect(over).toEqual([])
    const deceived = bounded.filter(({ attack }) => attack === 'deceived')
    expect(deceived.every(({ lostUsd }) => lostUsd > 0 && lostUsd < 0.5 * result.baselineLossUsd)).toBe(true)
  })

  test('deceived watchers stay within the bound under every posture', () => {
    const deceived = track(withAttack(history, 'deceived'))
    const rows = Posture.names.flatMap((posture) =>
      Policy.names.filter(Policy.isGuarded).flatMap((name) =>
        ([2, 3] as const).map((level) => {
          const { lostUsd, boundUsd } = runPolicy(deceived, Policy.of(name, { posture, level }), 'deceived')
          return { posture, name, level, lostUsd, boundUsd }
        }),
      ),
    )
    expect(rows).toHaveLength(18)
    expect(rows.filter(({ lostUsd, boundUsd }) => lostUsd > boundUsd!)).toEqual([])
  })

  test('the labels only score: a run without them is the same to the byte', () => {
    const blind = track({ ...history, attack: new Set() })
    for (const level of [1, 2, 3] as const) {
      const book = (prepared: Run.Track) =>
        encode(Run.follow(Run.start(history, Policy.of('adaptive', { level })), prepared).book)
      expect(book(track(history)) === book(blind)).toBe(true)
    }
  })

  test('read twice, and out of a journal file, it is the same history and the same replay', async () => {
    const folder = newFolder()
    const journal = await sqliteJournal(join(folder, 'journal'))
    await ingest(journal, loadHistory(join(dataDir()!, 'nomad')))
    const kept = await readHistory(journal)
    await journal.close()
    removeFolder(folder)
    expect(encode(kept) === encode(history)).toBe(true)
    const again = replay(kept, { policies: ['adaptive'] })
    const rows = result.policies.filter(({ name }) => name === 'adaptive')
    expect(JSON.stringify(again) === JSON.stringify({ ...result, policies: rows })).toBe(true)
  })

  test('the whole bridge is never paused before the attack, by no policy and at no level', () => {
    const early = result.policies.flatMap(({ name, level, pauses }) =>
      pauses
        .filter(({ at, scope }) => scope === 'bridge' && at < firstAttackAt)
        .map(({ at }) => `${name} ${level} at ${at}`),
    )
    expect(early).toEqual([])
    const first = rowOf('adaptive', 3).pauses.find(({ at }) => at >= firstAttackAt)
    expect(first!.at).toBe(firstAttackAt + 36)
  })

  test('the waterfall conserves every attack to the cent, in every row', () => {
    for (const row of result.policies) {
      const { name, level, attack } = row
      const baseline = fromDollars(rowOf('none', 0, attack).lostUsd)
      const parts = [row.preventedUsd, row.coveredUsd, row.backstoppedUsd, row.shortfallUsd]
      const carried = parts.map(fromDollars).reduce((sum, part) => sum + part, 0)
      expect([name, level, attack, carried]).toEqual([name, level, attack, baseline])
    }
    expect(rowOf('none', 0).lostUsd).toBe(result.baselineLossUsd)
  })

  test('every key of the contract is there, with a value of its kind', () => {
    expectReplayJson(result)
    expect(new Set(result.policies.map(({ name }) => name))).toEqual(new Set(Policy.names))
  })

  function rowOf(name: string, level: number, attack = 'recorded'): PolicyResult {
    return result.policies.find((row) => row.name === name && row.level === level && row.attack === attack)!
  }
})

function isGuarded(name: string): boolean {
  return Policy.isGuarded(Policy.parseName(name))
}
