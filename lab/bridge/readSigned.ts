import * as Escrow from '@cutwater/contracts/generated/Escrow.ts'
import * as TypedData from '@cutwater/contracts/TypedData.ts'
import type { Signed } from '@cutwater/core/bridge/Observation.ts'
import { decodeFunctionData, type Hex, parseEventLogs, recoverAddress } from 'viem'
import type { SeenBlock } from '../scenarios/Scenario.ts'
import type { World } from '../World.ts'
import { chainIds, type Place } from './Coins.ts'
import type { Twin } from './Twin.ts'

/** Which watchers signed what a twin paid in a block: their signatures are in the calldata of the release. */
export async function readSigned(
  { chains, accounts }: World,
  { ends }: Twin,
  place: Place,
  { number, hash, at }: SeenBlock,
): Promise<readonly Signed[]> {
  const { client } = chains[place]
  const { escrow, guard } = ends[place]
  const logs = await client.getLogs({ address: escrow, blockHash: hash })
  const paid = parseEventLogs({ abi: Escrow.abi, logs, eventName: ['Minted', 'Released'] })
  return Promise.all(
    paid.map(async ({ transactionHash: tx, logIndex: index }): Promise<Signed> => {
      const { input } = await client.getTransaction({ hash: tx })
      const signers = await signersOf(input, guard)
      const by = accounts.watchers
        .map(({ address }) => address)
        .filter((address) => signers.includes(address))
      return { kind: 'signed', at, chain: chainIds[place], tx, index, block: number, set: 'watchers', by }
    }),
  )
}

async function signersOf(input: Hex, guard: Hex): Promise<readonly string[]> {
  const { functionName, args } = decodeFunctionData({ abi: Escrow.abi, data: input })
  if (functionName !== 'release' && functionName !== 'execute') return []
  const [message] = args
  const attestations = functionName === 'release' ? args[2] : args[1]
  const digest = TypedData.attestationDigest(message, guard)
  const signers = await Promise.all(
    // What somebody wrote there that is no signature is nobody's.
    attestations.map((signature) => recoverAddress({ hash: digest, signature }).catch(() => '')),
  )
  return signers.map((address) => address.toLowerCase())
}
