import { day } from '../../units/UnixTime.ts'
import type { Chain, Token } from '../Bridge.ts'
import type { BridgeBook } from '../BridgeBook.ts'
import type { BridgeEvent } from '../BridgeEvent.ts'
import type * as Policy from '../BridgePolicy.ts'
import { step } from '../step.ts'
import {
  alpha,
  begin,
  beta,
  dollarsOf,
  gold,
  outLeg,
  price,
  sampleBook,
  sampleBridge,
  silver,
  whole,
} from './sampleBridge.ts'
import { inOrder, steady } from './traffic.ts'

/** A book that has seen days of honest traffic on every lane, and the traffic that would come next. */
export type Warm = { readonly book: BridgeBook; readonly next: readonly BridgeEvent[] }

export type Options = Policy.Options & {
  readonly policy?: Policy.PolicyName
  readonly chains?: readonly Chain[]
  readonly tokens?: readonly Token[]
  /** dollars of each token locked from the start */
  readonly vaultUsd?: number
  /** what a usual transfer moves, as a share of that */
  readonly usualShare?: number
  readonly days?: number
}

/** Gold at $1 and silver at $20 on two chains, $10M of each locked. */
export function warmBook(options: Options = {}): Warm {
  const {
    policy = 'adaptive',
    chains = [alpha, beta],
    tokens = [gold, silver],
    vaultUsd = 1e7,
    usualShare = 0.0005,
    days = 4,
  } = options
  const bridge = sampleBridge(chains, tokens)
  const book = sampleBook(policy, options, bridge)
  for (const token of tokens) {
    if (token.priceId !== null) step(book, price(token, dollarsOf(token)))
    step(book, vault(token, chains, vaultUsd))
  }
  const perDay = 1_440
  const traffic = inOrder(steady(bridge, perDay * (days + 2), begin + 60, vaultUsd * usualShare))
  const end = traffic.findIndex(({ at }) => at > begin + days * day)
  for (const event of traffic.slice(0, end)) step(book, event)
  return { book, next: traffic.slice(end) }
}

// Locked long ago by people whose mints nobody waits for: value, but no sample of what a usual transfer is.
function vault(token: Token, chains: readonly Chain[], usd: number): BridgeEvent {
  const from = chains.find(({ id }) => id === token.home)!
  const to = chains.find(({ id }) => id !== token.home)!
  const amount = whole(token, usd / dollarsOf(token))
  return outLeg({ token, from, to, amount, message: `vault-${token.symbol}`, at: begin })
}
