import * as TestToken from '@cutwater/contracts/generated/TestToken.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import type { Hex } from 'viem'
import {
  type Coin,
  chainIds,
  chainNames,
  coins,
  type PerCoin,
  type Place,
  places,
  unitsOfDollars,
} from './bridge/Coins.ts'
import { blockSeconds } from './bridge/finality.ts'
import * as Scale from './bridge/Scale.ts'
import * as Accounts from './chain/Accounts.ts'
import * as Chain from './chain/Chain.ts'
import { startAnvil } from './chain/startAnvil.ts'

/** Two local chains that move in step, the people on them, and the tokens they have. */
export type World = {
  readonly chains: Readonly<Record<Place, Chain.Chain>>
  readonly accounts: Accounts.Accounts
  /** contracts of the coins that are at home at a place */
  readonly originals: Readonly<Record<Place, Partial<PerCoin>>>
  readonly seed: number
  readonly scale: Scale.Scale
  /** time of the newest block */
  at: UnixTime
  /** number of the newest block, the same on both chains */
  height: number
  /** chain time from one block to the next */
  blockSeconds: number
  /** transactions of the set-up that must have succeeded, looked at when the next block is mined */
  toCheck: { readonly chain: Chain.Chain; readonly hashes: readonly Hex[]; readonly what: string }[]
  base: Base
}

/** The moment all runs begin at. */
type Base = {
  readonly at: UnixTime
  readonly height: number
  readonly memories: Readonly<Record<Place, Hex>>
}

/** Where chain time begins: 2023-11-14T22:13:20Z. */
export const begin: UnixTime = 1_700_000_000

/** Starts both chains and gives everybody tokens. */
export async function start(seed: number, at: UnixTime = begin, scale = Scale.own): Promise<World> {
  const { signers, watchers } = scale
  const accounts = Accounts.create({ signers: signers.size, watchers: watchers.size })
  const [north, south] = await Promise.all(places.map((place) => startChain(place, at)))
  const chains = { north: north!, south: south! }
  try {
    const none = { at, height: 0, memories: { north: '0x', south: '0x' } } as const
    const originals = { north: {}, south: {} }
    const moving = { at, height: 0, blockSeconds, toCheck: [], base: none }
    const world: World = { chains, accounts, originals, seed, scale, ...moving }
    await mintOriginals(world)
    await remember(world)
    return world
  } catch (error) {
    await Promise.all(places.map((place) => chains[place].anvil.stop()))
    throw error
  }
}

/** Ends both chains. */
export async function stop({ chains }: World): Promise<void> {
  await Promise.all(places.map((place) => chains[place].anvil.stop()))
}

/** Mines one block on both chains, at the same time of their clocks. */
export async function mine(world: World): Promise<void> {
  world.at += world.blockSeconds
  const numbers = await Promise.all(places.map((place) => Chain.mine(world.chains[place], world.at)))
  world.height = numbers[0]!
  for (const { chain, hashes, what } of world.toCheck.splice(0))
    await Chain.requireSuccess(chain, hashes, what)
}

/** Takes both chains back to where runs begin; a run with another seed differs in its traffic only. */
export async function reset(world: World, seed = world.seed): Promise<World> {
  await Promise.all(places.map((place) => Chain.revert(world.chains[place], world.base.memories[place])))
  const { at, height } = world.base
  const fresh: World = { ...world, seed, at, height, blockSeconds, toCheck: [] }
  await remember(fresh)
  world.base = fresh.base
  return fresh
}

/** Makes this moment the one that `reset` goes back to. */
export async function remember(world: World): Promise<void> {
  const [north, south] = await Promise.all(places.map((place) => Chain.snapshot(world.chains[place])))
  world.base = { at: world.at, height: world.height, memories: { north: north!, south: south! } }
}

async function startChain(place: Place, startAt: UnixTime): Promise<Chain.Chain> {
  const { mnemonic, count } = Accounts
  const anvil = await startAnvil({ chainId: chainIds[place], startAt, mnemonic, accounts: count })
  return Chain.create(chainIds[place], chainNames[place], anvil)
}

// Everybody gets enough for whatever a run asks of them.
async function mintOriginals(world: World): Promise<void> {
  const { deployer, depositors, lp } = world.accounts
  for (const coin of coins) {
    const chain = world.chains[coin.home]
    const args = [coin.name, coin.symbol, coin.decimals] as const
    const token = await Chain.deploy(chain, deployer.address, { ...TestToken, args })
    Object.assign(world.originals[coin.home], { [coin.symbol]: token })
    for (const { address } of [...depositors, lp]) {
      const mint = {
        abi: TestToken.abi,
        functionName: 'mint',
        args: [address, pocketOf(world, coin)],
      } as const
      await Chain.send(chain, deployer.address, Chain.call(token, mint))
    }
  }
  await mine(world)
}

// Twice what is locked, or what would be in the lab's own, and what the layers take.
function pocketOf({ scale }: World, coin: Coin): bigint {
  const [own, locked] = [Scale.own.locked[coin.symbol], scale.locked[coin.symbol]]
  return 2n * (locked > own ? locked : own) + layersOf(scale, coin)
}

function layersOf({ signers, watchers, money }: Scale.Scale, coin: Coin): bigint {
  if (coin.symbol === 'SLV')
    return [...signers.stakes, ...watchers.stakes].reduce(
      (sum, stake) => sum + unitsOfDollars(coin, stake),
      0n,
    )
  return coin.symbol === 'USD' && money !== null ? money.cover + money.reserve + money.treasury : 0n
}
