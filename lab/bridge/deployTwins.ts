import * as Escrow from '@cutwater/contracts/generated/Escrow.ts'
import * as Guard from '@cutwater/contracts/generated/Guard.ts'
import * as WrappedToken from '@cutwater/contracts/generated/WrappedToken.ts'
import type { BridgePolicy } from '@cutwater/core/bridge/BridgePolicy.ts'
import type { Address } from 'viem'
import * as Chain from '../chain/Chain.ts'
import * as World from '../World.ts'
import { chainIds, coins, other, type PerCoin, type Place, places } from './Coins.ts'
import { deployLayers } from './deployLayers.ts'
import type { LimitsByPlace } from './fitLimits.ts'
import { fund } from './fund.ts'
import { type End, isHome, type Side, sides, type Twin } from './Twin.ts'
import { multisig, type Verifier } from './Verifier.ts'

/** What a scenario replaces by a flawed part, on both twins alike. */
export type Parts = {
  readonly escrow?: DeployEscrow
  readonly verifier?: Verifier
}

export type DeployEscrow = (world: World.World, place: Place) => Promise<Address>

export type Twins = Readonly<Record<Side, Twin>>

/** Deploys both bridges, maps their tokens, sets the limits of the policy, funds them, and switches one guard on. */
export async function deployTwins(
  world: World.World,
  policy: BridgePolicy,
  limits: LimitsByPlace,
  parts: Parts,
): Promise<Twins> {
  const verifier = parts.verifier ?? multisig
  const ends = {} as Record<Side, Record<Place, End>>
  for (const side of sides) {
    const [north, south] = await Promise.all(places.map((place) => deployEnd(world, policy, parts, place)))
    ends[side] = withTokens({ north: north!, south: south! })
  }
  await World.mine(world)
  const all = sides.flatMap((side) => places.map((place) => ({ side, place })))
  await Promise.all(all.map(({ side, place }) => connect(world, ends[side], place, limits)))
  await World.mine(world)
  for (const { side, place } of all) {
    const found = await verifier.entrances?.(world, place, ends[side][place].verifier)
    ends[side][place] = { ...ends[side][place], entrances: found ?? [] }
  }
  const completeAt = world.height
  const twinOf = (side: Side): Twin => ({
    side,
    ends: ends[side],
    verifier,
    limits,
    layers: null,
    completeAt,
  })
  await fund(world, [twinOf('on'), twinOf('off')])
  await switchOn(world, ends.on, world.scale.level ?? policy.guard.level)
  const layers = await deployLayers(world, ends.on, policy)
  await World.mine(world)
  return { on: { ...twinOf('on'), layers }, off: twinOf('off') }
}

type Bare = Omit<End, 'tokens'> & { readonly wrapped: Partial<PerCoin>; readonly originals: Partial<PerCoin> }

async function deployEnd(
  world: World.World,
  policy: BridgePolicy,
  parts: Parts,
  place: Place,
): Promise<Bare> {
  const chain = world.chains[place]
  const { deployer, admin, guardian } = world.accounts
  const escrow = await (parts.escrow ?? plainEscrow)(world, place)
  const holdSeconds = world.scale.holdSeconds ?? policy.guard.holdSeconds
  const guard = await Chain.deploy(chain, deployer.address, {
    ...Guard,
    // Let everything pass until the money is in: what comes in first is no traffic.
    args: [escrow, admin.address, guardian.address, 0, holdSeconds],
  })
  const verifier = await (parts.verifier ?? multisig).deploy(world, place, escrow)
  const wrapped: Partial<Record<keyof PerCoin, Address>> = {}
  for (const { symbol, name, decimals } of coins.filter(({ home }) => home !== place)) {
    wrapped[symbol] = await Chain.deploy(chain, deployer.address, {
      ...WrappedToken,
      args: [`Wrapped ${name}`, `w${symbol}`, decimals, escrow],
    })
  }
  return { place, escrow, guard, verifier, entrances: [], wrapped, originals: world.originals[place] }
}

export const plainEscrow: DeployEscrow = (world, place) =>
  Chain.deploy(world.chains[place], world.accounts.deployer.address, {
    ...Escrow,
    args: [world.accounts.admin.address],
  })

function withTokens(bare: Readonly<Record<Place, Bare>>): Record<Place, End> {
  const end = ({ wrapped, originals, ...rest }: Bare): End => ({
    ...rest,
    tokens: { ...originals, ...wrapped } as PerCoin,
  })
  return { north: end(bare.north), south: end(bare.south) }
}

async function connect(
  world: World.World,
  ends: Record<Place, End>,
  place: Place,
  limits: LimitsByPlace,
): Promise<void> {
  const chain = world.chains[place]
  const here = ends[place]
  const there = ends[other(place)]
  const peer = BigInt(chainIds[other(place)])
  const { admin, watchers } = world.accounts
  const proving = world.scale.watchers.threshold
  const { abi } = Escrow
  const calls = [
    Chain.call(here.escrow, { abi, functionName: 'setPeer', args: [peer, there.escrow] }),
    Chain.call(here.escrow, { abi, functionName: 'setVerifier', args: [here.verifier] }),
    Chain.call(here.escrow, { abi, functionName: 'setGuard', args: [here.guard] }),
    ...coins.flatMap(({ symbol }) => [
      Chain.call(here.escrow, {
        abi,
        functionName: 'mapToken',
        args: [here.tokens[symbol], peer, there.tokens[symbol], !isHome(symbol, place)],
      }),
      ...limitCalls(here.guard, here.tokens[symbol], limits[place][symbol]),
    ]),
    ...watchers.map(({ address }) =>
      Chain.call(here.guard, { abi: Guard.abi, functionName: 'addWatcher', args: [address] }),
    ),
    Chain.call(here.guard, { abi: Guard.abi, functionName: 'setThreshold', args: [BigInt(proving)] }),
  ]
  const hashes = await Promise.all(calls.map((call) => Chain.send(chain, admin.address, call)))
  world.toCheck.push({ chain, hashes, what: 'connecting the bridge' })
}

// Out legs cannot take more than their sender has, so their limit is as wide as a limit can be.
function limitCalls(
  guard: Address,
  token: Address,
  limits: LimitsByPlace[Place][keyof PerCoin],
): Chain.Call[] {
  const unproven = { capacity: limits.unproven, window: limits.unprovenWindowSeconds }
  const total = { capacity: limits.total, window: limits.totalWindowSeconds }
  const wide = { capacity: 2n ** 128n, window: limits.totalWindowSeconds }
  const { abi } = Guard
  return [
    Chain.call(guard, { abi, functionName: 'setLimits', args: [token, directions.in, unproven, total] }),
    Chain.call(guard, { abi, functionName: 'setLimits', args: [token, directions.out, wide, wide] }),
  ]
}

/** The contracts' numbers for which way value crosses (Direction.sol). */
export const directions = { in: 0, out: 1 }

async function switchOn(world: World.World, ends: Record<Place, End>, level: number): Promise<void> {
  for (const place of places) {
    const call = Chain.call(ends[place].guard, { abi: Guard.abi, functionName: 'raiseLevel', args: [level] })
    const hash = await Chain.send(world.chains[place], world.accounts.guardian.address, call)
    // The guardian's key also acts for the watch, which counts its nonces by itself.
    world.chains[place].nonces.delete(world.accounts.guardian.address)
    world.toCheck.push({ chain: world.chains[place], hashes: [hash], what: 'switching the guard on' })
  }
}
