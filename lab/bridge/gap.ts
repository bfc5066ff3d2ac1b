import * as Escrow from '@cutwater/contracts/generated/Escrow.ts'
import * as TestToken from '@cutwater/contracts/generated/TestToken.ts'
import type { Usd } from '@cutwater/core/units/Usd.ts'
import { type Address, type Hex, parseEventLogs, zeroAddress } from 'viem'
import type { World } from '../World.ts'
import { type Coin, coins, other, type Place, places, usdOf } from './Coins.ts'
import type { End, Twin } from './Twin.ts'

/**
 * What a twin owes and cannot pay, in cents, read from both chains: `minted + in flight − locked` per coin, nothing
 * where it holds more than it owes. Locked is what the escrow really holds, and a deposit whose tokens never came
 * is owed to nobody.
 */
export async function gapUsd(world: World, twin: Twin): Promise<Usd> {
  const flight = await inFlight(world, twin)
  const gaps = await Promise.all(
    coins.map(async (coin) => {
      const [home, away] = [twin.ends[coin.home], twin.ends[other(coin.home)]]
      const locked = await balanceOf(world, coin.home, home.tokens[coin.symbol], home.escrow)
      const minted = await supplyOf(world, other(coin.home), away.tokens[coin.symbol])
      const gap = minted + flight.get(coin)! - locked
      return gap > 0n ? usdOf(coin, gap) : 0
    }),
  )
  return gaps.reduce((sum, gap) => sum + gap, 0)
}

export function balanceOf(world: World, place: Place, token: Address, owner: Address): Promise<bigint> {
  const { client } = world.chains[place]
  return client.readContract({
    address: token,
    abi: TestToken.abi,
    functionName: 'balanceOf',
    args: [owner],
  })
}

function supplyOf(world: World, place: Place, token: Address): Promise<bigint> {
  const { client } = world.chains[place]
  return client.readContract({ address: token, abi: TestToken.abi, functionName: 'totalSupply' })
}

async function inFlight(world: World, twin: Twin): Promise<ReadonlyMap<Coin, bigint>> {
  const sums = new Map<Coin, bigint>(coins.map((coin) => [coin, 0n]))
  const logs = { north: await readLogs(world, twin, 'north'), south: await readLogs(world, twin, 'south') }
  for (const place of places) {
    const { tokens, escrow } = twin.ends[place]
    const settled = new Set([...logs[other(place)].settled.map(({ id }) => id), ...logs[place].refunded])
    for (const { id, token, amount, tx } of logs[place].sent) {
      if (settled.has(id)) continue
      const coin = coins.find(({ symbol }) => tokens[symbol] === token.toLowerCase())!
      if (hasCome(logs[place], escrow, tx, amount)) sums.set(coin, sums.get(coin)! + amount)
    }
  }
  return sums
}

/** Whether a message was really sent from a place, its tokens came in with it, and nothing was paid for it yet. */
export async function isBacked(world: World, twin: Twin, from: Place, id: Hex, coin: Coin): Promise<boolean> {
  if (!isBackedIn(await readLogs(world, twin, from), twin.ends[from], id, coin)) return false
  const destination = await readLogs(world, twin, other(from))
  return destination.settled.every((settled) => settled.id !== id)
}

/** Whether the log of a source shows a message, the tokens that came in with it, and no way back for them. */
export function isBackedIn(source: Logs, { escrow, tokens }: End, id: Hex, { symbol }: Coin): boolean {
  const out = source.sent.find((sent) => sent.id === id)
  if (out === undefined || out.token.toLowerCase() !== tokens[symbol]) return false
  return hasCome(source, escrow, out.tx, out.amount) && !source.refunded.includes(id)
}

function hasCome({ moves }: Logs, escrow: Address, tx: Hex, amount: bigint): boolean {
  return moves.some(
    (move) => move.tx === tx && move.amount === amount && (move.to === escrow || move.to === zeroAddress),
  )
}

/** What a twin's log tells of a place: what went out, what was paid, and where tokens moved. */
export type Logs = {
  readonly sent: readonly { id: Hex; token: Address; amount: bigint; tx: Hex }[]
  readonly settled: readonly {
    id: Hex
    tx: Hex
    token: Address
    beneficiary: Address
    block: number
  }[]
  readonly refunded: readonly Hex[]
  readonly moves: readonly { tx: Hex; from: Address; to: Address; amount: bigint; block: number }[]
}

export async function readLogs(world: World, { ends }: Twin, place: Place): Promise<Logs> {
  const { escrow, tokens } = ends[place]
  const address = [escrow, ...Object.values(tokens)]
  const logs = await world.chains[place].client.getLogs({ address, fromBlock: 0n, toBlock: 'latest' })
  const sent = parseEventLogs({ abi: Escrow.abi, logs, eventName: ['Locked', 'Burned'] })
  const settled = parseEventLogs({ abi: Escrow.abi, logs, eventName: ['Minted', 'Released'] })
  const refunded = parseEventLogs({ abi: Escrow.abi, logs, eventName: 'Refunded' })
  const moves = parseEventLogs({ abi: TestToken.abi, logs, eventName: 'Transfer' })
  return {
    sent: sent.map(({ args, transactionHash }) => ({
      id: args.id,
      token: args.tokenSource,
      amount: args.amount,
      tx: transactionHash,
    })),
    settled: settled.map(({ args, transactionHash, blockNumber }) => ({
      tx: transactionHash,
      id: args.id,
      token: args.token.toLowerCase() as Address,
      beneficiary: args.beneficiary.toLowerCase() as Address,
      block: Number(blockNumber),
    })),
    refunded: refunded.map(({ args }) => args.id),
    moves: moves.map(({ args, transactionHash, blockNumber }) => ({
      tx: transactionHash,
      block: Number(blockNumber),
      from: args.from.toLowerCase() as Address,
      to: args.to.toLowerCase() as Address,
      amount: args.value,
    })),
  }
}
