import type { Attack, PolicyResult, ReplayResult } from '@cutwater/engine/replay/ReplayResult.ts'

/** What the first screen is about: one attack, one row a policy. */
export type Headline = {
  readonly attack: Attack
  /** one row a policy, in the order asked for */
  readonly rows: readonly PolicyResult[]
  /** the policy the answer is about: the adaptive ladder where it ran */
  readonly lead: PolicyResult | undefined
  /** what it is compared with */
  readonly others: readonly PolicyResult[]
  /** the lead against watchers that are lied to, where that was run */
  readonly deceived: PolicyResult | undefined
  readonly hasAttack: boolean
  /** the ladder's base as people call it, "4/4/2" */
  readonly ladder: string | undefined
}

/** Picks them: the recorded attack, and each policy at its highest level. */
export function of(result: ReplayResult): Headline {
  const attack = attacksOf(result)[0] ?? 'recorded'
  const rows = highestRows(result, attack)
  const named = (name: string) => rows.find((row) => row.name === name)
  // The same choice as the replay's own, so that series and decisions are the lead's.
  const lead = named('adaptive') ?? rows.find((row) => row.level > 0) ?? rows[0]
  const others = [named('static'), named('none')].filter((row) => row !== undefined && row !== lead)
  const hasAttack = result.baselineLossUsd > 0 || result.attackReleases > 0
  const ladder = ladderOf(named('static'))
  return {
    attack,
    rows,
    lead,
    others: others as PolicyResult[],
    deceived: deceivedOf(result, lead),
    hasAttack,
    ladder,
  }
}

/** One row a policy for an attack, at the highest level that was run, in the order asked for. */
export function highestRows({ policies }: ReplayResult, attack: Attack): readonly PolicyResult[] {
  const ofAttack = policies.filter((policy) => policy.attack === attack)
  return [...new Set(ofAttack.map(({ name }) => name))].map((name) => highest(ofAttack, name))
}

/** The attacks that were run, recorded first. */
export function attacksOf(result: ReplayResult): readonly Attack[] {
  return attackOrder.filter((attack) => result.policies.some((policy) => policy.attack === attack))
}

/** A policy's name as a person says it. */
export function label(name: string, ladder?: string): string {
  const text = labels[name] ?? name
  return isLadder(name) && ladder !== undefined ? `${text} ${ladder}` : text
}

/** What a level does, in a word. */
export function levelWord(level: number): string {
  return levelWords[level] ?? ''
}

export function isLadder(name: string): boolean {
  return name === 'static' || name === 'adaptive'
}

function deceivedOf({ policies }: ReplayResult, lead: PolicyResult | undefined): PolicyResult | undefined {
  return policies.find(
    (row) => row.attack === 'deceived' && row.name === lead?.name && row.level === lead?.level,
  )
}

function highest(rows: readonly PolicyResult[], name: string): PolicyResult {
  return rows.filter((row) => row.name === name).reduce((best, row) => (row.level > best.level ? row : best))
}

// Weights in tenths, where they are whole tenths: 0.4, 0.4, 0.2 read as 4/4/2.
function ladderOf(policy: PolicyResult | undefined): string | undefined {
  if (policy === undefined) return undefined
  const tenths = [policy.weights.near, policy.weights.mid, policy.weights.far].map((weight) => weight * 10)
  const isWhole = tenths.every((value) => Math.abs(value - Math.round(value)) < 1e-6)
  return isWhole ? tenths.map(Math.round).join('/') : undefined
}

const attackOrder: readonly Attack[] = ['recorded', 'split', 'slow', 'deceived']

const levelWords = ['observe', 'pause', 'limit', 'prove']

const labels: Readonly<Record<string, string>> = {
  none: 'no protection',
  rigid: 'signers only',
  'near-only': 'guard only',
  'mid-only': 'bond only',
  'far-only': 'govern only',
  static: 'static',
  adaptive: 'adaptive',
}
