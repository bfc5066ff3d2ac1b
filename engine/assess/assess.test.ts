import type { Measure, Observation } from '@cutwater/core/bridge/Observation.ts'
import type { Setup } from '@cutwater/core/bridge/setup/Setup.ts'
import { unsaid } from '@cutwater/core/bridge/setup/Setup.ts'
import type { FeedName } from '@cutwater/core/bridge/signals/Feed.ts'
import { feeds } from '@cutwater/core/bridge/signals/Feed.ts'
import type { Incident } from '@cutwater/core/simulation/incidents/Incident.ts'
import { day, hour } from '@cutwater/core/units/UnixTime.ts'
import { fromDollars } from '@cutwater/core/units/Usd.ts'
import { describe, expect, test } from 'vitest'
import type { History } from '../replay/History.ts'
import { attackAt, handHistory, start } from '../replay/handHistory.fixture.ts'
import { isSaid } from './Assessment.ts'
import { assess } from './assess.ts'

const at = attackAt - 1

const incidents = Array.from({ length: 12 }, (_, i) => ({
  scope: 'core',
  date: start - (i + 1) * 30 * day,
  loss: fromDollars(10 ** (4 + i / 2)),
  cause: i % 2 === 0 ? 'key-compromise' : 'sig-proof-verification',
})).reverse() as unknown as readonly Incident[]

const setup: Setup = {
  ...unsaid,
  verifiers: ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, operator: name < 'd' ? 'one firm' : name })),
  threshold: 3,
  optimistic: { windowSeconds: 1_800, watchers: 2 },
}

function fed(name: FeedName, of: string, value: number, parts: Partial<Measure> = {}): Measure {
  const when = start + 60
  return {
    kind: 'measure',
    at: when,
    asOf: when,
    name,
    of,
    value,
    unit: feeds[name].unit,
    source: 'test',
    ...parts,
  }
}

function withFeeds(...measures: Observation[]): History {
  const observations = [...handHistory.observations, ...measures].sort((a, b) => a.at - b.at)
  return { ...handHistory, observations }
}

const question = { history: handHistory, setup: unsaid, incidents, at }
const bare = assess(question)

describe('an assessment', () => {
  test('has its keys, every signal once, and a sentence for each', () => {
    expect(Object.keys(bare)).toEqual([
      'bridge',
      'at',
      'posture',
      'lockedUsd',
      'layers',
      'signals',
      'doubts',
      'economics',
      'postures',
      'lint',
      'drill',
      'actions',
      'notes',
    ])
    expect(new Set(bare.signals.map(({ name }) => name)).size).toBe(31)
    for (const { name, sentence, layer, asOf, value } of bare.signals) {
      expect(sentence, name).toMatch(/\.$/)
      expect(['near', 'mid', 'far']).toContain(layer)
      expect(asOf === null, name).toBe(value === null)
    }
  })

  test('holds no number that is none, before the first leg, in the middle, and long after', () => {
    for (const when of [start - day, start, at, attackAt + 400 * day]) {
      const text = JSON.stringify(
        assess({ ...question, at: when, history: withFeeds(fed('poolReserve', 'USDC', 5e6)) }),
        (_, value) => {
          if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${value}`)
          return value
        },
      )
      expect(text).not.toMatch(/NaN|Infinity/)
    }
  })

  test('does not see what comes after it', () => {
    const later = { ...handHistory, observations: handHistory.observations.filter((each) => each.at <= at) }
    expect(assess({ ...question, history: later })).toEqual(bare)
  })

  test('agrees with the sheet of paper: $5.2M locked, 2% of it a year', () => {
    // 10,000,000 less 5,001,000 dollars, and 100 ether at 2,000
    expect(bare.lockedUsd).toBe(5_199_000)
    expect(bare.economics.budgetUsdPerYear).toBeCloseTo(103_980, 6)
    expect(bare.layers.reduce((sum, { budgetUsdPerYear }) => sum + budgetUsdPerYear, 0)).toBeCloseTo(
      103_980,
      6,
    )
  })

  test('says why it cannot say what nobody has told', () => {
    const { economics } = assess({ ...question, incidents: incidents.slice(3) })
    for (const part of ['corruption', 'exit', 'cover', 'optimistic', 'year', 'marginal'] as const) {
      expect(economics[part], part).toHaveProperty('why')
    }
    expect(economics.cover).toEqual({
      why: '9 incidents with a loss are known by 2023-11-15, too few to price by',
    })
  })

  test('uses no incident that had not happened', () => {
    const early = assess({ ...question, at: start - 100 * day })
    expect(early.economics.year).toHaveProperty('why')
  })

  test('prices corruption by operators: three keys in one hand are one break-in', () => {
    const { economics, lint, actions } = assess({ ...question, setup })
    expect(economics.corruption).toMatchObject({
      operatorsNeeded: 1,
      theftUsd: 1_000_000,
      theftFrom: ['one firm'],
    })
    expect(lint[0]).toMatchObject({ rule: 'operatorHoldsMany', severity: 'high' })
    expect(actions).toHaveLength(3)
    expect(actions[0]!.because).toBe('one firm holds 3 of the 3 keys that move money')
    expect(economics.optimistic).toMatchObject({ neededSeconds: 324 })
  })

  test('buys capital down by speed: cover is dearer without the guard’s bound', () => {
    const { cover } = bare.economics
    if (!isSaid(cover)) throw new Error(cover.why)
    expect(cover.unboundedPremiumUsd).toBeGreaterThan(cover.premiumUsd)
  })

  test('takes exits from pools that are fed, and none that are in doubt', () => {
    const pool = assess({
      ...question,
      history: withFeeds(fed('poolReserve', 'USDC', 1e6, { at: at - 60, asOf: at - 60 })),
    })
    expect(pool.economics.exit).toMatchObject({ mostUsd: 1e6 })
    const empty = assess({ ...question, history: withFeeds(fed('poolReserve', 'USDC', 0)) })
    expect(empty.economics.exit).toEqual({ why: 'poolReserve of USDC by test is 0; above 0 would be right' })
    expect(empty.doubts).toEqual(['poolReserve of USDC by test is 0; above 0 would be right'])
  })

  test('checks limits that were read on chain where nobody has said any', () => {
    const { lint } = assess({
      ...question,
      history: withFeeds(fed('limit', 'USDC', 9e6, { at: at - 60, asOf: at - 60 })),
    })
    expect(lint.find(({ rule }) => rule === 'limitAboveLocked')).toMatchObject({
      severity: 'medium',
      what: 'the limit of USDC, $9,000,000, is not below the $4,999,000 that are locked',
    })
  })

  test('hears facts: an old audit wears away, a dated event ramps', () => {
    const audit = fed('audit', 'v1', 1, { asOf: start - 730 * day })
    const upgrade = fed('event', 'upgrade', at + 6 * hour)
    const { signals } = assess({ ...question, history: withFeeds(audit, upgrade) })
    const of = (name: string) => signals.find((signal) => signal.name === name)!
    expect(of('protection').value).toBeCloseTo(0.25, 2)
    expect(of('calendar').sentence).toMatch(
      /^Event calendar \(FOMC\): upgrade in \d+ h; rank 0\.9\d on its scale\.$/,
    )
  })

  test('what steward and promoter would do lies on both sides of what balanced does', () => {
    const { weights } = bare.postures.find(({ name }) => name === 'balanced')!
    const [steward, , promoter] = bare.postures
    for (const layer of ['near', 'mid', 'far'] as const) {
      const both = [steward!.weights[layer], promoter!.weights[layer]]
      expect(weights[layer]).toBeGreaterThanOrEqual(Math.min(...both) - 1e-12)
      expect(weights[layer]).toBeLessThanOrEqual(Math.max(...both) + 1e-12)
    }
  })
})
