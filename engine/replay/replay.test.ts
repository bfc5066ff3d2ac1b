import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import { start, syntheticHistory } from '@cutwater/core/simulation/synthetic/syntheticHistory.ts'
import { sum } from '@cutwater/core/units/sum.ts'
import { day } from '@cutwater/core/units/UnixTime.ts'
import { fromDollars } from '@cutwater/core/units/Usd.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { ingest } from '../journal/ingest.ts'
import { memoryJournal } from '../journal/memoryJournal.ts'
import { readHistory } from '../journal/readHistory.ts'
import type { History } from './History.ts'
import { handHistory } from './handHistory.fixture.ts'
import { expectReplayJson } from './ReplayResult.fixture.ts'
import type { PolicyResult, ReplayResult } from './ReplayResult.ts'
import { attacks, type ReplayOptions, reactionTimes, replay } from './replay.ts'

const { oddities: _, ...history } = syntheticHistory({ seed: 5, days: 50, scale: 0.1 })
const policies: readonly Policy.PolicyName[] = ['none', 'mid-only', 'adaptive']

let whole: ReplayResult
beforeAll(() => {
  whole = replay(history)
})

describe('a replay', () => {
  test('run twice, and out of a journal, gives the same bytes', async () => {
    const journal = memoryJournal()
    await ingest(journal, history)
    const again = JSON.stringify(replay(await readHistory(journal)))
    expect(again === JSON.stringify(whole)).toBe(true)
    expect(JSON.stringify(replay(history)) === again).toBe(true)
  })

  test('keeps the contract of its keys', () => {
    expectReplayJson(JSON.parse(JSON.stringify(whole)))
  })

  test('says that it is synthetic, in a field and in a note', () => {
    expect(whole.bridge.synthetic).toBe(true)
    expect(whole.notes.join(' ')).toMatch(/\bSYNTHETIC\b/)
    const real = { ...handHistory, bridge: { ...handHistory.bridge, synthetic: false } }
    const { bridge, notes } = replay(real, { policies: ['none'] })
    expect(bridge.synthetic).toBe(false)
    expect(notes.join(' ')).not.toMatch(/SYNTHETIC/)
  })

  test('has a row for every policy, each level it has, and every attack', () => {
    const rows = whole.policies.map(({ name, level, attack }) => `${name} ${level} ${attack}`)
    const wanted = Policy.names.flatMap((name) =>
      (Policy.isGuarded(name) ? [1, 2, 3] : [0]).flatMap((level) =>
        attacks.map((attack) => `${name} ${level} ${attack}`),
      ),
    )
    expect(rows).toEqual(wanted)
    const chosen = replay(handHistory, { policies: ['mid-only', 'static'] })
    expect(new Set(chosen.policies.map(({ name }) => name))).toEqual(new Set(['mid-only', 'static']))
  })

  test('says of its progress every step once, up to the last', () => {
    const steps: [number, number][] = []
    replay(handHistory, {
      policies,
      branch: { policy: 'none', at: start },
      onProgress: (done, total) => steps.push([done, total]),
    })
    const total = steps[0]![1]
    expect(steps).toEqual(Array.from({ length: total }, (_, i) => [i + 1, total]))
  })
})

describe('the waterfall', () => {
  test('conserves every cent: prevented, covered, backstopped and shortfall are what the attack would take', () => {
    for (const row of whole.policies) {
      const parts = [row.preventedUsd, row.coveredUsd, row.backstoppedUsd, row.shortfallUsd].map(fromDollars)
      const baseline = fromDollars(baselineOf(whole, row))
      expect([row.name, row.level, row.attack, sum(parts)]).toEqual([
        row.name,
        row.level,
        row.attack,
        baseline,
      ])
      expect(fromDollars(row.preventedUsd) + fromDollars(row.lostUsd)).toBe(baseline)
    }
  })

  test('without protection begins at the baseline', () => {
    expect(whole.baselineLossUsd).toBeGreaterThan(0)
    expect(rowOf(whole, 'none', 0).lostUsd).toBe(whole.baselineLossUsd)
    expect(whole.attackReleases).toBe(history.attack.size)
  })
})

describe('what a policy states and what it does', () => {
  test('no loss is above the bound stated before it, and only limits give one', () => {
    for (const { level, lostUsd, boundUsd } of whole.policies) {
      expect(boundUsd === null).toBe(level < 2)
      if (boundUsd !== null) expect(lostUsd).toBeLessThanOrEqual(boundUsd)
    }
  })

  test('honest legs are as many whatever the policy and the attack', () => {
    const legs = whole.policies.map(({ honestReleases, honestMints }) => [honestReleases, honestMints])
    const { matched, finalityBreaches } = whole
    const wanted = [
      matched.withdrawals + finalityBreaches.withdrawals,
      matched.deposits + finalityBreaches.deposits,
    ]
    expect(legs).toEqual(legs.map(() => wanted))
  })

  test('a slower reaction never loses less, and none loses more than there is', () => {
    expect(whole.lossByReaction.map(({ seconds }) => seconds)).toEqual(reactionTimes)
    const losses = whole.lossByReaction.map(({ usd }) => usd)
    expect(losses).toEqual([...losses].sort((a, b) => a - b))
    expect(losses.at(-1)).toBeLessThanOrEqual(whole.baselineLossUsd)
    expect(losses[0]).toBeGreaterThan(0)
  })
})

describe('labels', () => {
  test('only score: without them findings, matches, pauses, holds, weights and series are the same', () => {
    const blind = replay({ ...history, attack: new Set() })
    for (const key of ['findings', 'matched', 'finalityBreaches', 'withoutSource', 'range'] as const) {
      expect(blind[key]).toEqual(whole[key])
    }
    for (const key of ['series', 'notable', 'decisions', 'parameters'] as const) {
      expect(blind[key]).toEqual(whole[key])
    }
    const acts = ({ name, level, pauses, held, heldMints, meanWaitSeconds, frictionUsd }: PolicyResult) => {
      return { name, level, pauses, held, heldMints, meanWaitSeconds, frictionUsd }
    }
    // The other attacks are made by the labels.
    const recorded = ({ attack }: PolicyResult) => attack === 'recorded'
    expect(blind.policies.filter(recorded).map(acts)).toEqual(whole.policies.filter(recorded).map(acts))
    expect(blind).toMatchObject({ baselineLossUsd: 0, attackReleases: 0, firstAttackFinding: null })
    expect(blind.notes.join(' ')).toMatch(/No attack is labelled/)
  })
})

describe('from', () => {
  test('counts what comes from then on: both parts of a history add up to it', () => {
    const from = start + 30 * day
    const after = replay(history, { policies, from })
    const before = replay(upTo(history, from - 1), { policies: ['none'] })
    expect(after.range).toMatchObject({ from, to: whole.range.to })
    expect(after.range.events + before.range.events).toBe(whole.range.events)
    for (const key of ['matched', 'finalityBreaches', 'withoutSource', 'findings'] as const) {
      expect(added(before[key], after[key])).toEqual({ ...whole[key] })
    }
    expect(after.series.at[0]).toBe(from)
    expect(after.series.at.at(-1)).toBe(whole.series.at.at(-1))
  })

  test('scores the same attack by the same policy as if all were counted: the book learned from all before', () => {
    const after = replay(history, { policies, from: start + 30 * day })
    const scored = ({ name, level, attack, lostUsd, preventedUsd, coveredUsd, boundUsd }: PolicyResult) => {
      return { name, level, attack, lostUsd, preventedUsd, coveredUsd, boundUsd }
    }
    const chosen = whole.policies.filter(({ name }) => (policies as readonly string[]).includes(name))
    expect(after.policies.map(scored)).toEqual(chosen.map(scored))
    expect(after.lossByReaction).toEqual(whole.lossByReaction)
    expect(after.firstAttackFinding).toEqual(whole.firstAttackFinding)
  })

  test('after the attack nothing is lost, at any reaction, and no count falls below none', () => {
    const from = whole.firstAttackFinding!.at + 3 * 3_600
    const after = replay(history, { policies, from })
    expect(after.range.events).toBeGreaterThan(0)
    expect(after).toMatchObject({ baselineLossUsd: 0, attackReleases: 0, firstAttackFinding: null })
    expect(after.lossByReaction.map(({ usd }) => usd)).toEqual(reactionTimes.map(() => 0))
    expectReplayJson(JSON.parse(JSON.stringify({ ...after, firstAttackFinding: whole.firstAttackFinding })))
  })
})

describe('a branch', () => {
  test('at the very start into the same policy is the plain run', () => {
    expect(branched({ policies: ['adaptive'], branch: { policy: 'adaptive', at: 0 } })).toEqual(
      plain('adaptive'),
    )
    expect(branched({ policies: ['static'], branch: { policy: 'static', at: 0 } })).toEqual(plain('static'))
  })

  test('at any moment into the same policy is the plain run, stress and all', () => {
    const attackAt = whole.firstAttackFinding!.at
    for (const at of [start + 11 * day + 1_234, attackAt - 1_800, attackAt + 700, attackAt + 40_000]) {
      const rows = branched({ policies: ['adaptive'], branch: { policy: 'adaptive', at } })
      expect(rows).toEqual(plain('adaptive'))
    }
  })

  test('at the very end changes nothing', () => {
    const at = whole.range.to + 9 * day
    const ended = branched({ policies: ['adaptive'], branch: { policy: 'static', at } })
    const pastOnly = ({ weights: _, ...row }: PolicyResult) => row
    expect(ended.map(pastOnly)).toEqual(plain('adaptive').map(pastOnly))
  })

  test('away from any guard just before the attack loses all of it, after the same past', () => {
    const at = whole.firstAttackFinding!.at - 1
    const [row] = branched({ policies: ['adaptive'], branch: { policy: 'none', at } })
    expect(row).toMatchObject({ attack: 'recorded', level: 0, lostUsd: whole.baselineLossUsd, pauses: [] })
    expect(row!.boundUsd).toBeNull()
    expect(plain('adaptive')[0]!.heldMints.count).toBeGreaterThan(0)
    expect(row!.heldMints).toEqual(plain('adaptive')[0]!.heldMints)
  })

  test('to a guard a day before the attack has the guard at its highest level', () => {
    const at = whole.firstAttackFinding!.at - day
    const rows = branched({ policies: ['none'], branch: { policy: 'adaptive', at } })
    expect(rows.map(({ level }) => level)).toEqual([3, 3, 3, 3])
    expect(rows[0]!.lostUsd).toBeLessThan(whole.baselineLossUsd / 10)
  })

  test('is named by both policies and its moment, and comes on top of the plain rows', () => {
    const branch = { policy: 'none', at: 1_704_240_000 } as const
    const { policies: rows } = replay(handHistory, { policies: ['adaptive'], branch })
    expect(rows).toHaveLength(3 * 4 + 4)
    const names = rows.slice(-4).map(({ name, attack }) => `${name} ${attack}`)
    expect(names).toEqual(attacks.map((attack) => `adaptive→none@2024-01-03T00:00:00Z ${attack}`))
  })

  test('before the time from which is counted is taken where it was meant', () => {
    const at = start + 20 * day
    const branch = { policy: 'none', at } as const
    const early = branched({ policies: ['adaptive'], branch, from: start + 30 * day })
    const all = branched({ policies: ['adaptive'], branch })
    expect(early.map(({ pauses }) => pauses)).toEqual(all.map(({ pauses }) => pauses))
    expect(early[0]).toMatchObject({ lostUsd: whole.baselineLossUsd, held: { count: 0 } })
  })
})

describe('the daily series', () => {
  test('has a row a day, in columns of one length', () => {
    const { at, stress, weights, ...columns } = whole.series
    const days = Math.floor(whole.range.to / day) - Math.floor(whole.range.from / day) + 1
    expect(at).toEqual(Array.from({ length: days }, (_, i) => at[0]! + i * day))
    const all = [...Object.values(columns), ...Object.values(stress), ...Object.values(weights)]
    expect(all.map(({ length }) => length)).toEqual(all.map(() => days))
  })

  test('shows what the log says by hand: in by the locks and burns, out by the mints and releases', () => {
    const { series } = replay(handHistory, { policies: ['none'] })
    expect(series.at).toEqual([1_700_006_400])
    // Locks of 10,000,000 and 200,000 and burns of 5,001,000; as much out, and the attack's 140,000.
    expect(series.inflowUsd).toEqual([15_201_000])
    expect(series.outflowUsd).toEqual([15_341_000])
    expect(series.lockedUsd).toEqual([5_199_000 - 140_000])
  })
})

test('a history without an attack loses nothing and says why', () => {
  const calm = syntheticHistory({ seed: 5, days: 50, scale: 0.1, attack: 'none' })
  const result = replay(calm, { policies })
  expect(result.notes.join(' ')).toMatch(/No attack is labelled/)
  expect(result.policies.map(({ lostUsd, preventedUsd }) => lostUsd + preventedUsd)).toEqual(
    result.policies.map(() => 0),
  )
  expect(result.policies.flatMap(({ pauses }) => pauses)).toEqual([])
})

function branched(options: ReplayOptions): readonly PolicyResult[] {
  return replay(history, { policies: ['adaptive'], ...options })
    .policies.slice(-4)
    .map((row) => ({ ...row, name: row.name.split('→')[0]! }))
}

function plain(name: string): readonly PolicyResult[] {
  return whole.policies.filter((row) => row.name === name && row.level === 3)
}

function rowOf(result: ReplayResult, name: string, level: number, attack = 'recorded'): PolicyResult {
  return result.policies.find((row) => row.name === name && row.level === level && row.attack === attack)!
}

function baselineOf(result: ReplayResult, { attack }: PolicyResult): number {
  return rowOf(result, 'none', 0, attack).lostUsd
}

function upTo(of: History, at: number): History {
  return { ...of, observations: of.observations.filter((observation) => observation.at <= at) }
}

function added(a: object, b: object) {
  const other = b as Record<string, number>
  return Object.fromEntries(Object.entries(a).map(([key, value]) => [key, value + other[key]!]))
}
