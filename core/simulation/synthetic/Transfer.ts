import type { BridgeEvent } from '../../bridge/BridgeEvent.ts'
import type { UnixTime } from '../../units/UnixTime.ts'
import * as Rng from '../Rng.ts'
import type { Asset, Bank } from './syntheticBridge.ts'
import { awayOf, contractOn, homeOf } from './syntheticBridge.ts'

/** One honest transfer with both its legs, before it has a message id. */
export type Transfer = {
  readonly asset: Asset
  /** a deposit is locked at home and minted away, a withdrawal is burned away and released at home */
  readonly deposit: boolean
  readonly amount: bigint
  readonly outAt: UnixTime
  readonly outTx: string
  readonly sender: string
  readonly beneficiary: string
  /** null when nobody ever collects it */
  inAt: UnixTime | null
  readonly inTx: string
  readonly claimant: string | null
  oddity: Oddity | null
  message: string
}

/** What is unusual about an honest event though nobody attacks. */
export type Oddity = 'mint before finality' | 'unmapped token' | 'release without source' | 'probe' | 'whale'

export function sourceOf(transfer: Transfer): Bank {
  return transfer.deposit ? homeOf(transfer.asset) : awayOf(transfer.asset)
}

export function destinationOf(transfer: Transfer): Bank {
  return transfer.deposit ? awayOf(transfer.asset) : homeOf(transfer.asset)
}

export function outLeg(transfer: Transfer): BridgeEvent {
  const source = sourceOf(transfer)
  const destination = destinationOf(transfer)
  return {
    kind: transfer.deposit ? 'lock' : 'burn',
    at: transfer.outAt,
    chain: source.id,
    peer: destination.id,
    tx: transfer.outTx,
    index: 2,
    block: blockAt(source, transfer.outAt),
    message: transfer.message,
    tokenSource: contractOn(transfer.asset, source),
    token: contractOn(transfer.asset, destination),
    sender: transfer.sender,
    beneficiary: transfer.beneficiary,
    amount: transfer.amount,
  }
}

export function inLeg(transfer: Transfer, at: UnixTime): BridgeEvent {
  const source = sourceOf(transfer)
  const destination = destinationOf(transfer)
  return {
    kind: transfer.deposit ? 'mint' : 'release',
    at,
    chain: destination.id,
    peer: source.id,
    tx: transfer.inTx,
    index: 1,
    block: blockAt(destination, at),
    message: transfer.message,
    tokenSource: null,
    token: contractOn(transfer.asset, destination),
    sender: transfer.claimant,
    beneficiary: transfer.beneficiary,
    amount: transfer.amount,
  }
}

/** The time of the block that takes in what was sent at `at`: never before it. */
export function blockTime(chain: Bank, at: number): UnixTime {
  return Math.ceil(at / chain.blockSeconds) * chain.blockSeconds
}

export function blockAt(chain: Bank, at: UnixTime): number {
  return chain.firstBlock + Math.floor(at / chain.blockSeconds) - Math.floor(blockZeroAt / chain.blockSeconds)
}

export function randomTx(rng: Rng.Rng): string {
  return randomHex(rng, 8)
}

export function randomAddress(rng: Rng.Rng): string {
  return randomHex(rng, 5)
}

/** Raw units worth `usd` at `price` dollars per whole token; at least one. */
export function rawUnits(asset: Asset, usd: number, price: number): bigint {
  return BigInt(Math.max(1, Math.round((usd / price) * 10 ** asset.token.decimals)))
}

export function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

// Codes first and one string at the end: adding digit by digit costs ten times as much.
function randomHex(rng: Rng.Rng, words: number): string {
  const codes = [48, 120] // 0x
  for (let i = 0; i < words; i++) {
    const word = Rng.uint32(rng)
    for (let shift = 28; shift >= 0; shift -= 4) codes.push(hexCodes[(word >>> shift) & 15]!)
  }
  return String.fromCharCode(...codes)
}

const hexCodes = [...'0123456789abcdef'].map((digit) => digit.charCodeAt(0))
const blockZeroAt = 1_704_067_200
