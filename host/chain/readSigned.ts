import * as TypedData from '@cutwater/contracts/TypedData.ts'
import type { BridgeEvent } from '@cutwater/core/bridge/BridgeEvent.ts'
import { isLeg, type Signed } from '@cutwater/core/bridge/Observation.ts'
import type { Block } from '@cutwater/engine/ports/ChainSource.ts'
import {
  type AbiFunction,
  type Address,
  decodeFunctionData,
  encodeAbiParameters,
  type Hex,
  hashMessage,
  keccak256,
  recoverAddress,
  size,
  slice,
} from 'viem'
import * as z from 'zod'
import * as Answer from './Answer.ts'
import type { LiveChain } from './LiveBridge.ts'
import * as Quorum from './quorum.ts'
import type { Rpc } from './Rpc.ts'
import type { Say } from './Say.ts'
import type { SignatureRead } from './SignatureRead.ts'

/**
 * Who signed what a block paid, by the calls that paid it: a quorum of nodes tells each call once.
 *
 * What another contract called for somebody else shows no signatures, and is left out.
 */
export async function readSigned(
  nodes: Quorum.Quorum,
  { id, name, signatures }: Pick<LiveChain, 'id' | 'name' | 'signatures'>,
  { number, observations }: Pick<Block, 'number' | 'observations'>,
  say: Say = () => {},
): Promise<readonly Signed[]> {
  if (signatures.length === 0) return []
  const paid = observations.filter(isLeg).filter(({ kind }) => kind === 'mint' || kind === 'release')
  const all = await Promise.all(
    [...Map.groupBy(paid, ({ tx }) => tx)]
      .map(async ([tx, legs]) => {
        const call = await Quorum.agree(
          nodes,
          (rpc) => callOf(rpc, tx),
          ({ to, input }) => `${to} ${input}`,
        )
        const read = await Promise.all(signatures.map((each) => signedIn(each, call, legs)))
        return read.flat()
      })
      .map((each) =>
        each.catch((error: Error) => {
          say('warn', `who signed in block ${number} of ${name} was not read: ${error.message}`, {
            chain: id,
          })
          return []
        }),
      ),
  )
  return all.flat()
}

type Call = { readonly to: Address | null; readonly input: Hex }

async function callOf(rpc: Rpc, tx: string): Promise<Call> {
  const told = Answer.fit(transaction, await rpc.request('eth_getTransactionByHash', [tx]), 'a transaction')
  return { to: (told.to ?? null) as Address | null, input: told.input as Hex }
}

const transaction = z.object({ to: Answer.account.nullish(), input: Answer.hexBytes })

async function signedIn(
  read: SignatureRead,
  call: Call,
  legs: readonly BridgeEvent[],
): Promise<readonly Signed[]> {
  const args = call.to === read.contract ? argumentsOf(read.calls, call.input) : null
  if (args === null) return []
  const hash = digestOf(read, args)
  // What somebody wrote there that is no signature is nobody's.
  const recovered = signaturesOf(args.get(read.argument)?.value as Hex | readonly Hex[]).map((signature) =>
    recoverAddress({ hash, signature }).catch(() => null),
  )
  const signers = new Set((await Promise.all(recovered)).map((address) => address?.toLowerCase()))
  const by = read.by.filter((address) => signers.has(address))
  return legs.map(({ at, chain, tx, index, block }) => ({
    kind: 'signed',
    at,
    chain,
    tx,
    index,
    block,
    set: read.set,
    by,
  }))
}

type Arguments = ReadonlyMap<
  string,
  { readonly type: AbiFunction['inputs'][number]; readonly value: unknown }
>

function argumentsOf(calls: readonly AbiFunction[], data: Hex): Arguments | null {
  try {
    const { functionName, args = [] } = decodeFunctionData({ abi: calls, data })
    const { inputs } = calls.find(({ name }) => name === functionName)!
    return new Map(inputs.map((type, nth) => [type.name ?? '', { type, value: args[nth] }]))
  } catch {
    return null
  }
}

function digestOf({ signed }: SignatureRead, args: Arguments): Hex {
  switch (signed.kind) {
    case 'attestation':
      return TypedData.attestationDigest(args.get(signed.message)!.value as TypedData.Message, signed.guard)
    case 'hash':
      return prefixed(args.get(signed.argument)!.value as Hex, signed.isPrefixed)
    case 'encoded': {
      const named = signed.arguments.map((name) => args.get(name)!)
      const encoded = encodeAbiParameters(
        named.map(({ type }) => type),
        named.map(({ value }) => value),
      )
      return prefixed(keccak256(encoded), signed.isPrefixed)
    }
  }
}

function prefixed(hash: Hex, isPrefixed: boolean): Hex {
  return isPrefixed ? hashMessage({ raw: hash }) : hash
}

const signatureBytes = 65

function signaturesOf(told: Hex | readonly Hex[]): readonly Hex[] {
  if (typeof told !== 'string') return told
  const count = Math.floor(size(told) / signatureBytes)
  return Array.from({ length: count }, (_, nth) =>
    slice(told, nth * signatureBytes, (nth + 1) * signatureBytes),
  )
}
