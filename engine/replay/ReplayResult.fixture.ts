import { expect } from 'vitest'

// What the keys of a replay hold: a kind of value, a list of one shape, a record of one shape by any name, or a shape.
// `money` is dollars in whole cents, not below zero; `or null` where nothing may be known.
type Shape = string | readonly [Shape] | { readonly [key: string]: Shape }

const layers = { near: 'number', mid: 'number', far: 'number' }
const held = { count: 'count', usd: 'money', hours: 'number' }
const pause = { at: 'time', scope: 'scope', until: 'time or null', reason: 'text' }
const finding = {
  at: 'time',
  name: 'text',
  chain: 'count',
  tx: 'text',
  message: 'text',
  usd: 'money or null',
}

const policy = {
  name: 'text',
  level: 'level',
  attack: 'attack',
  lostUsd: 'money',
  preventedUsd: 'money',
  coveredUsd: 'money',
  backstoppedUsd: 'money',
  shortfallUsd: 'money',
  carryUsdPerYear: 'money',
  frictionUsd: 'money',
  boundUsd: 'money or null',
  held,
  meanWaitSeconds: 'number',
  honestReleases: 'count',
  heldMints: held,
  honestMints: 'count',
  refused: { count: 'count', usd: 'money' },
  pauses: [pause] as const,
  weights: layers,
}

const series = {
  at: ['time'],
  lockedUsd: ['money'],
  inflowUsd: ['number'],
  outflowUsd: ['number'],
  findings: ['count'],
  stress: { near: ['number'], mid: ['number'], far: ['number'] },
  weights: { near: ['number'], mid: ['number'], far: ['number'] },
  boundUsd: ['money or null'],
} as const

const result: Shape = {
  bridge: { name: 'text', synthetic: 'boolean', source: 'text' },
  range: { from: 'time', to: 'time', events: 'count' },
  posture: 'text',
  matched: { deposits: 'count', withdrawals: 'count' },
  finalityBreaches: { deposits: 'count', withdrawals: 'count' },
  withoutSource: { releases: 'count', mints: 'count' },
  findings: { '*': 'count' },
  baselineLossUsd: 'money',
  attackReleases: 'count',
  firstAttackFinding: finding,
  policies: [policy],
  lossByReaction: [{ seconds: 'count', usd: 'money' }],
  series,
  notable: [{ ...finding, severity: 'text', sentence: 'text' }],
  decisions: [{ at: 'time', sentence: 'text' }],
  parameters: [{ name: 'text', value: 'number or text', unit: 'text', source: 'text' }],
  notes: ['text'],
}

/** Fails unless `json` has every key of a replay, each with a value of its kind, and no other key. */
export function expectReplayJson(json: unknown): void {
  expect([...faultsOf(json, result, '$')].slice(0, 10)).toEqual([])
}

function* faultsOf(value: unknown, shape: Shape, path: string): Generator<string> {
  if (typeof shape === 'string') {
    if (!kinds[shape]!(value)) yield `${path} is ${JSON.stringify(value)}, no ${shape}`
  } else if (Array.isArray(shape)) {
    if (!Array.isArray(value)) yield `${path} is no list`
    else for (const [index, item] of value.entries()) yield* faultsOf(item, shape[0], `${path}[${index}]`)
  } else if (typeof value !== 'object' || value === null) yield `${path} is no object`
  else yield* faultsOfKeys(value as Record<string, unknown>, shape as Readonly<Record<string, Shape>>, path)
}

function* faultsOfKeys(
  value: Record<string, unknown>,
  shape: Readonly<Record<string, Shape>>,
  path: string,
): Generator<string> {
  const wanted = shape['*'] === undefined ? Object.keys(shape) : Object.keys(value)
  for (const key of new Set([...wanted, ...Object.keys(value)])) {
    const of = shape['*'] ?? shape[key]
    if (of === undefined) yield `${path}.${key} is not in the contract`
    else if (!(key in value)) yield `${path}.${key} is missing`
    else yield* faultsOf(value[key], of, `${path}.${key}`)
  }
}

const kinds: Readonly<Record<string, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string' && value !== '',
  boolean: (value) => typeof value === 'boolean',
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  'number or text': (value) => kinds.number!(value) || kinds.text!(value),
  count: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
  time: (value) => Number.isSafeInteger(value) && Number(value) > 1_500_000_000,
  'time or null': (value) => value === null || kinds.time!(value),
  money: (value) => kinds.number!(value) && Number(value) >= 0 && isWholeCents(Number(value)),
  'money or null': (value) => value === null || kinds.money!(value),
  level: (value) => [0, 1, 2, 3].includes(Number(value)) && typeof value === 'number',
  attack: (value) => ['recorded', 'split', 'slow', 'deceived'].includes(String(value)),
  scope: (value) => typeof value === 'string' && /^(?:bridge$|(?:message|token|route):.)/.test(value),
}

function isWholeCents(dollars: number): boolean {
  return Math.round(dollars * 100) / 100 === dollars
}
