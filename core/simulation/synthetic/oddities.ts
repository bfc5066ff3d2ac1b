import type { BridgeEvent } from '../../bridge/BridgeEvent.ts'
import type { UnixTime } from '../../units/UnixTime.ts'
import { day, minute } from '../../units/UnixTime.ts'
import * as Rng from '../Rng.ts'
import type { Asset } from './syntheticBridge.ts'
import { assets, awayOf, contractOn, homeOf, north, south, unmapped } from './syntheticBridge.ts'
import type { Oddity, Transfer } from './Transfer.ts'
import { blockAt, blockTime, randomAddress, randomTx, rawUnits } from './Transfer.ts'

// What a sound bridge shows now and then, and a monitor must not take for an attack. Nomad's honest months had
// five mints before finality, three releases of a cent to a few dollars that no burn asked for, transfers of
// tokens outside the mapping, and single transfers of up to 9.5 million dollars.

/** Lets a few mints come before their lock was final, as a hurried relayer might. */
export function hurrySomeMints(rng: Rng.Rng, transfers: readonly Transfer[]): void {
  const mints = transfers.filter((transfer) => transfer.deposit)
  for (let left = Math.min(earlyMints, mints.length); left > 0; left--) {
    const mint = Rng.pick(rng, mints)
    mint.inAt = blockTime(awayOf(mint.asset), mint.outAt + 200 + Rng.integer(rng, 700))
    mint.oddity = 'mint before finality'
  }
}

/** A token the mapping lacks, a whale, and someone who tries five dollars before sending millions. */
export function oddTransfers(rng: Rng.Rng, start: UnixTime, days: number): Transfer[] {
  const dollar = assets[0]!
  const at = (share: number) => start + Math.floor(days * share * day) + Rng.integer(rng, day)
  const whale = randomAddress(rng)
  const careful = randomAddress(rng)
  const stray = randomAddress(rng)
  const probeAt = at(0.6)
  return [
    transfer(rng, unmapped, true, 5_000, at(0.3), stray, 'unmapped token'),
    transfer(rng, unmapped, false, 2_000, at(0.35), stray, 'unmapped token'),
    transfer(rng, dollar, true, 9_000_000, at(0.45), whale, 'whale'),
    transfer(rng, dollar, false, 4_500_000, at(0.7), whale, 'whale'),
    transfer(rng, dollar, true, 2_500_000, at(0.5), careful, 'whale'),
    transfer(rng, dollar, false, 5, probeAt, careful, 'probe'),
    transfer(rng, dollar, false, 2_400_000, probeAt + 40 * minute, careful, 'probe'),
  ]
}

/** A release of one cent that no burn asked for; its id is far from any that is used. */
export function centWithoutSource(rng: Rng.Rng, start: UnixTime, days: number, message: string): BridgeEvent {
  const at = blockTime(north, start + Math.floor(days * 0.4 * day) + Rng.integer(rng, day))
  return {
    kind: 'release',
    at,
    chain: north.id,
    peer: south.id,
    tx: randomTx(rng),
    index: 1,
    block: blockAt(north, at),
    message,
    tokenSource: null,
    token: contractOn(assets[0]!, north),
    sender: null,
    beneficiary: randomAddress(rng),
    amount: rawUnits(assets[0]!, 0.01, 1),
  }
}

function transfer(
  rng: Rng.Rng,
  asset: Asset,
  deposit: boolean,
  usd: number,
  sentAt: number,
  sender: string,
  oddity: Oddity,
): Transfer {
  const [source, destination] = deposit ? [homeOf(asset), awayOf(asset)] : [awayOf(asset), homeOf(asset)]
  const outAt = blockTime(source, sentAt)
  return {
    asset,
    deposit,
    amount: rawUnits(asset, usd, 1),
    outAt,
    outTx: randomTx(rng),
    sender,
    beneficiary: sender,
    inAt: blockTime(destination, outAt + 2_000 + Rng.integer(rng, 3_000)),
    inTx: randomTx(rng),
    claimant: deposit ? null : sender,
    oddity,
    message: '',
  }
}

const earlyMints = 3
