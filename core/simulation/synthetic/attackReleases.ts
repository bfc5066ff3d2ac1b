import type { BridgeEvent } from '../../bridge/BridgeEvent.ts'
import type { UnixTime } from '../../units/UnixTime.ts'
import { day, minute } from '../../units/UnixTime.ts'
import * as Distribution from '../Distribution.ts'
import * as Rng from '../Rng.ts'
import { sizeUsd } from './Assumptions.ts'
import type { Asset } from './syntheticBridge.ts'
import { contractOn, north, south } from './syntheticBridge.ts'
import { blockAt, blockTime, least, randomAddress, randomTx, rawUnits } from './Transfer.ts'

/**
 * `copycat drain`: a hole anyone can use, found by one, copied by hundreds (Nomad). `single release`: one huge
 * forged message (Kelp, Wormhole). `burst`: stolen keys, a few releases in minutes (Ronin, Harmony). `slow
 * bleed`: small forged releases for two weeks, each of an ordinary size.
 */
export type AttackKind = 'copycat drain' | 'single release' | 'burst' | 'slow bleed'

export const attackKinds: readonly AttackKind[] = ['copycat drain', 'single release', 'burst', 'slow bleed']

/** What an attacker finds: for each token, what may be taken without any honest release failing. */
export type Loot = { readonly asset: Asset; readonly price: number; left: bigint }

/** Message ids an attack can use. */
export type Ids = {
  /** answered before */
  readonly settled: readonly string[]
  /** burned and never collected */
  readonly open: readonly string[]
  /** the first id the source will never reach */
  readonly ahead: number
}

/** How long before the end of the history an attack begins, in days. */
export function leadDays(kind: AttackKind): number {
  return kind === 'slow bleed' ? bleedDays + 2 : 2
}

/** The unbacked releases on Northbank, rising in time; takes what it releases out of `loot`. */
export function attackReleases(
  rng: Rng.Rng,
  kind: AttackKind,
  at: UnixTime,
  loot: Loot[],
  ids: Ids,
): BridgeEvent[] {
  if (kind === 'copycat drain') return copycatDrain(rng, at, loot, ids)
  if (kind === 'single release') return singleRelease(rng, at, loot, ids)
  if (kind === 'burst') return burst(rng, at, loot, ids)
  return slowBleed(rng, at, loot, ids)
}

// Nomad, 1 August 2022, measured: value gone in the first block 5.8 % (4 releases), after 1 min 10.1 %, 30 min
// 14.7 %, 60 min 17.3 %, 90 min 96.6 %, last release after 9,102 s. 382 releases in 167 transactions to 279
// receivers, of a few dozen amounts, under 14 ids of messages that had been used.
const drainWaves = [
  { from: 0, to: 0, releases: 4, share: 0.058 },
  { from: 12, to: 60, releases: 3, share: 0.043 },
  { from: 14 * minute, to: 30 * minute, releases: 9, share: 0.046 },
  { from: 30 * minute, to: 60 * minute, releases: 11, share: 0.026 },
  { from: 64 * minute, to: 81 * minute, releases: 311, share: 0.793 },
  { from: 81 * minute, to: 90 * minute, releases: 2, share: 0.002 },
  { from: 90 * minute, to: 9_102, releases: 42, share: 0.032 },
]

function copycatDrain(rng: Rng.Rng, at: UnixTime, loot: Loot[], ids: Ids): BridgeEvent[] {
  const crowd = { claimant: randomAddress(rng), tx: randomTx(rng), at, index: 0 }
  const replayed = Array.from({ length: 14 }, () => Rng.pick(rng, ids.settled))
  const total = usdOf(loot)
  const byDearness = [...loot].sort((a, b) => dearness(b) - dearness(a))
  const releases: BridgeEvent[] = []
  for (const [wave, { from, to, releases: count, share }] of drainWaves.entries()) {
    const usd = (total * share) / count
    for (const time of timesBetween(rng, count, at + from, at + to)) {
      joinCrowd(rng, crowd, blockTime(north, time), wave < 2)
      const message = replayed[2 * wave + Rng.integer(rng, 2)]!
      const taken = takeUsd(byDearness, usd)
      if (taken !== null) releases.push(release({ ...crowd, ...taken, message }))
    }
  }
  const unpriced = loot.find((each) => each.asset.token.priceId === null)
  if (unpriced !== undefined && unpriced.left > 0n) {
    joinCrowd(rng, crowd, blockTime(north, at + 9_102), false)
    releases.push(
      release({ ...crowd, ...take(unpriced, (unpriced.left * 9n) / 10n), message: replayed[13]! }),
    )
  }
  return releases
}

// 0.17 of the value locked was lost at Kelp (public record, `bridge_incidents.csv`).
function singleRelease(rng: Rng.Rng, at: UnixTime, loot: Loot[], ids: Ids): BridgeEvent[] {
  const largest = [...loot].sort((a, b) => usdOf([b]) - usdOf([a]))[0]!
  const wanted = rawUnits(largest.asset, usdOf(loot) * 0.17, largest.price)
  const taken = take(largest, least(wanted, largest.left))
  const who = { claimant: randomAddress(rng), tx: randomTx(rng), at: blockTime(north, at), index: 1 }
  return [release({ ...who, ...taken, message: String(ids.ahead) })]
}

// 0.64, 0.61 and 0.47 of the value locked were lost at Orbit, Poly and Gravity (public record, `bridge_incidents.csv`).
function burst(rng: Rng.Rng, at: UnixTime, loot: Loot[], ids: Ids): BridgeEvent[] {
  const claimant = randomAddress(rng)
  const worthwhile = loot.filter((each) => each.left > 0n)
  const parts = worthwhile.flatMap((each) =>
    new Array<Loot>(3).fill(each).map((one) => ({ one, part: (each.left * 6n) / 30n })),
  )
  return parts.map(({ one, part }, turn) => {
    const when = blockTime(north, at + Math.floor((turn * 5 * minute) / parts.length))
    return release({
      claimant,
      tx: randomTx(rng),
      at: when,
      index: 1,
      ...take(one, part),
      message: String(ids.ahead + turn),
    })
  })
}

// Chosen to be hard to see: sizes between an honest median and the honest p95, ids of burns nobody collected.
function slowBleed(rng: Rng.Rng, at: UnixTime, loot: Loot[], ids: Ids): BridgeEvent[] {
  const majors = loot.slice(0, 3)
  const sources = ids.open.length > 0 ? ids.open : ids.settled
  const releases: BridgeEvent[] = []
  for (const time of timesBetween(rng, 120, at, at + bleedDays * day)) {
    const from = Rng.pick(rng, majors)
    const usd = Distribution.quantile(sizeUsd, 0.5 + 0.45 * Rng.uniform(rng))
    const wanted = rawUnits(from.asset, usd, from.price)
    const amount = least(wanted, from.left / 10n)
    const who = { claimant: randomAddress(rng), tx: randomTx(rng), at: blockTime(north, time), index: 1 }
    if (amount > 0n)
      releases.push(release({ ...who, ...take(from, amount), message: Rng.pick(rng, sources) }))
  }
  return releases
}

function timesBetween(rng: Rng.Rng, count: number, first: number, last: number): number[] {
  const times = Array.from({ length: count }, () => first + Rng.integer(rng, last - first + 1))
  return times.sort((a, b) => a - b)
}

type Crowd = { claimant: string; tx: string; at: UnixTime; index: number }

// Now and then someone new, often several releases in one transaction.
function joinCrowd(rng: Rng.Rng, crowd: Crowd, at: UnixTime, first: boolean): void {
  const another = !first && Rng.chance(rng, 0.73)
  const sameTx = at === crowd.at && crowd.index > 0 && Rng.chance(rng, 0.8)
  crowd.index = sameTx ? crowd.index + 1 : 1
  if (!sameTx) crowd.tx = randomTx(rng)
  if (another) crowd.claimant = randomAddress(rng)
  crowd.at = at
}

/** The same value from the dearest token that still holds it; null when none does. */
function takeUsd(loot: readonly Loot[], usd: number): Taken | null {
  for (const each of loot) {
    if (each.asset.token.priceId === null) continue
    const amount = rawUnits(each.asset, usd, each.price)
    if (amount <= each.left) return take(each, amount)
  }
  return null
}

type Taken = { readonly asset: Asset; readonly amount: bigint }

function take(from: Loot, amount: bigint): Taken {
  from.left -= amount
  return { asset: from.asset, amount }
}

function release(of: Crowd & Taken & { readonly message: string }): BridgeEvent {
  return {
    kind: 'release',
    at: of.at,
    chain: north.id,
    peer: south.id,
    tx: of.tx,
    index: of.index,
    block: blockAt(north, of.at),
    message: of.message,
    tokenSource: null,
    token: contractOn(of.asset, north),
    sender: of.claimant,
    beneficiary: of.claimant,
    amount: of.amount,
  }
}

function usdOf(loot: readonly Loot[]): number {
  return loot
    .filter((each) => each.asset.token.priceId !== null)
    .reduce((usd, each) => usd + dearness(each) * Number(each.left), 0)
}

/** Dollars per raw unit. */
function dearness(each: Loot): number {
  return each.price / 10 ** each.asset.token.decimals
}

const bleedDays = 14
