import type { UnixTime } from '../../units/UnixTime.ts'
import { day, hour } from '../../units/UnixTime.ts'
import * as Distribution from '../Distribution.ts'
import * as Rng from '../Rng.ts'
import * as Assumptions from './Assumptions.ts'
import type { Asset } from './syntheticBridge.ts'
import { awayOf, homeOf } from './syntheticBridge.ts'
import type { Transfer } from './Transfer.ts'
import { blockTime, least, randomAddress, randomTx, rawUnits } from './Transfer.ts'

export type Season = {
  readonly start: UnixTime
  readonly days: number
  /** transfers a day of all tokens, both ways, by day */
  readonly perDay: readonly number[]
  /** share of deposits in them, by day */
  readonly depositShare: readonly number[]
}

/** How much traffic each day has: growth, plateau, and a swing that outlasts the day. */
export function season(rng: Rng.Rng, start: UnixTime, days: number, scale: number): Season {
  const { deviation, correlation } = Assumptions.daySwing
  const perDay: number[] = []
  const depositShare: number[] = []
  let swing = 0
  for (let at = 0; at < days; at++) {
    const innovation = Distribution.normal(rng) * Math.sqrt(1 - correlation ** 2)
    swing = at === 0 ? Distribution.normal(rng) : correlation * swing + innovation
    const grown = ramp((at + 0.5) / days)
    const { depositsEarly, depositsLate } = Assumptions.growth
    // a lognormal swing has mean exp(deviation^2 / 2), which is taken out again
    const noise = Math.exp(deviation * swing - deviation ** 2 / 2)
    perDay.push(Assumptions.transfersPerDay * scale * grown * noise)
    depositShare.push(depositsEarly + (depositsLate - depositsEarly) * grown)
  }
  return { start, days, perDay, depositShare }
}

/** One token's transfers; each draws on streams of the token alone, so tokens do not depend on each other. */
export function honestTraffic(
  rng: Rng.Rng,
  asset: Asset,
  season: Season,
  prices: readonly number[],
): Transfer[] {
  const deposits = depositsOf(Rng.fork(rng, 'deposits'), asset, season, prices)
  return [...deposits, ...withdrawalsOf(Rng.fork(rng, 'withdrawals'), asset, season, prices, deposits)]
}

function depositsOf(rng: Rng.Rng, asset: Asset, season: Season, prices: readonly number[]): Transfer[] {
  const people: string[] = []
  const perDay = season.perDay.map((count, at) => count * season.depositShare[at]! * asset.share)
  return arrivals(rng, season.start, perDay).map((sentAt) => {
    const outAt = blockTime(homeOf(asset), sentAt)
    const sender = person(rng, people)
    return {
      asset,
      deposit: true,
      amount: rawUnits(asset, drawUsd(rng, asset), priceAt(prices, season, outAt)),
      outAt,
      outTx: randomTx(rng),
      sender,
      beneficiary: sender,
      inAt: blockTime(
        awayOf(asset),
        outAt + Distribution.fromQuantiles(rng, Assumptions.depositLatencySeconds),
      ),
      inTx: randomTx(rng),
      claimant: null,
      oddity: null,
      message: '',
    }
  })
}

// A withdrawal burns what was minted before, and only a part of it, so nothing is released that is not locked.
// Who withdraws has been paid a deposit before.
function withdrawalsOf(
  rng: Rng.Rng,
  asset: Asset,
  season: Season,
  prices: readonly number[],
  deposits: readonly Transfer[],
): Transfer[] {
  const perDay = season.perDay.map((count, at) => count * (1 - season.depositShare[at]!) * asset.share)
  const minted = deposits
    .map((deposit) => ({ at: deposit.inAt!, amount: deposit.amount, to: deposit.beneficiary }))
    .sort((a, b) => a.at - b.at)
  const withdrawals: Transfer[] = []
  let supply = 0n
  let next = 0
  for (const sentAt of arrivals(rng, season.start, perDay)) {
    const outAt = blockTime(awayOf(asset), sentAt)
    while (next < minted.length && minted[next]!.at < outAt) supply += minted[next++]!.amount
    const price = priceAt(prices, season, outAt)
    const wanted = rawUnits(asset, drawUsd(rng, asset), price)
    const amount = least(wanted, share(supply, Assumptions.largestShareOfSupply))
    if (amount === 0n) continue
    supply -= amount
    const sender = minted[Rng.integer(rng, next)]!.to
    withdrawals.push(withdrawal(rng, asset, amount, outAt, sender, price))
  }
  return withdrawals
}

function withdrawal(
  rng: Rng.Rng,
  asset: Asset,
  amount: bigint,
  outAt: UnixTime,
  sender: string,
  price: number,
): Transfer {
  const latency = Distribution.fromQuantiles(rng, Assumptions.withdrawalLatencySeconds)
  const { smallUsd, small, large } = Assumptions.neverClaimed
  const usd = (Number(amount) / 10 ** asset.token.decimals) * price
  const claimed = !Rng.chance(rng, usd < smallUsd ? small : large)
  const outTx = randomTx(rng)
  const inTx = randomTx(rng)
  const relayed = !Rng.chance(rng, Assumptions.selfCollected)
  return {
    asset,
    deposit: false,
    amount,
    outAt,
    outTx,
    sender,
    beneficiary: sender,
    inAt: claimed ? blockTime(homeOf(asset), outAt + latency) : null,
    inTx,
    claimant: relayed ? relayer : sender,
    oddity: null,
    message: '',
  }
}

/** Poisson arrivals with a daily and a weekly rhythm, rising; whole seconds. */
function arrivals(rng: Rng.Rng, start: UnixTime, perDay: readonly number[]): number[] {
  const times: number[] = []
  for (let at = start; at < start + perDay.length * day; at += hour) {
    const onDay = perDay[Math.floor((at - start) / day)]!
    const rhythm =
      Assumptions.hourWeights[(at / hour) % 24]! * Assumptions.weekdayWeights[Math.floor(at / day) % 7]!
    const inHour: number[] = []
    for (let left = Distribution.poisson(rng, (onDay * rhythm) / 24); left > 0; left--) {
      inHour.push(at + Rng.integer(rng, hour))
    }
    for (const time of inHour.sort((a, b) => a - b)) times.push(time)
  }
  return times
}

/** Someone new, or one of those who came before: who came often comes again. */
function person(rng: Rng.Rng, people: string[]): string {
  const known = people.length > 0 && !Rng.chance(rng, Assumptions.newcomers)
  const chosen = known ? Rng.pick(rng, people) : randomAddress(rng)
  people.push(chosen)
  return chosen
}

function drawUsd(rng: Rng.Rng, asset: Asset): number {
  return Distribution.fromQuantiles(rng, Assumptions.sizeUsd) * asset.sizeFactor
}

function priceAt(prices: readonly number[], season: Season, at: UnixTime): number {
  return prices[Math.min(season.days - 1, Math.floor((at - season.start) / day))]!
}

function ramp(progress: number): number {
  const { middle, width, least } = Assumptions.growth
  return Math.max(least, 1 / (1 + Math.exp(-(progress - middle) / width)))
}

function share(amount: bigint, part: number): bigint {
  return (amount * BigInt(Math.round(part * 1_000))) / 1_000n
}

const relayer = `0x${'fe'.repeat(20)}`
