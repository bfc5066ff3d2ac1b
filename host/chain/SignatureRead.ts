import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { choice } from '@cutwater/core/units/nearest.ts'
import type { AbiFunction, AbiParameter, Address } from 'viem'
import * as z from 'zod'
import { address, someText } from '../config/bridgeSchemas.ts'
import type { Path } from '../config/readYaml.ts'
import * as AbiItem from './AbiItem.ts'

/** Whose signatures come with what a contract pays, and where in the call they are. */
export type SignatureRead = {
  readonly contract: Address
  /** name of the set: 'watchers' of a guard, 'validators' of a bridge */
  readonly set: string
  readonly calls: readonly AbiFunction[]
  /** the argument that holds the signatures: bytes[], or bytes of 65 each */
  readonly argument: string
  readonly signed: SignedData
  /** who is in the set, in lower case */
  readonly by: readonly Address[]
}

/** What is signed: what a watcher says to a guard of ours about a message, a hash, or the hash of what is encoded. */
export type SignedData =
  | { readonly kind: 'attestation'; readonly message: string; readonly guard: Address }
  | { readonly kind: 'hash'; readonly argument: string; readonly isPrefixed: boolean }
  | { readonly kind: 'encoded'; readonly arguments: readonly string[]; readonly isPrefixed: boolean }

const argument = z.string().min(1, 'the name of an ABI argument')

/** One entry of a contract's `signatures`. */
export const signatureSchema = z.strictObject({
  set: someText,
  calls: z.array(someText).min(1, 'at least one function'),
  argument,
  signed: z.strictObject({
    /** the argument that is a message, as a guard of ours has it */
    attestation: argument.optional(),
    /** the argument that is the signed hash itself */
    hash: argument.optional(),
    /** arguments whose ABI encoding is hashed with Keccak and signed */
    encoded: z.array(argument).min(1, 'at least one argument').optional(),
    /** whether wallets signed it as text: \x19Ethereum Signed Message */
    prefixed: z.boolean().default(false),
  }),
  by: z.array(address).min(2, 'two signers or more: one alone is never silent while others sign'),
})

type Written = z.output<typeof signatureSchema>
type Place = (path: Path) => string

/** An entry checked against its own functions; `ABI_*` and `SIGNATURES_*` name the line. */
export function create(
  written: Written,
  { contract, guard }: { readonly contract: Address; readonly guard: Address | null },
  place: Place,
): SignatureRead {
  const calls = written.calls.map((text, nth) => functionOf(text, place(['calls', nth])))
  const signed = signedOf(written.signed, guard, place(['signed']))
  for (const [nth, call] of calls.entries()) {
    requireArgument(call, written.argument, /^bytes(?:\[\])?$/, 'bytes[] or bytes', place(['argument']))
    requireSigned(call, signed, place(['signed']))
    if (signed.kind === 'attestation') requireMessage(call, signed.message, place(['calls', nth]))
  }
  return {
    contract,
    set: written.set,
    calls,
    argument: written.argument,
    signed,
    by: written.by as Address[],
  }
}

function signedOf(
  { attestation, hash, encoded, prefixed }: Written['signed'],
  guard: Address | null,
  where: string,
): SignedData {
  if ([attestation, hash, encoded].filter((each) => each !== undefined).length !== 1)
    throw new CutwaterError('SIGNATURES_UNCLEAR', 'what is signed is not one thing', {
      where,
      right: 'one of attestation:, hash: and encoded:',
    })
  if (hash !== undefined) return { kind: 'hash', argument: hash, isPrefixed: prefixed }
  if (encoded !== undefined) return { kind: 'encoded', arguments: encoded, isPrefixed: prefixed }
  if (guard === null)
    throw new CutwaterError('SIGNATURES_NO_GUARD', 'an attestation is for a guard, and the chain has none', {
      where,
      right: 'guard: of the chain, or hash: or encoded:',
    })
  return { kind: 'attestation', message: attestation!, guard }
}

function requireSigned(call: AbiFunction, signed: SignedData, where: string): void {
  switch (signed.kind) {
    case 'hash':
      return void requireArgument(call, signed.argument, /^bytes32$/, 'bytes32', where)
    case 'encoded':
      for (const name of signed.arguments) requireArgument(call, name, /./, 'any', where)
      return
    case 'attestation':
      return void requireArgument(call, signed.message, /^tuple$/, 'a tuple', where)
  }
}

function requireMessage({ name, inputs }: AbiFunction, message: string, where: string): void {
  const input = inputs.find((each) => each.name === message)!
  const names = 'components' in input ? input.components.map((each) => each.name) : []
  const missing = messageFields.filter((field) => !names.includes(field))
  if (missing.length === 0) return
  throw new CutwaterError(
    'ABI_ARGUMENT_UNFIT',
    `${message} of ${name} is no message: it has no ${missing.join(', ')}`,
    { where, right: `a tuple with ${messageFields.join(', ')}` },
  )
}

/** Fields of the message that a guard of ours is told of (MessageLib.sol). */
const messageFields = [
  'sourceChain',
  'sourceBridge',
  'nonce',
  'tokenSource',
  'sender',
  'destinationChain',
  'destinationBridge',
  'token',
  'beneficiary',
  'amount',
]

function requireArgument(
  call: AbiFunction,
  name: string,
  types: RegExp,
  right: string,
  where: string,
): AbiParameter {
  const input = call.inputs.find((each) => each.name === name)
  if (input === undefined) {
    const names = call.inputs.flatMap((each) => each.name || [])
    throw new CutwaterError('ABI_ARGUMENT_UNKNOWN', `${call.name} has no argument ${name}`, {
      where,
      right: choice(name, names),
    })
  }
  if (types.test(input.type)) return input
  throw new CutwaterError('ABI_ARGUMENT_UNFIT', `${name} of ${call.name} is ${input.type}`, {
    where,
    right: `an argument of type ${right}`,
  })
}

const example = 'a function, such as: function release(bytes32 id, bytes[] signatures)'

function functionOf(text: string, where: string): AbiFunction {
  const item = AbiItem.parse(text, where, example)
  if (item.type === 'function') return item
  throw new CutwaterError('ABI_NOT_FUNCTION', `${JSON.stringify(text)} is no function`, {
    where,
    right: example,
  })
}
