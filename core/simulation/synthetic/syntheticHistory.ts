import type { Bridge } from '../../bridge/Bridge.ts'
import * as BridgeEvent from '../../bridge/BridgeEvent.ts'
import type { PricePoint } from '../../bridge/Observation.ts'
import { CutwaterError } from '../../units/CutwaterError.ts'
import type { UnixTime } from '../../units/UnixTime.ts'
import { day } from '../../units/UnixTime.ts'
import * as Rng from '../Rng.ts'
import { haltAfterSeconds } from './Assumptions.ts'
import type { AttackKind, Loot } from './attackReleases.ts'
import { attackKinds, attackReleases, leadDays } from './attackReleases.ts'
import { honestTraffic, season } from './honestTraffic.ts'
import { centWithoutSource, hurrySomeMints, oddTransfers } from './oddities.ts'
import { pricePath, pricePoints } from './pricePath.ts'
import { assets, contractOn, homeOf, north, south, syntheticBridge } from './syntheticBridge.ts'
import type { Oddity, Transfer } from './Transfer.ts'
import { inLeg, outLeg, sourceOf } from './Transfer.ts'

/** A made-up past of a made-up bridge, in the shape of a loaded history and with its oddities named. */
export type SyntheticHistory = {
  readonly bridge: Bridge
  /** in the order of `BridgeEvent.compare`; a price stands before the events of its second */
  readonly observations: readonly (BridgeEvent.BridgeEvent | PricePoint)[]
  /** ids of the attack's releases */
  readonly attack: ReadonlySet<string>
  /** by id of the in leg: what is unusual about an honest event */
  readonly oddities: ReadonlyMap<string, Oddity>
  readonly source: string
}

export type Options = {
  /** whole number, 0 to 2^53 - 1 */
  readonly seed: number
  /** whole number, 30 to 3,650 */
  readonly days?: number
  /** traffic over that of a bridge the size of Nomad, 0.01 to 100 */
  readonly scale?: number
  /** one attack near the end, or none */
  readonly attack?: AttackKind | 'none'
}

/**
 * A bridge's past made from a seed: honest traffic with the rhythm, sizes and delays measured on a real bridge,
 * a few oddities, and one attack near its end that takes only what is there. After it the bridge stands still.
 *
 * The same seed gives the same history on any machine with the same JavaScript engine; another engine may
 * round `Math.exp` or `**` differently in the last place and so move an amount by a unit. Each assumption and
 * its source stands in `Assumptions.ts`.
 *
 * @throws HISTORY_OPTION_INVALID
 *
 * @example
 * syntheticHistory({ seed: 7 }).source // 'synthetic, seed 7'
 */
export function syntheticHistory(options: Options): SyntheticHistory {
  const { seed, days, scale, attack: kind } = checked(options)
  const root = Rng.create(seed)
  const prices = assets.map((asset) =>
    pricePath(Rng.fork(Rng.fork(root, 'prices'), asset.token.symbol), asset, days),
  )
  const transfers = honestTransfers(root, days, scale, prices)
  const end = start + days * day
  const honest = {
    events: [] as BridgeEvent.BridgeEvent[],
    oddities: new Map<BridgeEvent.BridgeEvent, Oddity>(),
  }
  for (const transfer of transfers) addLegs(honest, transfer, end)
  addCent(honest, Rng.fork(root, 'cent'), days, transfers.length)
  honest.events.sort(BridgeEvent.compare)

  const attacked =
    kind === 'none' ? [] : attackOn(honest.events, transfers, prices, kind, Rng.fork(root, 'attack'), end)
  const haltAt = attacked.length === 0 ? end : attacked.at(-1)!.at + haltAfterSeconds
  const lived = honest.events.filter((event) => event.at <= haltAt)
  const points = assets.flatMap((asset, index) => pricePoints(asset, prices[index]!, start))
  return {
    bridge: syntheticBridge,
    observations: merge(points, [...lived, ...attacked].sort(BridgeEvent.compare)),
    attack: new Set(attacked.map(BridgeEvent.id)),
    oddities: upTo(haltAt, honest.oddities),
    source: `synthetic, seed ${seed}`,
  }
}

/** 1 January 2024, where every synthetic history begins. */
export const start: UnixTime = 1_704_067_200

type Honest = {
  readonly events: BridgeEvent.BridgeEvent[]
  readonly oddities: Map<BridgeEvent.BridgeEvent, Oddity>
}

/** Both ways and all tokens, in the order of their out legs and numbered by route in that order. */
function honestTransfers(
  root: Rng.Rng,
  days: number,
  scale: number,
  prices: readonly number[][],
): Transfer[] {
  const traffic = season(Rng.fork(root, 'season'), start, days, scale)
  const streams = Rng.fork(root, 'traffic')
  const transfers = assets.flatMap((asset, index) =>
    honestTraffic(Rng.fork(streams, asset.token.symbol), asset, traffic, prices[index]!),
  )
  const odd = Rng.fork(root, 'oddities')
  hurrySomeMints(odd, transfers)
  transfers.push(...oddTransfers(odd, start, days))
  transfers.sort((a, b) => a.outAt - b.outAt || (a.outTx < b.outTx ? -1 : 1))
  const next = new Map([
    [north.id, 0],
    [south.id, 0],
  ])
  for (const transfer of transfers) {
    const source = sourceOf(transfer).id
    const nonce = next.get(source)!
    transfer.message = String(nonce)
    next.set(source, nonce + 1)
  }
  return transfers
}

function addLegs({ events, oddities }: Honest, transfer: Transfer, end: UnixTime): void {
  if (transfer.outAt >= end) return
  events.push(outLeg(transfer))
  if (transfer.inAt === null || transfer.inAt >= end) return
  const arrival = inLeg(transfer, transfer.inAt)
  events.push(arrival)
  if (transfer.oddity !== null) oddities.set(arrival, transfer.oddity)
}

function addCent({ events, oddities }: Honest, rng: Rng.Rng, days: number, transferCount: number): void {
  const cent = centWithoutSource(rng, start, days, String(transferCount + 100_000))
  events.push(cent)
  oddities.set(cent, 'release without source')
}

function attackOn(
  events: readonly BridgeEvent.BridgeEvent[],
  transfers: readonly Transfer[],
  prices: readonly number[][],
  kind: AttackKind,
  rng: Rng.Rng,
  end: UnixTime,
): BridgeEvent.BridgeEvent[] {
  const at = end - leadDays(kind) * day + Rng.integer(rng, day / 2)
  const loot = lootFrom(events, at, prices)
  const burned = transfers.filter((transfer) => sourceOf(transfer) === south && transfer.outAt < at)
  const ids = {
    settled: burned
      .filter((transfer) => transfer.inAt !== null && transfer.inAt < at)
      .map((each) => each.message),
    open: burned.filter((transfer) => transfer.inAt === null).map((each) => each.message),
    ahead: transfers.length,
  }
  return attackReleases(rng, kind, at, loot, ids)
}

/**
 * For each token locked on Northbank the least that honest traffic leaves there from `at` to the end, so that
 * no honest release fails for want of what the attacker took.
 */
function lootFrom(
  events: readonly BridgeEvent.BridgeEvent[],
  at: UnixTime,
  prices: readonly number[][],
): Loot[] {
  const onDay = Math.floor((at - start) / day)
  const rows = assets
    .map((asset, index) => ({ asset, price: prices[index]![onDay]! }))
    .filter(({ asset }) => homeOf(asset) === north)
    .map((row) => ({ ...row, locked: 0n, left: null as bigint | null }))
  const byContract = new Map(rows.map((row) => [contractOn(row.asset, north), row]))
  for (const event of events) {
    if (event.chain !== north.id) continue
    const row = byContract.get((event.kind === 'lock' ? event.tokenSource : event.token) ?? '')
    if (row === undefined) continue
    if (event.at >= at && row.left === null) row.left = row.locked
    if (event.kind === 'lock') row.locked += event.amount
    if (event.kind === 'release') row.locked -= event.amount
    if (row.left !== null && row.locked < row.left) row.left = row.locked
  }
  return rows.map(({ asset, price, locked, left }) => ({ asset, price, left: left ?? locked }))
}

function merge(
  points: readonly PricePoint[],
  events: readonly BridgeEvent.BridgeEvent[],
): (BridgeEvent.BridgeEvent | PricePoint)[] {
  const ordered = [...points].sort((a, b) => a.at - b.at || (a.priceId < b.priceId ? -1 : 1))
  const merged: (BridgeEvent.BridgeEvent | PricePoint)[] = []
  let next = 0
  for (const event of events) {
    while (next < ordered.length && ordered[next]!.at <= event.at) merged.push(ordered[next++]!)
    merged.push(event)
  }
  return [...merged, ...ordered.slice(next)]
}

function upTo(haltAt: UnixTime, oddities: Honest['oddities']): Map<string, Oddity> {
  const lived = [...oddities].filter(([event]) => event.at <= haltAt)
  return new Map(lived.map(([event, oddity]) => [BridgeEvent.id(event), oddity]))
}

function checked({ seed, days = 240, scale = 1, attack = 'copycat drain' }: Options): Required<Options> {
  if (!Number.isInteger(days) || days < 30 || days > 3_650) {
    throw optionInvalid('days', days, 'a whole number from 30 to 3650')
  }
  if (!(scale >= 0.01 && scale <= 100)) throw optionInvalid('scale', scale, 'a number from 0.01 to 100')
  if (attack !== 'none' && !attackKinds.includes(attack)) {
    throw optionInvalid('attack', attack, `one of ${['none', ...attackKinds].join(', ')}`)
  }
  return { seed, days, scale, attack }
}

function optionInvalid(name: string, value: unknown, right: string): CutwaterError {
  return new CutwaterError('HISTORY_OPTION_INVALID', `${name} is ${String(value)}`, { right })
}
