import * as Escrow from '@cutwater/contracts/generated/Escrow.ts'
import * as TypedData from '@cutwater/contracts/TypedData.ts'
import {
  createPublicClient,
  encodeAbiParameters,
  encodeEventTopics,
  type Hex,
  http,
  parseEventLogs,
} from 'viem'
import { coinOf, unitsOfDollars } from '../bridge/Coins.ts'
import { finalityBlocks } from '../bridge/finality.ts'
import { signedBy } from '../bridge/Verifier.ts'
import { type ForgedLog, type PoisonedRpc, poisonedRpc } from '../chain/poisonedRpc.ts'
import * as Cast from '../run/Cast.ts'
import type { World } from '../World.ts'
import type { Scenario, Stage } from './Scenario.ts'
import { begins, between, dollarsBetween, drainBetween, forge, loot, release } from './steal.ts'

/** How many nodes of South everybody asks. */
const nodesAsked = 3

const common = {
  incident: 'Kelp rsETH 2026',
  steps: 'many',
  visibleBefore: true,
  attack,
} as const satisfies Partial<Scenario>

export const poisonedRpcOne: Scenario = {
  ...common,
  name: 'poisoned-rpc-one',
  says: 'One node tells of burns that never happened; it is the only one the validators ask, and they sign. The watchers ask three.',
  deceived: false,
  limitedBy:
    'the allowance for unproven value: no quorum of nodes shows the burns, so nobody attests them. One bad node is a doubt to look into and pauses nothing by itself',
  poison: (stage) => poison(stage, 1),
}

export const poisonedRpcAll: Scenario = {
  ...common,
  name: 'poisoned-rpc-all',
  // For everybody who asks, the release answers a burn that is there and final.
  visibleBefore: false,
  looksHonest: true,
  says: 'Every node that validators and watchers ask tells of burns that never happened: all of them attest what they see.',
  deceived: true,
  limitedBy:
    'the total limit alone: who sees only lies finds nothing wrong, so nothing pauses, and the limit refills until somebody looks with other eyes',
  poison: (stage) => poison(stage, nodesAsked),
}

export const poisonedRpcState: Scenario = {
  ...common,
  name: 'poisoned-rpc-state',
  visibleBefore: false,
  says: 'Every node tells of burns that never happened, but what is issued stays what it was: the watch reads the supply as well as the log.',
  deceived: true,
  limitedBy:
    'the pause of each token whose supply does not fall as the log says; a lie that covers the state too meets the total limit alone',
  poison: (stage) => poison(stage, nodesAsked),
  readsState: true,
}

/** The same nodes and the same lies, and nobody who uses them. */
export function lieOnly(scenario: Scenario): Scenario {
  return { ...scenario, attack: async (stage) => void (await told(stage)) }
}

// The validators of both twins ask the same lying node.
const liars = new WeakMap<World, readonly PoisonedRpc[]>()

async function poison({ world }: Stage, lying: number) {
  const { httpUrl } = world.chains.south.anvil
  const nodes = await Promise.all(Array.from({ length: nodesAsked }, () => poisonedRpc(httpUrl)))
  liars.set(world, nodes.slice(nodesAsked - lying))
  const south = nodes.map(({ url }) => ({ http: url, ws: null }))
  const stop = async () => void (await Promise.all(nodes.map((node) => node.stop())))
  return { nodes: { ...Cast.ownNodes(world), south }, stop }
}

async function attack(stage: Stage): Promise<void> {
  const waves = await told(stage)
  const signed = await Promise.all(
    waves.map((wave) => Promise.all(wave.map((message) => sign(stage, message)))),
  )
  begins(stage)
  for (const wave of signed) {
    for (const { message, proof, attestations } of wave) await release(stage, message, proof, attestations)
    await stage.nextBlock()
  }
}

// Tells of burns in a block that is still to come, and waits until they would be final.
async function told(stage: Stage): Promise<TypedData.Message[][]> {
  const { world } = stage
  const waves = wavesOf(stage)
  for (const message of waves.flat()) tell(world, burned(message, world.height + 2))
  for (let block = 0; block < 3 + finalityBlocks; block++) await stage.nextBlock()
  return waves
}

async function sign(stage: Stage, message: TypedData.Message) {
  const proof = await signedByValidators(stage.world, message)
  return { message, proof, attestations: await stage.attest(message) }
}

// One release of nearly everything, as it was, and beside it what would slip under limits.
function wavesOf(stage: Stage): TypedData.Message[][] {
  const { rng } = stage
  const most = drainBetween(stage, 5_000_000, 58_000_000)
  const piece = dollarsBetween(rng, 5_000, 60_000)
  const little = dollarsBetween(rng, 100, 900)
  const of = (dollars: number) =>
    loot.map((symbol) => forge(stage, 'south', symbol, unitsOfDollars(coinOf(symbol), dollars)))
  const pieces = Array.from({ length: between(rng, 6, 10) }, () => of(piece))
  return [[...of(most), ...of(little)], ...pieces]
}

function tell(world: World, log: ForgedLog): void {
  for (const liar of liars.get(world)!) liar.forge(log)
}

function burned(message: TypedData.Message, blockNumber: number): ForgedLog {
  const { sourceBridge, sender, beneficiary, nonce, destinationChain, tokenSource, token, amount } = message
  const args = { id: TypedData.messageId(message), sender, beneficiary }
  const topics = encodeEventTopics({ abi: Escrow.abi, eventName: 'Burned', args }) as Hex[]
  const types = ['uint256', 'uint256', 'address', 'address', 'uint256'].map((type) => ({ type }))
  const data = encodeAbiParameters(types, [nonce, destinationChain, tokenSource, token, amount])
  return { address: sourceBridge, topics, data, blockNumber }
}

// They sign what their node shows them, and nothing else.
async function signedByValidators(world: World, message: TypedData.Message): Promise<Hex> {
  const client = createPublicClient({ transport: http(liars.get(world)![0]!.url, { retryCount: 0 }) })
  const logs = await client.getLogs({ address: message.sourceBridge, fromBlock: 0n, toBlock: 'latest' })
  const id = TypedData.messageId(message)
  const shown = parseEventLogs({ abi: Escrow.abi, logs, eventName: 'Burned', args: { id } })
  return shown.length === 0 ? '0x' : signedBy(world.accounts.validators, message)
}
