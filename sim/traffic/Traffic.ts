import type { ChainId } from '@cutwater/core/bridge/BridgeEvent.ts'
import * as Rng from '@cutwater/core/simulation/Rng.ts'
import * as Chain from '../chain/Chain.ts'
import type { Leg } from '../chain/Tx.ts'
import * as Setting from '../Setting.ts'
import type * as World from '../World.ts'

/** A transfer over the bridge, as the one who makes it means it. */
export type Transfer = {
  readonly symbol: string
  readonly from: ChainId
  readonly to: ChainId
  readonly message: string
  readonly amount: bigint
}

/** What the bridge's users have sent, by route. */
export type Traffic = {
  /** the last message id of each route */
  readonly messages: Map<string, number>
  /** transfers whose in leg is not sent yet */
  readonly open: Map<string, Transfer>
  /** transfers whose in leg has been sent */
  readonly relayed: Transfer[]
}

export function create(): Traffic {
  return { messages: new Map(), open: new Map(), relayed: [] }
}

export function nextMessage({ messages }: Traffic, from: ChainId, to: ChainId): string {
  const route = `${from}>${to}`
  const next = (messages.get(route) ?? 0) + 1
  messages.set(route, next)
  return String(next)
}

export function txOf(what: string, { from, to, message }: Pick<Transfer, 'from' | 'to' | 'message'>): string {
  return `0x${what}-${from}-${to}-${message}`
}

/** The leg that leaves. */
export function outLeg({ setting }: World.World, transfer: Transfer): Leg {
  const { from, to, symbol } = transfer
  const kind = Setting.homeOf(setting, symbol) === from ? 'lock' : 'burn'
  return { kind, chain: from, peer: to, ...common(transfer) }
}

/** The leg that arrives. */
export function inLeg({ setting }: World.World, transfer: Transfer): Leg {
  const { from, to, symbol } = transfer
  const kind = Setting.homeOf(setting, symbol) === to ? 'release' : 'mint'
  return { kind, chain: to, peer: from, ...common(transfer) }
}

/** Two chains of the bridge, one to go from and one to go to. */
export function pickRoute({ setting, rng }: World.World): { from: ChainId; to: ChainId } {
  const [from, to] = Rng.shuffle(
    rng,
    setting.chains.map(({ id }) => id),
  )
  return { from: from!, to: to! }
}

/** Dollars that all escrows hold, as the chains stand. */
export function lockedUsd({ setting, chains }: World.World): number {
  return Setting.symbols.reduce((sum, symbol) => {
    const home = Setting.homeOf(setting, symbol)
    const chain = chains.find((each) => each.setting.id === home)!
    const token = Setting.addressOf(symbol, home)
    return sum + Setting.dollarsOf(setting, token, Chain.tip(chain).state.balances.get(token)!)
  }, 0)
}

function common({ symbol, from, to, message, amount }: Transfer) {
  return {
    message,
    tokenSource: Setting.addressOf(symbol, from),
    token: Setting.addressOf(symbol, to),
    sender: null,
    beneficiary: `0xuser${Number(message) % 7}`,
    amount,
  }
}
