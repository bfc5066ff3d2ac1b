import type { PerLayer } from '@cutwater/core/ladder/Layer.ts'
import { day, hour, type UnixTime } from '@cutwater/core/units/UnixTime.ts'
import type {
  Attack,
  Held,
  NotableFinding,
  PolicyResult,
  ReplayResult,
  Series,
} from '@cutwater/engine/replay/ReplayResult.ts'

// Made-up results of the right shape and size for tests and for looking at the page; no figure here was measured.

const from: UnixTime = 1641859200
const attackAt: UnixTime = 1659389551
const days = 326
const baselineUsd = 159_577_684.91

const lossByLevel: Readonly<Record<Attack, readonly number[]>> = {
  recorded: [1, 0.0864, 0.0482, 0.0026],
  split: [1, 0.0864, 0.0491, 0.0024],
  slow: [1, 0.0576, 0.0713, 0.0026],
  deceived: [1, 1, 0.118, 0.1792],
}

/** A year of a bridge with an attack in it, every policy, level and attack. */
export const attacked: ReplayResult = {
  bridge: { name: 'harbour', synthetic: false, source: 'fixture' },
  range: { from, to: from + days * day, events: 33_013 },
  posture: 'balanced',
  matched: { deposits: 11_404, withdrawals: 4_482 },
  finalityBreaches: { deposits: 5, withdrawals: 0 },
  withoutSource: { releases: 387, mints: 8 },
  findings: {
    ReleaseWithoutSource: 395,
    FieldMismatch: 43,
    Replay: 341,
    FinalityBreach: 5,
    IdAheadOfSource: 2,
    UnmappedToken: 18,
    BackingGap: 28,
    LimitReached: 0,
    LargeRelease: 429,
    ProbeThenDrain: 14,
    ManyNewClaimants: 19,
  },
  baselineLossUsd: baselineUsd,
  attackReleases: 382,
  firstAttackFinding: {
    at: attackAt,
    name: 'ReleaseWithoutSource',
    chain: 6648936,
    tx: hash(1),
    message: '5078',
    usd: 2_326_733.03,
  },
  policies: policies(),
  lossByReaction: [
    { seconds: 0, usd: 9_188_343.56 },
    { seconds: 60, usd: 16_079_601.23 },
    { seconds: 300, usd: 16_079_601.23 },
    { seconds: 600, usd: 16_079_601.23 },
    { seconds: 1_800, usd: 23_453_246.94 },
    { seconds: 3_600, usd: 27_546_060.16 },
    { seconds: 5_400, usd: 154_135_063.98 },
  ],
  series: series(),
  notable: Array.from({ length: 24 }, (_, i) => notable(i)),
  decisions: Array.from({ length: 30 }, (_, i) => decision(i)),
  parameters: [
    { name: 'conviction', value: 1, unit: 'κ', source: 'posture balanced' },
    { name: 'detectSeconds', value: 12, unit: 's', source: 'one 12-second slot' },
    {
      name: 'coldFloorUsd',
      value: 6_000_000,
      unit: 'USD',
      source: 'six hours of a published withdrawal gate',
    },
    {
      name: 'budgetPerYear',
      value: 0.02,
      unit: 'share of value locked per year',
      source: 'default of the design',
    },
    {
      name: 'frictionPerYear',
      value: 0.1,
      unit: 'per year',
      source: 'assumption: cost of capital of the held user; range 5–20%',
    },
    { name: 'posture', value: 'balanced', unit: 'name', source: 'as asked' },
  ],
  notes: ['Labels score the result. No limit, hold or pause reads them.', 'No price is known for XYZ.'],
}

/** The same, generated instead of recorded. */
export const synthetic: ReplayResult = {
  ...attacked,
  bridge: { name: 'delta', synthetic: true, source: 'generated, seed 7' },
}

/** Nothing at all: no event, no policy, no day. */
export const empty: ReplayResult = {
  bridge: { name: 'empty', synthetic: false, source: 'fixture' },
  range: { from, to: from, events: 0 },
  posture: 'balanced',
  matched: { deposits: 0, withdrawals: 0 },
  finalityBreaches: { deposits: 0, withdrawals: 0 },
  withoutSource: { releases: 0, mints: 0 },
  findings: {},
  baselineLossUsd: 0,
  attackReleases: 0,
  firstAttackFinding: null,
  policies: [],
  lossByReaction: [],
  series: {
    at: [],
    lockedUsd: [],
    inflowUsd: [],
    outflowUsd: [],
    findings: [],
    stress: { near: [], mid: [], far: [] },
    weights: { near: [], mid: [], far: [] },
    boundUsd: [],
  },
  notable: [],
  decisions: [],
  parameters: [],
  notes: [],
}

/** A quiet time: policies and traffic, but nobody attacked. */
export const calm: ReplayResult = {
  ...attacked,
  bridge: { name: 'quiet', synthetic: false, source: 'fixture' },
  baselineLossUsd: 0,
  attackReleases: 0,
  firstAttackFinding: null,
  findings: {},
  notable: [],
  decisions: [],
  lossByReaction: [],
  policies: attacked.policies.map((policy) => ({
    ...policy,
    lostUsd: 0,
    preventedUsd: 0,
    coveredUsd: 0,
    backstoppedUsd: 0,
    shortfallUsd: 0,
    pauses: [],
  })),
}

type Plan = { readonly name: string; readonly weights: PerLayer<number>; readonly guarded: boolean }

function policies(): PolicyResult[] {
  const plans: readonly Plan[] = [
    { name: 'none', weights: { near: 0, mid: 0, far: 0 }, guarded: false },
    { name: 'rigid', weights: { near: 0, mid: 0, far: 0 }, guarded: false },
    { name: 'near-only', weights: { near: 1, mid: 0, far: 0 }, guarded: true },
    { name: 'mid-only', weights: { near: 0, mid: 1, far: 0 }, guarded: false },
    { name: 'far-only', weights: { near: 0, mid: 0, far: 1 }, guarded: false },
    { name: 'static', weights: { near: 0.4, mid: 0.4, far: 0.2 }, guarded: true },
    { name: 'adaptive', weights: { near: 0.468, mid: 0.3, far: 0.232 }, guarded: true },
  ]
  const attacks: readonly Attack[] = ['recorded', 'split', 'slow', 'deceived']
  return plans.flatMap((plan) =>
    (plan.guarded ? [1, 2, 3] : [0]).flatMap((level) => attacks.map((attack) => policy(plan, level, attack))),
  )
}

function policy({ name, weights }: Plan, level: number, attack: Attack): PolicyResult {
  const leaning = name === 'near-only' ? 0.62 : name === 'adaptive' ? 0.86 : 1
  const share = lossByLevel[attack][level]!
  const lost = cents(baselineUsd * (share === 1 ? 1 : share * (level > 1 ? leaning : 1)))
  const covered = cents(Math.min(lost, 22_250_735.59 * weights.mid))
  const backstopped = cents(Math.min(lost - covered, 308_530.08 * weights.far))
  const bounds =
    attack === 'deceived' ? [null, null, 54_934_575.49, 24_580_000] : [null, null, 43_014_627.2, 420_000]
  return {
    name,
    level,
    attack,
    lostUsd: lost,
    preventedUsd: cents(baselineUsd - lost),
    coveredUsd: covered,
    backstoppedUsd: backstopped,
    shortfallUsd: cents(lost - covered - backstopped),
    carryUsdPerYear: name === 'none' ? 0 : cents(1_622_181.18 + 30_000 * level),
    frictionUsd: level === 0 ? 0 : cents(12_000 / level),
    boundUsd: bounds[level] ?? null,
    held: heldAt(level, leaning, [0, 13, 78, 16]),
    meanWaitSeconds: [0, 30_806, 854, 48.2][level]!,
    honestReleases: 4_482,
    heldMints: heldAt(level, leaning, [0, 0, 340, 162]),
    honestMints: 11_409,
    refused: { count: level === 3 ? 13 : 0, usd: level === 3 ? 41_220.5 : 0 },
    pauses: level === 0 ? [] : pauses(level),
    weights,
  }
}

function heldAt(level: number, leaning: number, counts: readonly number[]): Held {
  const count = Math.round(counts[level]! / leaning)
  return { count, usd: cents(count * 448_211.07), hours: count * 3.27 }
}

function pauses(level: number) {
  const route = 'route:Moonbeam→Ethereum'
  return [
    {
      at: from + 95 * day,
      scope: 'token:FRAX',
      until: from + 95 * day + 6 * hour,
      reason: 'a gap in backing',
    },
    { at: attackAt + 36, scope: route, until: attackAt + 12 * day, reason: 'a release without source' },
    ...(level === 1
      ? [{ at: attackAt + 13_320, scope: 'bridge', until: null, reason: 'people noticed from outside' }]
      : []),
  ]
}

function series(): Series {
  const rows = Array.from({ length: days }, (_, i) => i)
  const attackDay = Math.floor((attackAt - from) / day)
  const flow = (i: number, seed: number) =>
    i > attackDay + 2 ? 3_000 : 600_000 + 1_900_000 * wave(i, seed) ** 3 * 2
  const stress = (seed: number, base: number) =>
    rows.map((i) => (i === attackDay ? 1 : Math.min(1, base + 0.4 * wave(i / 9, seed))))
  const near = stress(3, 0.1).map((value) => 0.4 + 0.16 * (value - 0.3))
  const mid = stress(5, 0.2).map((value) => 0.38 - 0.12 * (value - 0.4))
  return {
    at: rows.map((i) => from + i * day),
    lockedUsd: rows.map((i) =>
      cents(
        i > attackDay
          ? 131_000_000 + 4e5 * wave(i, 9)
          : 1.4e8 * (i / attackDay) ** 0.7 + 4e6 * wave(i / 5, 2),
      ),
    ),
    inflowUsd: rows.map((i) => cents(flow(i, 1))),
    outflowUsd: rows.map((i) => cents(i === attackDay ? 9_188_343.56 : i === 60 ? 38_000_000 : flow(i, 4))),
    findings: rows.map((i) => (i === attackDay ? 610 : wave(i, 6) > 0.86 ? Math.round(9 * wave(i, 8)) : 0)),
    stress: { near: stress(3, 0.1), mid: stress(5, 0.2), far: stress(7, 0.3) },
    weights: { near, mid, far: near.map((value, i) => 1 - value - mid[i]!) },
    boundUsd: rows.map((i) =>
      i < 4 ? null : cents(240_000 + 160_000 * wave(i / 12, 3) + 2.4e7 * (i / attackDay) ** 2 * 0.4),
    ),
  }
}

function notable(i: number): NotableFinding {
  const name = ['ReleaseWithoutSource', 'BackingGap', 'Replay'][i % 3]!
  const tx = hash(i + 1)
  return {
    at: attackAt + i * 41,
    name,
    chain: 6648936,
    tx,
    message: String(5078 + i),
    usd: i % 5 === 4 ? null : 2_326_733.03,
    severity: i % 4 === 3 ? 'high' : 'critical',
    sentence: `A release has no out leg that agrees with it (WBTC, $2.33M; chain 6648936, transaction ${tx}, message ${5078 + i}).`,
  }
}

function decision(i: number) {
  const at = from + i * 11 * day
  return {
    at,
    sentence: `guard ${40 + (i % 7)}%, bond ${38 - (i % 5)}%, govern ${22 + (i % 5) - (i % 7)}%; bond pressed most by breadth (rank 0.${60 + i}).`,
  }
}

// A wave between 0 and 1 that looks uneven; no randomness, so that a page can be compared byte by byte.
function wave(i: number, seed: number): number {
  return (Math.sin(i * (0.9 + seed * 0.13)) + Math.sin(i * 0.37 * seed + seed) + 2) / 4
}

function hash(i: number): string {
  return `0x${(0x40163166n * BigInt(i)).toString(16).padStart(8, '0').repeat(8).slice(0, 64)}`
}

function cents(dollars: number): number {
  return Math.round(dollars * 100) / 100
}
