import type { Kind } from '@cutwater/core/bridge/BridgeEvent.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { choice } from '@cutwater/core/units/nearest.ts'
import { type AbiEvent, type AbiParameter, type Hex, parseAbiItem, toEventSelector } from 'viem'
import * as AbiItem from './AbiItem.ts'

/** One event of a bridge's own contracts, and which of the things a bridge does it shows. */
export type WatchedEvent = LegEvent | ChangeEvent | AttemptEvent | LimitsEvent

export type LegEvent = Shape & { readonly kind: Kind; readonly fields: Fields }
export type ChangeEvent = Shape & { readonly kind: 'SignerSetChanged' | 'ConfigChanged' }

/** A guard's own event: it holds a release for want of a proof. */
export type AttemptEvent = Shape & {
  readonly kind: 'attempt'
  readonly token: string
  readonly amount: string
  /** the event shows an attempt only where this argument has this value, such as a reason; null: always */
  readonly only: { readonly argument: string; readonly value: number } | null
}

/** A guard's own event: the limits it has from here on. */
export type LimitsEvent = Shape & { readonly kind: 'limits' }

/** Where each field of a leg comes from: an argument by its name, a constant, or nowhere. */
export type Fields = {
  readonly message: string
  readonly peer: string | number
  readonly tokenSource: string | null
  readonly token: string | null
  readonly sender: string | null
  readonly beneficiary: string
  readonly amount: string
}

/** What the operator wrote; what is left out is the argument of the same name. */
export type WrittenEvent = {
  readonly abi: string
  readonly kind: WatchedEvent['kind']
  readonly fields?: { readonly [Name in keyof Fields]?: Fields[Name] | undefined } | undefined
  /** for an attempt: the argument, and the value it must have */
  readonly only?: Readonly<Record<string, number>> | undefined
}

type Shape = {
  readonly abi: AbiEvent
  /** the log's first topic */
  readonly topic: Hex
}

export const legKinds: readonly Kind[] = ['lock', 'mint', 'burn', 'release']
export const changeKinds: readonly ChangeEvent['kind'][] = ['SignerSetChanged', 'ConfigChanged']

export function isLegEvent(event: WatchedEvent): event is LegEvent {
  return 'fields' in event
}

/**
 * An event as the operator wrote it, checked against its own ABI text.
 *
 * @param place where a part of the entry stands, for errors: `ABI_*`, `FIELD_*`
 */
export function create(written: WrittenEvent, place: (part: readonly string[]) => string): WatchedEvent {
  const abi = parseEvent(written.abi, place(['abi']))
  const shape = { abi, topic: toEventSelector(abi) }
  const kind = written.kind
  if (kind === 'SignerSetChanged' || kind === 'ConfigChanged') {
    if (written.fields) throw fieldsOfChange(kind, place(['fields']))
    return { ...shape, kind }
  }
  if (kind === 'attempt') return attemptOf(shape, written, place)
  if (kind === 'limits') {
    if (shape.topic !== limitsTopic) throw noLimits(abi, place(['abi']))
    return { ...shape, kind }
  }
  const read = <Name extends keyof Fields>(name: Name) => fieldOf(abi, written.fields, name, place)
  return {
    ...shape,
    kind,
    fields: {
      message: read('message') as string,
      peer: read('peer') as string | number,
      tokenSource: read('tokenSource') as string | null,
      token: read('token') as string | null,
      sender: read('sender') as string | null,
      beneficiary: read('beneficiary') as string,
      amount: read('amount') as string,
    },
  }
}

function attemptOf(
  shape: Shape,
  { fields, only }: WrittenEvent,
  place: (part: readonly string[]) => string,
): AttemptEvent {
  const { abi } = shape
  const token = fieldOf(abi, fields, 'token', place)
  const amount = fieldOf(abi, fields, 'amount', place)
  const names = abi.inputs.flatMap((input) => input.name || [])
  if (typeof token !== 'string') throw fieldMissing(abi, 'token', names, place(['fields']))
  const [condition] = Object.entries(only ?? {})
  if (condition && !names.includes(condition[0])) {
    throw argumentUnknown(abi, 'only', condition[0], names, place(['only']))
  }
  return {
    ...shape,
    kind: 'attempt',
    token,
    amount: amount as string,
    only: condition ? { argument: condition[0], value: condition[1] } : null,
  }
}

const limitsAbi =
  'event LimitsSet(address indexed token, uint8 indexed direction, (uint208 capacity, uint48 window) unproven, (uint208 capacity, uint48 window) total, address indexed by)'
const limitsTopic = toEventSelector(parseAbiItem(limitsAbi) as AbiEvent)

const uint = { types: /^uint\d*$/, right: 'an argument of type uint' }
// 32 bytes hold addresses of chains whose addresses are longer than Ethereum's.
const account = { types: /^(?:address|bytes32)$/, right: 'an argument of type address or bytes32' }
const label = {
  types: /^(?:uint\d*|bytes\d+|string|address)$/,
  right: 'an argument of type uint, bytes32, address or string',
}

const rules: Readonly<
  Record<keyof Fields, { readonly types: RegExp; readonly right: string; readonly isOptional?: boolean }>
> = {
  message: label,
  peer: uint,
  tokenSource: { ...account, isOptional: true },
  token: { ...account, isOptional: true },
  sender: { ...account, isOptional: true },
  beneficiary: account,
  amount: uint,
}

function fieldOf(
  abi: AbiEvent,
  fields: WrittenEvent['fields'],
  name: keyof Fields,
  place: (part: readonly string[]) => string,
): string | number | null {
  const written = fields?.[name]
  const { types, right, isOptional } = rules[name]
  if (written === null || typeof written === 'number') return written
  const names = abi.inputs.flatMap((input) => input.name || [])
  const input = abi.inputs.find((each) => each.name === (written ?? name))
  if (!input) {
    if (written === undefined && isOptional) return null
    throw written === undefined
      ? fieldMissing(abi, name, names, place(['fields']))
      : argumentUnknown(abi, name, written, names, place(['fields', name]))
  }
  if (!types.test(input.type) || isHashed(input))
    throw argumentUnfit(abi, name, input, right, place(['fields', name]))
  return input.name!
}

/** Of an indexed argument of variable length the log keeps a hash only. */
function isHashed(input: AbiParameter & { readonly indexed?: boolean | undefined }): boolean {
  return input.indexed === true && !/^(?:u?int\d*|bytes\d+|address|bool)$/.test(input.type)
}

function parseEvent(text: string, where: string): AbiEvent {
  const item = AbiItem.parse(text, where, example)
  if (item.type !== 'event')
    throw new CutwaterError('ABI_NOT_EVENT', `${JSON.stringify(text)} is no event`, { where, right: example })
  if (item.anonymous)
    throw new CutwaterError('ABI_ANONYMOUS', `${item.name} is anonymous: its logs carry no name`, {
      where,
      right: 'an event that is not anonymous',
    })
  return item
}

const example = 'an event, such as: event Locked(bytes32 indexed id, address token, uint256 amount)'

function noLimits({ name }: AbiEvent, where: string): CutwaterError {
  const right = `the event of a guard of ours: ${limitsAbi}`
  return new CutwaterError('ABI_ARGUMENT_UNFIT', `${name} tells no limits`, { where, right })
}

function fieldsOfChange(kind: string, where: string): CutwaterError {
  return new CutwaterError('FIELD_UNUSED', `${kind} has no fields: it tells what its event says`, {
    where,
    right: 'no fields',
  })
}

function fieldMissing(abi: AbiEvent, name: string, names: readonly string[], where: string): CutwaterError {
  return new CutwaterError('FIELD_MISSING', `${abi.name} has no argument named ${name}`, {
    where,
    right: `${name}: and the argument that holds it, one of ${names.join(', ')}`,
  })
}

function argumentUnknown(
  abi: AbiEvent,
  name: string,
  written: string,
  names: readonly string[],
  where: string,
): CutwaterError {
  return new CutwaterError('ABI_ARGUMENT_UNKNOWN', `${name} is ${written}, which ${abi.name} does not have`, {
    where,
    right: choice(written, names),
  })
}

function argumentUnfit(
  abi: AbiEvent,
  name: string,
  input: AbiParameter,
  right: string,
  where: string,
): CutwaterError {
  const kept = isHashed(input) ? `${input.type} indexed: a log keeps only its hash` : input.type
  return new CutwaterError(
    'ABI_ARGUMENT_UNFIT',
    `${name} is ${input.name} of ${abi.name}, which is ${kept}`,
    { where, right },
  )
}
