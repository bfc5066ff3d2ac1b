import * as ShortWindowVerifier from '@cutwater/contracts/generated/ShortWindowVerifier.ts'
import * as TestToken from '@cutwater/contracts/generated/TestToken.ts'
import type { Message } from '@cutwater/contracts/TypedData.ts'
import * as TypedData from '@cutwater/contracts/TypedData.ts'
import { type Address, type Hex, maxUint256 } from 'viem'
import * as Chain from '../chain/Chain.ts'
import type { World } from '../World.ts'
import { coinOf, type Place, placeOf, type Ticker, unitsOfDollars } from './Coins.ts'
import { blockSeconds } from './finality.ts'
import type { Twin } from './Twin.ts'
import type { Verifier } from './Verifier.ts'

/** AFX's window, seconds: two hundred, and nobody used them (reference table of incidents). */
export const windowSeconds = 200

/** What a proposal or a challenge is backed by, dollars. */
export const bondDollars = 10_000

/** Messages stand unless somebody challenges them within a window that is far too short for people. */
export const optimistic: Verifier = {
  deploy: ({ chains, accounts, originals }, place) => {
    const day = 86_400
    const bondToken = originals[place][bondCoin[place]]!
    const args = [bondToken, bondOf(place), windowSeconds, day, accounts.admin.address] as const
    return Chain.deploy(chains[place], accounts.deployer.address, { ...ShortWindowVerifier, args })
  },
  prove: async (world, twin, message) => {
    const { relayer } = world.accounts
    const place = placeOf(message.destinationChain)
    const proposals = proposalsOf(world)
    const key = `${message.destinationBridge} ${TypedData.messageId(message)}`
    const isNew = !proposals.has(key)
    proposals.add(key)
    if (!isNew) return (await stands(world, twin, message)) ? '0x' : null
    if (!proposals.has(twin.ends[place].verifier)) {
      proposals.add(twin.ends[place].verifier)
      await giveBonds(world, twin, place, relayer.address, 10_000)
    }
    await propose(world, twin, message, relayer.address)
    return null
  },
}

/** Mints somebody so many bonds and lets the verifier take them. */
export async function giveBonds(
  world: World,
  { ends }: Twin,
  place: Place,
  to: Address,
  bonds: number,
): Promise<void> {
  const chain = world.chains[place]
  const token = world.originals[place][bondCoin[place]]!
  const { abi } = TestToken
  const mint = { abi, functionName: 'mint', args: [to, BigInt(bonds) * bondOf(place)] } as const
  const approve = { abi, functionName: 'approve', args: [ends[place].verifier, maxUint256] } as const
  await Chain.send(chain, to, Chain.call(token, mint))
  await Chain.send(chain, to, Chain.call(token, approve))
}

/** Claims that a message was sent. */
export function propose(world: World, { ends }: Twin, message: Message, from: Address): Promise<Hex> {
  const place = placeOf(message.destinationChain)
  const { abi } = ShortWindowVerifier
  const call = Chain.call(ends[place].verifier, { abi, functionName: 'propose', args: [message] })
  return Chain.send(world.chains[place], from, call)
}

// Whether it will stand in the block that comes next.
async function stands(world: World, { ends }: Twin, message: Message): Promise<boolean> {
  const place = placeOf(message.destinationChain)
  const [, , deadline, state] = await world.chains[place].client.readContract({
    address: ends[place].verifier,
    abi: ShortWindowVerifier.abi,
    functionName: 'proposalOf',
    args: [TypedData.messageId(message)],
  })
  return state === states.accepted || (state === states.proposed && world.at + blockSeconds >= deadline)
}

/** The contract's numbers for where a proposal stands (OptimisticVerifier.sol). */
const states = { proposed: 1, accepted: 3 }

const bondCoin: Readonly<Record<Place, Ticker>> = { north: 'USD', south: 'SLV' }

function bondOf(place: Place): bigint {
  return unitsOfDollars(coinOf(bondCoin[place]), bondDollars)
}

// What has been proposed, and by which verifiers the relayer's bonds may be taken.
const proposed = new WeakMap<World, Set<string>>()

function proposalsOf(world: World): Set<string> {
  const known = proposed.get(world) ?? new Set<string>()
  proposed.set(world, known)
  return known
}
