import type { Token } from '@cutwater/core/bridge/Bridge.ts'
import { spanText } from '@cutwater/core/units/UnixTime.ts'
import * as Usd from '@cutwater/core/units/Usd.ts'
import { coinOf, coins, type Ticker, unitsOfDollars } from '@cutwater/lab/bridge/Coins.ts'
import * as Scale from '@cutwater/lab/bridge/Scale.ts'
import { formatUnits } from 'viem'
import * as Present from '../chain/present/Present.ts'

/** One part of a bridge, and whether its copy has it. */
export type Copied = {
  readonly part: string
  /** what is `shown` was read and changes nothing in the copy; of what was not read, `says` tells what stands instead */
  readonly state: 'copied' | 'shown' | 'not named' | 'not read'
  readonly says: string
}

/** A twin as large as a bridge, with all of it that could be read, and what became of each part. */
export type Likeness = { readonly scale: Scale.Scale; readonly copied: readonly Copied[] }

/**
 * What a bridge's present state makes of the lab's twin. Where chains differ the weaker one counts.
 *
 * How it works is the lab's own where it could not be read; money that could not be read is not there.
 */
export function likenessOf(present: Present.Present, tokens: readonly Token[]): Likeness {
  const { chains, timelockSeconds, money } = present
  const guards = chains.map(({ guard }) => guard)
  const guard = weakest(guards, (a, b) => ({
    level: a.level < b.level ? a.level : b.level,
    holdSeconds: Math.min(a.holdSeconds, b.holdSeconds),
    watchers: weakerSet(a.watchers, b.watchers),
  }))
  const signers = weakest(
    chains.map(({ signers }) => signers),
    weakerSet,
  )
  const stakes = had(money.stakes) ?? []
  const scale: Scale.Scale = {
    locked: Scale.perCoin((symbol) => had(tokenIn(present, symbol).locked) ?? Scale.own.locked[symbol]),
    level: had(guard)?.level ?? null,
    holdSeconds: had(guard)?.holdSeconds ?? null,
    signers: setOf(
      had(signers) ?? Scale.own.signers,
      stakes.filter(({ isSigner }) => isSigner),
    ),
    watchers: setOf(
      had(guard)?.watchers ?? Scale.own.watchers,
      stakes.filter(({ isWatcher }) => isWatcher),
    ),
    timelockSeconds: had(timelockSeconds) ?? Scale.own.timelockSeconds,
    money: {
      cover: unitsOf(had(money.coverUsd)),
      reserve: unitsOf(had(money.reserveUsd)),
      treasury: unitsOf(had(money.treasury)?.usd),
    },
  }
  const ours = `the lab’s ${setText(Scale.own.signers)}`
  const copied: readonly Copied[] = [
    ...coins.flatMap(({ symbol }) => balances(present, symbol)),
    ...tokens.filter(({ symbol }) => coins.every((coin) => coin.symbol !== symbol)).map(leftOut),
    noteOf('guard', guard, guardText, 'the level of the file, and the hold of its policy'),
    noteOf('signers', signers, setText, ours),
    ...chains.map(({ name, roles }) => shown(noteOf(`roles on ${name}`, roles, rolesText, 'the lab’s own'))),
    noteOf('timelock', timelockSeconds, span, `the lab’s ${span(Scale.own.timelockSeconds)}`),
    noteOf('stake', money.stakes, stakesText, 'none'),
    noteOf('cover', money.coverUsd, dollars, 'none'),
    noteOf('reserve', money.reserveUsd, dollars, 'none'),
    noteOf('treasury', money.treasury, treasuryText, 'none'),
  ]
  return { scale, copied }
}

function span(seconds: number): string {
  return spanText(seconds, 1)
}

function balances(present: Present.Present, symbol: Ticker): readonly Copied[] {
  const { locked, issued } = tokenIn(present, symbol)
  const whole = (raw: bigint) =>
    `${Number(formatUnits(raw, coinOf(symbol).decimals)).toLocaleString('en-US')} ${symbol}`
  const apart = (raw: bigint) => {
    const held = had(locked)
    if (held === null || held === raw) return whole(raw)
    // What is on its way is honest, and a gap is no part of what an attack would take.
    return `${whole(raw)}; the copy begins with as much as is locked, ${held > raw ? `${whole(held - raw)} more` : `${whole(raw - held)} less`}`
  }
  return [
    noteOf(`${symbol} locked`, locked, whole, `the lab’s ${whole(Scale.own.locked[symbol])}`),
    shown(noteOf(`${symbol} issued`, issued, apart, 'as much as is locked')),
  ]
}

function leftOut({ symbol }: Token): Copied {
  return {
    part: `${symbol} locked`,
    state: 'not read',
    says: 'the copy has no like of it: what an attack on it would take is not in the figures',
  }
}

function tokenIn({ tokens }: Present.Present, symbol: Ticker): Present.TokenPresent {
  return tokens.find((token) => token.symbol === symbol)!
}

function noteOf<Value>(
  part: string,
  found: Present.Known<Value>,
  says: (value: Value) => string,
  instead: string,
): Copied {
  if (Present.isKnown(found)) return { part, state: 'copied', says: says(found.value) }
  return {
    part,
    state: found.isNamed ? 'not read' : 'not named',
    says: `${found.why}; the copy has ${instead}`,
  }
}

function shown(note: Copied): Copied {
  return note.state === 'copied' ? { ...note, state: 'shown' } : note
}

/** The weaker of what all chains have; a chain that has none says so for all. */
function weakest<Value>(
  all: readonly Present.Known<Value>[],
  weaker: (a: Value, b: Value) => Value,
): Present.Known<Value> {
  const missing = all.find((each) => !Present.isKnown(each))
  if (missing !== undefined) return missing
  return { value: all.flatMap((each) => (Present.isKnown(each) ? [each.value] : [])).reduce(weaker) }
}

function weakerSet<Set extends { readonly size: number; readonly threshold: number }>(a: Set, b: Set): Set {
  return b.threshold < a.threshold || (b.threshold === a.threshold && b.size > a.size) ? b : a
}

// The cheapest first: they are the ones that an attacker would buy.
function setOf(
  { size, threshold }: { readonly size: number; readonly threshold: number },
  stakes: readonly Present.StakePresent[],
): Scale.SignerSet {
  return {
    size,
    threshold,
    stakes: stakes
      .map(({ usd }) => usd)
      .toSorted((a, b) => a - b)
      .slice(0, size),
  }
}

function guardText({ level, holdSeconds, watchers }: Present.GuardPresent): string {
  return `level ${level}, holds for ${span(holdSeconds)}, ${setText(watchers)} watchers`
}

function setText({ size, threshold }: { readonly size: number; readonly threshold: number }): string {
  return `${threshold} of ${size}`
}

function rolesText({ pausers, looseners }: Present.RolesPresent): string {
  const loosens = looseners.map(({ account, delaySeconds }) =>
    delaySeconds === null ? `${account} at once` : `${account} after ${span(delaySeconds)}`,
  )
  return `may pause: ${pausers.join(', ') || 'nobody'}; may loosen: ${loosens.join(', ') || 'nobody'}`
}

function stakesText(stakes: readonly Present.StakePresent[]): string {
  const total = stakes.reduce((sum, { usd }) => sum + usd, 0)
  const [signing, proving] = [
    stakes.filter(({ isSigner }) => isSigner),
    stakes.filter(({ isWatcher }) => isWatcher),
  ]
  return `${dollars(total)} of ${stakes.length} operators, ${signing.length} of whom sign and ${proving.length} watch`
}

function treasuryText({
  usd,
  weights: { near, mid, far },
}: {
  usd: number
  weights: Record<'near' | 'mid' | 'far', number>
}): string {
  return `${dollars(usd)}, split ${[near, mid, far].map((share) => Math.round(100 * share)).join('/')}`
}

function dollars(usd: number): string {
  return Usd.format(Usd.fromDollars(usd))
}

function unitsOf(usd: number | null | undefined): bigint {
  return unitsOfDollars(coinOf('USD'), usd ?? 0)
}

function had<Value>(found: Present.Known<Value>): Value | null {
  return Present.isKnown(found) ? found.value : null
}
