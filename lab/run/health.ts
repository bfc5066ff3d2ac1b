import * as Escrow from '@cutwater/contracts/generated/Escrow.ts'
import { day } from '@cutwater/core/units/UnixTime.ts'
import { formatEther, type Hex, parseEventLogs } from 'viem'
import type { Depositors } from '../agents/Depositors.ts'
import { coinOf, type Place, places, usdOf } from '../bridge/Coins.ts'
import { blockSeconds } from '../bridge/finality.ts'
import * as Scale from '../bridge/Scale.ts'
import { coinAt, type Twin } from '../bridge/Twin.ts'
import type { World } from '../World.ts'

/** How a bridge served honest people before, during and after an attack. */
export type Health = { readonly before: Served; readonly during: Served; readonly after: Served }

/** One span of it; figures are null where nobody tried to send anything. Dollars. */
export type Served = {
  readonly blocks: number
  /** what people tried to send, the same over every bridge */
  readonly triedUsd: number
  /** the share of it that was paid out before the drill ended */
  readonly deliveredShare: number | null
  /** the bridge's GDP: value settled honestly a day, if people sent as much in every span of the drill */
  readonly nominalUsdPerDay: number | null
  /** the same at what it cost before the attack to move a basket of transfers */
  readonly realUsdPerDay: number | null
}

/** A block between two spans, and what the twin had lost by then, dollars. */
export type Mark = { readonly height: number; readonly lostUsd: number }

/** Where the three spans begin and end. */
export type Marks = Readonly<Record<'begins' | 'attacked' | 'ended' | 'closes', Mark>>

/** Measures the health of a twin on chain, by what people tried to send over it. */
export async function healthOf(
  world: World,
  twin: Twin,
  { tried }: Pick<Depositors, 'tried'>,
  marks: Marks,
): Promise<Health> {
  const { begins, attacked, ended, closes } = marks
  const legs = await honestLegs(world, twin, begins.height, closes.height)
  const days = ((closes.height - begins.height) * blockSeconds) / day
  const locked = Scale.lockedDollars(world.scale)
  const span = (from: Mark, to: Mark): Span => {
    const isWithin = ({ block }: { readonly block: number }) => block > from.height && block <= to.height
    const paid = legs.filter(isWithin)
    const triedUsd = triedIn(tried.filter(isWithin))
    const gap = locked > 0 ? Math.min(1, to.lostUsd / locked) : 0
    return { blocks: to.height - from.height, triedUsd, paid, cost: basketCost(paid, gap) }
  }
  const before = span(begins, attacked)
  const inAll = tried.filter(({ block }) => block > begins.height && block <= closes.height)
  const base = { demand: triedIn(inAll) / days, cost: before.cost }
  return {
    before: served(before, base),
    during: served(span(attacked, ended), base),
    after: served(span(ended, closes), base),
  }
}

/** What is sent in a span, and what the basket costs in it; null where nothing arrived that would show it. */
type Span = {
  readonly blocks: number
  readonly triedUsd: number
  readonly paid: readonly Leg[]
  readonly cost: number | null
}

/** The basket of a bridge's CPI: one transfer of each size, dollars. */
const basket = [1_000, 10_000, 100_000]

/** Gas of both legs, and what a token that arrives lacks of its backing. */
function basketCost(paid: readonly Leg[], gap: number): number | null {
  if (paid.length === 0) return null
  const gas = paid.reduce((sum, { gasUsd }) => sum + gasUsd, 0) / paid.length
  return basket.reduce((sum, size) => sum + gas + gap * size, 0)
}

/** A transfer of honest people that arrived, by the block it was sent in. */
type Leg = {
  readonly block: number
  readonly usd: number
  /** what the gas of both legs cost */
  readonly gasUsd: number
}

function served(
  { blocks, triedUsd, paid, cost }: Span,
  base: { readonly demand: number; readonly cost: number | null },
): Served {
  if (triedUsd === 0)
    return { blocks, triedUsd, deliveredShare: null, nominalUsdPerDay: null, realUsdPerDay: null }
  const deliveredShare = paid.reduce((sum, { usd }) => sum + usd, 0) / triedUsd
  const nominalUsdPerDay = base.demand * deliveredShare
  const isPriced = cost !== null && base.cost !== null
  return {
    blocks,
    triedUsd,
    deliveredShare,
    nominalUsdPerDay,
    realUsdPerDay: isPriced ? (nominalUsdPerDay * base.cost) / cost : nominalUsdPerDay === 0 ? 0 : null,
  }
}

function triedIn(tried: Depositors['tried']): number {
  return tried.reduce((sum, { dollars }) => sum + dollars, 0)
}

// What honest people sent from one block to another and was paid out.
async function honestLegs(world: World, twin: Twin, begins: number, closes: number): Promise<readonly Leg[]> {
  const people = new Set<string>(world.accounts.depositors.map(({ address }) => address))
  const told = { north: await readAt(world, twin, 'north'), south: await readAt(world, twin, 'south') }
  const paid = new Map<Hex, { tx: Hex; place: Place }>()
  for (const place of places)
    for (const { args, transactionHash } of told[place].settled)
      if (!paid.has(args.id)) paid.set(args.id, { tx: transactionHash, place })
  const sent = places.flatMap((place) =>
    told[place].sent.flatMap(({ args, blockNumber, transactionHash }) => {
      const block = Number(blockNumber)
      const isHonest = people.has(args.sender.toLowerCase()) && block > begins && block <= closes
      return isHonest ? [{ place, block, tx: transactionHash, ...args }] : []
    }),
  )
  const legs = await Promise.all(
    sent.map(async ({ place, block, tx, id, tokenSource, amount }): Promise<Leg[]> => {
      const arrived = paid.get(id)
      if (arrived === undefined) return []
      const gas = await Promise.all([gasOf(world, place, tx), gasOf(world, arrived.place, arrived.tx)])
      const gasUsd = (gas[0] + gas[1]) * coinOf('ETH').price
      return [{ block, usd: usdOf(coinAt(twin, place, tokenSource), amount) / 100, gasUsd }]
    }),
  )
  return legs.flat()
}

async function readAt({ chains }: World, { ends }: Twin, place: Place) {
  const { abi } = Escrow
  const range = { fromBlock: 0n, toBlock: 'latest' } as const
  const logs = await chains[place].client.getLogs({ address: ends[place].escrow, ...range })
  return {
    sent: parseEventLogs({ abi, logs, eventName: ['Locked', 'Burned'] }),
    settled: parseEventLogs({ abi, logs, eventName: ['Minted', 'Released'] }),
  }
}

async function gasOf({ chains }: World, place: Place, hash: Hex): Promise<number> {
  const { gasUsed, effectiveGasPrice } = await chains[place].client.getTransactionReceipt({ hash })
  return Number(formatEther(gasUsed * effectiveGasPrice))
}
