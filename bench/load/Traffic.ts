import type { BridgeEvent } from '@cutwater/core/bridge/BridgeEvent.ts'
import * as Rng from '@cutwater/core/simulation/Rng.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import * as Plan from './Plan.ts'

/** Honest transfers between all chains: what each block holds, and what is on its way. */
export type Traffic = {
  readonly plan: Plan.Plan
  readonly rngs: readonly Rng.Rng[]
  /** by destination: what arrives in which second */
  readonly due: readonly Map<UnixTime, Sent[]>[]
  /** by destination: up to which second all has arrived */
  readonly arrived: UnixTime[]
  /** the next number of each route, by source and destination */
  readonly numbers: Map<number, number>
  /** transactions so far, for their hashes */
  transactions: number
}

type Sent = Pick<BridgeEvent, 'message' | 'peer' | 'tokenSource' | 'token' | 'beneficiary' | 'amount'> & {
  readonly nth: number
}

export function create(plan: Plan.Plan, begin: UnixTime): Traffic {
  const chains = Array.from({ length: plan.chains }, (_, nth) => nth + 1)
  return {
    plan,
    rngs: chains.map((chain) => Rng.create(plan.seed, chain)),
    due: chains.map(() => new Map()),
    arrived: chains.map(() => begin - 1),
    numbers: new Map(),
    transactions: 0,
  }
}

/** What a chain's next block holds: all that is due there, and new transfers, half of the rate. */
export function legsOf(traffic: Traffic, chain: number, block: number, at: UnixTime): readonly BridgeEvent[] {
  const { plan, rngs } = traffic
  const rng = rngs[chain - 1]!
  const legs: BridgeEvent[] = []
  for (const sent of takeDue(traffic, chain, at))
    legs.push(inLeg(traffic, sent, chain, block, at, legs.length))
  const mean = (plan.rate / 2 / plan.chains) * plan.blockSeconds
  const fresh = Math.floor(mean) + (Rng.chance(rng, mean % 1) ? 1 : 0)
  for (let nth = 0; nth < fresh; nth++) legs.push(outLeg(traffic, rng, chain, block, at, legs.length))
  return legs
}

/** How long a message takes beyond the finality of its source, at most. */
const longestSeconds = 30

function takeDue({ due, arrived }: Traffic, chain: number, at: UnixTime): readonly Sent[] {
  const own = due[chain - 1]!
  const taken: Sent[] = []
  for (let second = arrived[chain - 1]! + 1; second <= at; second++) {
    taken.push(...(own.get(second) ?? []))
    own.delete(second)
  }
  arrived[chain - 1] = at
  return taken
}

function outLeg(
  traffic: Traffic,
  rng: Rng.Rng,
  chain: number,
  block: number,
  at: UnixTime,
  index: number,
): BridgeEvent {
  const { plan, due, arrived, numbers } = traffic
  const peer = 1 + ((chain + Rng.integer(rng, plan.routes)) % plan.chains)
  const route = chain * 1_000 + peer
  const number = (numbers.get(route) ?? 0) + 1
  numbers.set(route, number)
  const nth = (route + Rng.integer(rng, 2)) % Plan.tokens
  const sent = {
    // Some bridges number their messages, some hash them: here every other route does.
    message: route % 2 === 0 ? String(number) : hashOf(route * 2 ** 30 + number),
    peer: chain,
    tokenSource: Plan.contractOf(nth, chain),
    token: Plan.contractOf(nth, peer),
    beneficiary: `0x${(0xbeef00000000 + Rng.integer(rng, users)).toString(16).padStart(40, '0')}`,
    amount: BigInt(1 + Rng.integer(rng, 1_000)) * 1_000_000n,
    nth,
  }
  const arrives = at + plan.finalitySeconds + 1 + Rng.integer(rng, longestSeconds)
  const second = Math.max(arrives, arrived[peer - 1]! + 1)
  const there = due[peer - 1]!
  const others = there.get(second)
  if (others === undefined) there.set(second, [sent])
  else others.push(sent)
  const kind = Plan.homeOf(nth, plan.chains) === chain ? 'lock' : 'burn'
  return legOf(traffic, sent, { kind, at, chain, peer, block, index })
}

const users = 1_000_000

function inLeg(traffic: Traffic, sent: Sent, chain: number, block: number, at: UnixTime, index: number) {
  const kind = Plan.homeOf(sent.nth, traffic.plan.chains) === chain ? 'release' : 'mint'
  return legOf(traffic, sent, { kind, at, chain, peer: sent.peer, block, index })
}

type Place = Pick<BridgeEvent, 'kind' | 'at' | 'chain' | 'peer' | 'block' | 'index'>

function legOf(
  traffic: Traffic,
  { message, tokenSource, token, beneficiary, amount }: Sent,
  place: Place,
): BridgeEvent {
  traffic.transactions += 1
  return {
    ...place,
    tx: hashOf(traffic.transactions),
    message,
    tokenSource,
    token,
    sender: beneficiary,
    beneficiary,
    amount,
  }
}

/** A number as a hash looks: what it costs to write and to keep is what counts here. */
export function hashOf(number: number): string {
  return `0x${number.toString(16).padStart(64, '0')}`
}
