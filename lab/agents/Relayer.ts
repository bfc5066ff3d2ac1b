import * as Escrow from '@cutwater/contracts/generated/Escrow.ts'
import * as Guard from '@cutwater/contracts/generated/Guard.ts'
import type { Message } from '@cutwater/contracts/TypedData.ts'
import { type Address, type Hex, parseEventLogs } from 'viem'
import { chainIds, type Place, placeOf, places } from '../bridge/Coins.ts'
import { finalityBlocks } from '../bridge/finality.ts'
import type { Twin } from '../bridge/Twin.ts'
import * as Chain from '../chain/Chain.ts'
import type { World } from '../World.ts'

/** Carries a twin's messages: waits until they are final, brings proof and attestations, and tries again. */
export type Relayer = {
  readonly twin: Twin
  readonly attesters: readonly Attester[]
  /** messages seen on their source and not yet paid, by id */
  readonly waiting: Map<Hex, Waiting>
  /** ids the guard has put on hold at some time, and those paid */
  readonly held: Set<Hex>
  readonly paid: Set<Hex>
  /** newest block read, by place */
  readonly readUpTo: Record<Place, number>
}

/** Gives a watcher's signature over a message it found true, or null. */
export type Attester = {
  readonly address: Address
  attest(message: Message, guard: Address): Promise<Hex | null>
}

type Waiting = { readonly message: Message; tryAt: number }

export function create(world: World, twin: Twin, attesters: readonly Attester[]): Relayer {
  const readUpTo = { north: world.height, south: world.height }
  return { twin, attesters, waiting: new Map(), held: new Set(), paid: new Set(), readUpTo }
}

/** Whether nothing is on its way. */
export function isIdle({ waiting }: Relayer): boolean {
  return waiting.size === 0
}

/** One block's work: read what happened, then send whatever is ready. */
export async function act(world: World, relayer: Relayer): Promise<void> {
  await Promise.all(places.map((place) => read(world, relayer, place)))
  const ready = [...relayer.waiting].filter(([, { tryAt }]) => tryAt <= world.height)
  await Promise.all(ready.map(([id, waiting]) => deliver(world, relayer, id, waiting)))
}

async function read(world: World, relayer: Relayer, place: Place): Promise<void> {
  const { client } = world.chains[place]
  const { escrow, guard } = relayer.twin.ends[place]
  // Only what is final: a message of a block that may still be replaced is none yet.
  const upTo = world.height - finalityBlocks
  const [fromBlock, toBlock] = [BigInt(relayer.readUpTo[place] + 1), BigInt(upTo)]
  if (fromBlock > toBlock) return
  relayer.readUpTo[place] = upTo
  const logs = await client.getLogs({ address: [escrow, guard], fromBlock, toBlock })
  for (const log of parseEventLogs({ abi: [...Escrow.abi, ...Guard.abi], logs })) {
    switch (log.eventName) {
      case 'Locked':
      case 'Burned':
        noteSent(relayer, place, log.args, world.height)
        break
      case 'Held':
        relayer.held.add(log.args.id)
        break
      case 'Minted':
      case 'Released':
        relayer.paid.add(log.args.id)
        relayer.waiting.delete(log.args.id)
        break
    }
  }
}

type Sent = Pick<
  Message,
  'nonce' | 'destinationChain' | 'tokenSource' | 'token' | 'sender' | 'beneficiary' | 'amount'
>

function noteSent({ twin, waiting }: Relayer, place: Place, sent: Sent & { id: Hex }, now: number): void {
  const { id, ...fields } = sent
  const message: Message = {
    ...fields,
    sourceChain: BigInt(chainIds[place]),
    sourceBridge: twin.ends[place].escrow,
    destinationBridge: twin.ends[placeOf(fields.destinationChain)].escrow,
  }
  waiting.set(id, { message, tryAt: now })
}

// A release that the chain refuses (a pause, an empty escrow) is tried again some blocks later.
const retryBlocks = 4

async function deliver(world: World, relayer: Relayer, id: Hex, waiting: Waiting): Promise<void> {
  const { twin, held } = relayer
  const { message } = waiting
  const place = placeOf(message.destinationChain)
  const proof = await twin.verifier.prove(world, twin, message)
  if (proof === null) return
  waiting.tryAt = world.height + retryBlocks
  const attestations = await attestationsOf(relayer, message, twin.ends[place].guard)
  const release = held.has(id)
    ? Chain.call(message.destinationBridge, {
        abi: Escrow.abi,
        functionName: 'execute',
        args: [message, attestations],
      })
    : Chain.call(message.destinationBridge, {
        abi: Escrow.abi,
        functionName: 'release',
        args: [message, proof, attestations],
      })
  await Chain.send(world.chains[place], world.accounts.relayer.address, release)
}

/** What the watchers sign for a message who find it true. */
export async function attestationsOf(
  { attesters }: Relayer,
  message: Message,
  guard: Address,
): Promise<Hex[]> {
  const all = await Promise.all(attesters.map(({ attest }) => attest(message, guard)))
  return all.filter((signature) => signature !== null)
}
