import * as ConcentratedPool from '@cutwater/contracts/generated/ConcentratedPool.ts'
import * as CoverAuction from '@cutwater/contracts/generated/CoverAuction.ts'
import * as CoverDesk from '@cutwater/contracts/generated/CoverDesk.ts'
import * as CoverVault from '@cutwater/contracts/generated/CoverVault.ts'
import * as InsiderProxy from '@cutwater/contracts/generated/InsiderProxy.ts'
import * as LendingPool from '@cutwater/contracts/generated/LendingPool.ts'
import * as PriceFeed from '@cutwater/contracts/generated/PriceFeed.ts'
import * as TestToken from '@cutwater/contracts/generated/TestToken.ts'
import * as TestVault from '@cutwater/contracts/generated/TestVault.ts'
import * as UpgradeableEscrow from '@cutwater/contracts/generated/UpgradeableEscrow.ts'
import { day } from '@cutwater/core/units/UnixTime.ts'
import { type Address, encodeFunctionData, type Hex, keccak256, toBytes } from 'viem'
import {
  type Coin,
  coinOf,
  type PerCoin,
  type Place,
  places,
  units,
  unitsOfDollars,
} from '../bridge/Coins.ts'
import type { Layers } from '../bridge/Twin.ts'
import * as Chain from '../chain/Chain.ts'
import type { World } from '../World.ts'
import * as Governance from './Governance.ts'
import type { Ground } from './Ground.ts'
import * as Pool from './Pool.ts'

/** All that feeds are read of, beside a bridge: pools, lenders, oracles, votes, and where cover is raised. */
export type Market = {
  readonly pool: Pool.Pool
  /** a concentrated pool of wrapped and native ether on South */
  readonly etherPool: Address
  readonly lenders: Readonly<Record<Place, Address>>
  /** of ether, on North */
  readonly vault: Address
  readonly oracles: Readonly<Record<Place, PerCoin>>
  readonly governance: Governance.Governance
  /** a proxy and the code it runs, on North */
  readonly proxy: { readonly address: Address; readonly code: Address }
  readonly auctions: Address
  readonly desk: Address
}

/** What lenders pay a year and take as collateral, whole tokens. */
export const lending = {
  canonical: 0.035,
  wrapped: 0.04,
  collateral: { USD: 5_000_000, ETH: 2_000, SLV: 500_000 },
}

/** Whole ether on each side of the concentrated pool. */
const etherHeld = 2_000
/** Dollars of capital in the cover vault that back no cover, how many of them always wait to leave, and premium money. */
export const capital = { free: 30_000_000, leaving: 1_000_000, premium: 1_000_000 }

/** Auctions for cover start at par and end at 8% below it; the most that one raises. */
export const terms = {
  reservePrice: 92n * 10n ** 16n,
  duration: 6 * 3_600,
  term: 90 * day,
  mostDollars: 10_000_000,
}

/** Deploys all of it on a bridge that has its layers. */
export async function deploy(ground: Ground): Promise<Market> {
  const { world, twin } = ground
  const layers = twin.layers!
  const pool = await Pool.deploy(ground)
  const governance = await Governance.deploy(ground, [[world.accounts.voter.address, Governance.allVotes]])
  const etherPool = await deployEtherPool(ground)
  const lenders = { north: await deployLender(ground, 'north'), south: await deployLender(ground, 'south') }
  const oracles = { north: await deployOracles(world, 'north'), south: await deployOracles(world, 'south') }
  const north = world.chains.north
  const from = world.accounts.deployer.address
  const vault = await Chain.deploy(north, from, { ...TestVault, args: [twin.ends.north.tokens.ETH] })
  const proxy = await deployProxy(world)
  const auctions = await Chain.deploy(north, from, { ...CoverAuction, args: [layers.vault, from] })
  const desk = await deployDesk(world, auctions)
  await ground.nextBlock()
  await payIn(ground, layers, desk)
  await ground.nextBlock()
  return { pool, etherPool, lenders, vault, oracles, governance, proxy, auctions, desk }
}

/** Says every price again, as oracles do once their heartbeat is over. */
export async function heartbeat(world: World, { oracles }: Pick<Market, 'oracles'>): Promise<void> {
  for (const place of places)
    for (const [symbol, oracle] of Object.entries(oracles[place]))
      await tellPrice(world, place, oracle, coinOf(symbol as Coin['symbol']).price)
}

/** Lets an oracle tell another price, dollars. */
export async function tellPrice(world: World, place: Place, oracle: Address, dollars: number): Promise<void> {
  const args = [answer(dollars)] as const
  const call = Chain.call(oracle, { abi: PriceFeed.abi, functionName: 'set', args })
  await Chain.send(world.chains[place], world.accounts.deployer.address, call)
}

/** Lets a lender pay another rate for a token, a share a year. */
export async function payRate(
  world: World,
  place: Place,
  lender: Address,
  token: Address,
  rate: number,
  cap: number,
) {
  const args = [token, BigInt(Math.round(rate * 1e9)) * 10n ** 18n, BigInt(cap)] as const
  const call = Chain.call(lender, { abi: LendingPool.abi, functionName: 'set', args })
  return Chain.send(world.chains[place], world.accounts.deployer.address, call)
}

// Par of two tokens with the same decimals: 2^96, tick 0.
async function deployEtherPool({ world, twin }: Ground): Promise<Address> {
  const south = world.chains.south
  const { deployer, depositors } = world.accounts
  const from = deployer.address
  const wrapped = twin.ends.south.tokens.ETH
  const native = await Chain.deploy(south, from, { ...TestToken, args: ['Native Ether', 'nETH', 18] })
  const sides = BigInt(wrapped) < BigInt(native) ? ([wrapped, native] as const) : ([native, wrapped] as const)
  const pool = await Chain.deploy(south, from, { ...ConcentratedPool, args: [...sides, 2n ** 96n, 0] })
  const amount = units(coinOf('ETH'), etherHeld)
  const { abi } = TestToken
  const give = { abi, functionName: 'transfer', args: [pool, amount] } as const
  const mint = { abi, functionName: 'mint', args: [pool, amount] } as const
  const hashes = [
    await Chain.send(south, depositors[0]!.address, Chain.call(wrapped, give)),
    await Chain.send(south, from, Chain.call(native, mint)),
  ]
  world.toCheck.push({ chain: south, hashes, what: 'filling the pool of ether' })
  return pool
}

async function deployLender({ world, twin }: Ground, place: Place): Promise<Address> {
  const lender = await Chain.deploy(world.chains[place], world.accounts.deployer.address, LendingPool)
  const { tokens } = twin.ends[place]
  for (const symbol of ['USD', 'ETH', 'SLV'] as const) {
    const rate = coinOf(symbol).home === place ? lending.canonical : lending.wrapped
    await payRate(world, place, lender, tokens[symbol], rate, lending.collateral[symbol])
  }
  return lender
}

async function deployOracles(world: World, place: Place): Promise<PerCoin> {
  const oracle = (symbol: Coin['symbol']) =>
    Chain.deploy(world.chains[place], world.accounts.deployer.address, {
      ...PriceFeed,
      args: [oracleDecimals, answer(coinOf(symbol).price)],
    })
  return { USD: await oracle('USD'), ETH: await oracle('ETH'), SLV: await oracle('SLV') }
}

const oracleDecimals = 8

function answer(dollars: number): bigint {
  return BigInt(Math.round(dollars * 10 ** oracleDecimals))
}

async function deployProxy({ chains, accounts }: World): Promise<Market['proxy']> {
  const { deployer, admin } = accounts
  const code = await Chain.deploy(chains.north, deployer.address, UpgradeableEscrow)
  const { abi } = UpgradeableEscrow
  const initialize = encodeFunctionData({ abi, functionName: 'initialize', args: [admin.address] })
  const args = [code, admin.address, initialize] as const
  return { address: await Chain.deploy(chains.north, deployer.address, { ...InsiderProxy, args }), code }
}

async function deployDesk({ chains, accounts }: World, auctions: Address): Promise<Address> {
  const { deployer, admin, guardian, victim } = accounts
  const { reservePrice, duration, term, mostDollars } = terms
  const mostCapital = unitsOfDollars(coinOf('USD'), mostDollars)
  const own = { startPrice: 10n ** 18n, reservePrice, duration, term, holder: victim.address, mostCapital }
  const args = [auctions, admin.address, guardian.address, own] as const
  const desk = await Chain.deploy(chains.north, deployer.address, { ...CoverDesk, args })
  const hand = { abi: CoverAuction.abi, functionName: 'transferOwnership', args: [desk] } as const
  await Chain.send(chains.north, deployer.address, Chain.call(auctions, hand))
  return desk
}

// Who may sell cover, premium money for the desk, and capital that backs no cover yet, some of it about to leave.
async function payIn(ground: Ground, { vault }: Layers, desk: Address): Promise<void> {
  const { world, twin } = ground
  const { admin, deployer, lp } = world.accounts
  const north = world.chains.north
  const dollar = coinOf('USD')
  const token = twin.ends.north.tokens.USD
  const amount = unitsOfDollars(dollar, capital.free)
  const erc20 = TestToken.abi
  const { abi } = CoverVault
  const auctions = await north.client.readContract({
    address: desk,
    abi: CoverDesk.abi,
    functionName: 'auctions',
  })
  const role = keccak256(toBytes('UNDERWRITER_ROLE'))
  const mint = (to: Address, dollars: number) =>
    Chain.call(token, { abi: erc20, functionName: 'mint', args: [to, unitsOfDollars(dollar, dollars)] })
  const calls: readonly [Address, Chain.Call][] = [
    [admin.address, Chain.call(vault, { abi, functionName: 'grantRole', args: [role, auctions] })],
    [deployer.address, mint(desk, capital.premium)],
    [deployer.address, mint(lp.address, capital.free)],
    [lp.address, Chain.call(token, { abi: erc20, functionName: 'approve', args: [vault, amount] })],
  ]
  const hashes: Hex[] = []
  for (const [from, call] of calls) hashes.push(await Chain.send(north, from, call))
  await ground.nextBlock()
  const deposit = { abi, functionName: 'deposit', args: [amount, lp.address] } as const
  hashes.push(await Chain.send(north, lp.address, Chain.call(vault, deposit)))
  const leave = {
    abi,
    functionName: 'requestUnlock',
    args: [unitsOfDollars(dollar, capital.leaving)],
  } as const
  hashes.push(await Chain.send(north, lp.address, Chain.call(vault, leave)))
  world.toCheck.push({ chain: north, hashes, what: 'paying into the market' })
}
