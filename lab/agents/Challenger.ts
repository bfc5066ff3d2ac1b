import * as Escrow from '@cutwater/contracts/generated/Escrow.ts'
import * as ShortWindowVerifier from '@cutwater/contracts/generated/ShortWindowVerifier.ts'
import { type Address, type Hex, parseEventLogs } from 'viem'
import { coins, other, type Place, type Ticker, usdOf } from '../bridge/Coins.ts'
import type { Twin } from '../bridge/Twin.ts'
import * as Chain from '../chain/Chain.ts'
import type { World } from '../World.ts'

/** A watcher that challenges whatever its source never sent, the dearest first, as far as its stake goes. */
export type Challenger = {
  readonly twin: Twin
  readonly place: Place
  readonly address: Address
  /** challenges it can still back */
  bonds: number
  /** newest block read */
  readUpTo: number
}

export function create(world: World, twin: Twin, place: Place, address: Address, bonds: number): Challenger {
  return { twin, place, address, bonds, readUpTo: world.height }
}

export async function act(world: World, challenger: Challenger): Promise<void> {
  const { twin, place, address } = challenger
  const lies = (await readNew(world, challenger)).toSorted((a, b) => b.usd - a.usd)
  for (const { id } of lies.slice(0, challenger.bonds)) {
    challenger.bonds -= 1
    const call = { abi: ShortWindowVerifier.abi, functionName: 'challenge', args: [id] } as const
    await Chain.send(world.chains[place], address, Chain.call(twin.ends[place].verifier, call))
  }
}

type False = { readonly id: Hex; readonly usd: number }

async function readNew(world: World, challenger: Challenger): Promise<readonly False[]> {
  const { twin, place } = challenger
  const [fromBlock, toBlock] = [BigInt(challenger.readUpTo + 1), BigInt(world.height)]
  if (fromBlock > toBlock) return []
  challenger.readUpTo = world.height
  const address = twin.ends[place].verifier
  const logs = await world.chains[place].client.getLogs({ address, fromBlock, toBlock })
  const proposals = parseEventLogs({ abi: ShortWindowVerifier.abi, logs, eventName: 'Proposed' })
  const all = await Promise.all(
    proposals.map(async ({ args: { id, message } }) => {
      const usd = worthOf(twin, place, message.token, message.amount)
      return (await wasSent(world, twin, other(place), id)) ? [] : [{ id, usd }]
    }),
  )
  return all.flat()
}

function wasSent(world: World, { ends }: Twin, source: Place, id: Hex): Promise<boolean> {
  const address = ends[source].escrow
  const { client } = world.chains[source]
  return client.readContract({ address, abi: Escrow.abi, functionName: 'wasSent', args: [id] })
}

function worthOf({ ends }: Twin, place: Place, token: string, amount: bigint): number {
  const contracts: Readonly<Record<Ticker, string>> = ends[place].tokens
  const coin = coins.find(({ symbol }) => contracts[symbol] === token.toLowerCase())!
  return usdOf(coin, amount)
}
