import type { UnixTime } from '../../units/UnixTime.ts'
import { hour } from '../../units/UnixTime.ts'
import type { Bridge, Chain, Token } from '../Bridge.ts'
import type { BridgeEvent } from '../BridgeEvent.ts'
import { compare } from '../BridgeEvent.ts'
import { begin, dollarsOf, legs, type Transfer, whole } from './sampleBridge.ts'

/** What somebody would like to send: cut down to what there is on the chain it comes from. */
export type Wish = {
  readonly token: number
  readonly from: number
  /** steps to the destination, counted from the chain after `from` */
  readonly to: number
  readonly amount: bigint
  /** seconds after the wish before */
  readonly wait: number
  /** seconds from finality to the in leg */
  readonly delay: number
}

/**
 * Honest transfers: nothing is sent that is not there, and nothing arrives before its source is final.
 *
 * A token's home chain has as much as anybody wants; other chains have what arrived and was not sent on.
 */
export function honest(bridge: Bridge, wishes: readonly Wish[], start: UnixTime = begin): Transfer[] {
  const { chains, tokens } = bridge
  const wallet = new Map<string, bigint>()
  let arriving: { key: string; at: UnixTime; amount: bigint }[] = []
  const transfers: Transfer[] = []
  let at = start
  for (const wish of wishes) {
    at += wish.wait
    for (const { key, amount } of arriving.filter((arrival) => arrival.at <= at)) {
      wallet.set(key, (wallet.get(key) ?? 0n) + amount)
    }
    arriving = arriving.filter((arrival) => arrival.at > at)
    const token = tokens[wish.token % tokens.length]!
    const from = chains[wish.from % chains.length]!
    const to = chains[(wish.from + 1 + (wish.to % (chains.length - 1))) % chains.length]!
    const amount =
      token.home === from.id ? wish.amount : least(wish.amount, wallet.get(keyOf(token, from)) ?? 0n)
    if (amount === 0n) continue
    if (token.home !== from.id) wallet.set(keyOf(token, from), wallet.get(keyOf(token, from))! - amount)
    const latencySeconds = from.finalitySeconds + wish.delay
    arriving.push({ key: keyOf(token, to), at: at + latencySeconds, amount })
    const message = String(transfers.length)
    transfers.push({
      token,
      from,
      to,
      amount,
      message,
      at,
      latencySeconds,
      beneficiary: `user-${wish.token}`,
    })
  }
  return transfers
}

/** Steady traffic on every lane in turn: one transfer a minute, from a tenth to ten times as many dollars. */
export function steady(bridge: Bridge, count: number, start: UnixTime = begin, dollars = 100): Transfer[] {
  const { chains, tokens } = bridge
  const routes = chains.length * (chains.length - 1)
  const wishes = Array.from({ length: count }, (_, i): Wish => {
    const token = i % tokens.length
    const route = Math.floor(i / tokens.length) % routes
    const size = sizes[(i * 7 + Math.floor(i / 11)) % sizes.length]! * dollars
    return {
      token,
      from: route % chains.length,
      to: Math.floor(route / chains.length),
      amount: whole(tokens[token]!, size / dollarsOf(tokens[token]!)),
      wait: 60,
      delay: (i * 37) % hour,
    }
  })
  return honest(bridge, wishes, start)
}

/** Both legs of all transfers, in the order of time. */
export function inOrder(transfers: readonly Transfer[]): BridgeEvent[] {
  return transfers.flatMap(legs).sort(compare)
}

const sizes = [0.1, 0.2, 0.5, 1, 1, 2, 5, 10]

function keyOf(token: Token, chain: Chain): string {
  return `${token.symbol}@${chain.id}`
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}
