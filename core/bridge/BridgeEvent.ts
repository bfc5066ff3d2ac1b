import type { UnixTime } from '../units/UnixTime.ts'

/** The numeric id a bridge gives a chain: an EIP-155 id or the bridge's own domain. */
export type ChainId = number

/**
 * The four things a bridge does. `lock` and `burn` are the *out* leg on the source chain, `mint` and
 * `release` the *in* leg on the destination. A lock is answered by a mint (a deposit), a burn by a
 * release (a withdrawal).
 */
export type Kind = 'lock' | 'mint' | 'burn' | 'release'

/** One leg of a transfer, as a chain's log shows it. */
export type BridgeEvent = {
  readonly kind: Kind
  readonly at: UnixTime
  /** the chain this leg happened on */
  readonly chain: ChainId
  /** the chain of the other leg */
  readonly peer: ChainId
  readonly tx: string
  /** position of the log in its transaction or block; with chain and tx the event's identity */
  readonly index: number
  readonly block: number | null
  /** message id or nonce of the route, as text */
  readonly message: string
  /** token contract on the chain of the out leg; null where the log does not say */
  readonly tokenSource: string | null
  /** token contract on the chain of the in leg; null where the log does not say */
  readonly token: string | null
  readonly sender: string | null
  readonly beneficiary: string
  /** raw token units, >= 0 */
  readonly amount: bigint
}

export function isOut(kind: Kind): boolean {
  return kind === 'lock' || kind === 'burn'
}

/**
 * The identity of an event on every run and every machine.
 *
 * @example
 * BridgeEvent.id({ chain: 1, tx: '0xab', index: 2 }) // '1:0xab:2'
 */
export function id(event: Pick<BridgeEvent, 'chain' | 'tx' | 'index'>): string {
  return `${event.chain}:${event.tx}:${event.index}`
}

/**
 * Orders events across chains: time, out legs before in legs, chain, block, transaction, log.
 *
 * Out legs come first because an in leg may answer an out leg of the same second, never the reverse; so the
 * order inside one timestamp does not depend on the order of the file.
 */
export function compare(a: BridgeEvent, b: BridgeEvent): number {
  return (
    a.at - b.at ||
    Number(isOut(b.kind)) - Number(isOut(a.kind)) ||
    a.chain - b.chain ||
    (a.block ?? 0) - (b.block ?? 0) ||
    compareText(a.tx, b.tx) ||
    a.index - b.index
  )
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
