import type { BridgeEvent, ChainId } from '@cutwater/core/bridge/BridgeEvent.ts'
import type { Attempt, Change, LimitsSet } from '@cutwater/core/bridge/Observation.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import { type AbiParameter, decodeAbiParameters, encodeAbiParameters, type Hex } from 'viem'
import type { Log } from './Answer.ts'
import { isLegEvent, type WatchedEvent } from './WatchedEvent.ts'

/** A log as what it says, or as what is wrong with it. */
export type Decoded =
  | { readonly kind: 'observation'; readonly observation: BridgeEvent | Change | Attempt | LimitsSet }
  /** an event that says nothing of interest this time */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'malformed'; readonly what: string }

export type Where = { readonly chain: ChainId; readonly at: UnixTime }

/**
 * Reads a log as the event the operator said it is.
 *
 * Strict: a log that its own ABI would not have written (a topic or bytes too few or too many, dirty padding) is
 * malformed, and named with its transaction and argument; guessing would be worse.
 *
 * @param isAnnounced whether the change came through the timelock
 */
export function decodeLog(
  log: Log,
  event: WatchedEvent,
  { chain, at }: Where,
  isAnnounced: boolean,
): Decoded {
  const args = argumentsOf(log, event)
  if (typeof args === 'string') return malformed(log, event, args)
  const place = { at, chain, tx: log.tx, index: log.index, block: log.block }
  if (event.kind === 'attempt') {
    const { token, amount, only } = event
    if (only !== null && Number(args.get(only.argument)) !== only.value) return { kind: 'nothing' }
    const contract = accountText(args.get(token) as Hex)
    return found({ kind: 'attempt', ...place, token: contract, amount: BigInt(args.get(amount) as bigint) })
  }
  if (event.kind === 'limits') return found(limitsOf(args, place))
  if (!isLegEvent(event)) {
    const what = sentenceOf(event, args)
    return found({ kind: 'change', ...place, name: event.kind, what, announced: isAnnounced })
  }
  const { fields } = event
  const accountOf = (name: string | null) => (name === null ? null : accountText(args.get(name) as Hex))
  const peer = typeof fields.peer === 'number' ? fields.peer : Number(args.get(fields.peer))
  if (!Number.isSafeInteger(peer))
    return malformed(log, event, `${fields.peer} is ${args.get(String(fields.peer))}, which is no chain id`)
  return found({
    kind: event.kind,
    ...place,
    peer,
    message: String(args.get(fields.message)),
    tokenSource: accountOf(fields.tokenSource),
    token: accountOf(fields.token),
    sender: accountOf(fields.sender),
    beneficiary: accountOf(fields.beneficiary)!,
    amount: BigInt(args.get(fields.amount) as bigint | number),
  })
}

type OnChain = { readonly capacity: bigint; readonly window: number }

function limitsOf(
  args: ReadonlyMap<string, unknown>,
  place: Pick<LimitsSet, 'at' | 'chain' | 'tx' | 'index' | 'block'>,
): LimitsSet {
  const limit = (name: string) => {
    const { capacity, window } = args.get(name) as OnChain
    return { capacity, windowSeconds: window }
  }
  const direction = Number(args.get('direction')) === 0 ? 'in' : 'out'
  const token = accountText(args.get('token') as Hex)
  return { kind: 'limits', ...place, token, direction, unproven: limit('unproven'), total: limit('total') }
}

/** Every argument by its name; text says what does not fit. */
function argumentsOf(log: Log, { abi }: WatchedEvent): Map<string, unknown> | string {
  const indexed = abi.inputs.filter((input) => input.indexed)
  const rest = abi.inputs.filter((input) => !input.indexed)
  const topics = log.topics.slice(1)
  if (topics.length !== indexed.length) {
    const first = indexed[topics.length]?.name
    return `it has ${topics.length} indexed arguments, not ${indexed.length}${first ? `: ${first} is missing` : ''}`
  }
  const args = new Map<string, unknown>()
  for (const [at, input] of indexed.entries()) {
    if (isDynamic(input)) continue
    const problem = readInto(args, [input], topics[at]!)
    if (problem) return problem
  }
  return readInto(args, rest, log.data) ?? args
}

/** Decodes `data` and encodes it again: whatever does not come back as it was is not what a contract writes. */
function readInto(
  args: Map<string, unknown>,
  inputs: readonly AbiParameter[],
  data: Hex,
): string | undefined {
  const bytes = (data.length - 2) / 2
  const nameOf = (at: number) => inputs[at]?.name || `argument ${at + 1}`
  const isFlat = inputs.every((input) => !isDynamic(input) && !/\[|tuple/.test(input.type))
  if (isFlat && bytes < inputs.length * 32)
    return `${nameOf(Math.floor(bytes / 32))} is missing: ${bytes} bytes`
  let values: readonly unknown[]
  try {
    values = inputs.length === 0 ? [] : decodeAbiParameters(inputs, data)
  } catch (cause) {
    const bad = isFlat ? inputs.findIndex((input, at) => !isReadable(input, data, at)) : -1
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
    return bad >= 0 ? `${nameOf(bad)} is no ${inputs[bad]!.type}` : `its data does not decode (${reason})`
  }
  const again = inputs.length === 0 ? '0x' : encodeAbiParameters(inputs, values)
  if (again !== data) {
    const bad = inputs.findIndex((_, at) => isFlat && word(again, at) !== word(data, at))
    return bad >= 0 ? `${nameOf(bad)} is no ${inputs[bad]!.type}` : `it has ${bytes} bytes of data, too many`
  }
  inputs.forEach((input, at) => {
    if (input.name) args.set(input.name, values[at])
  })
  return undefined
}

function isReadable(input: AbiParameter, data: Hex, at: number): boolean {
  try {
    return encodeAbiParameters([input], decodeAbiParameters([input], word(data, at))) === word(data, at)
  } catch {
    return false
  }
}

function word(data: Hex, at: number): Hex {
  return `0x${data.slice(2 + at * 64, 2 + (at + 1) * 64)}`
}

function isDynamic({ type }: AbiParameter): boolean {
  return !/^(?:u?int\d*|bytes\d+|address|bool)$/.test(type)
}

/** An address; 32 bytes stay as they are unless they hold an address of 20. */
function accountText(value: Hex): string {
  const text = value.toLowerCase()
  return text.startsWith('0x000000000000000000000000') && text.length === 66 ? `0x${text.slice(26)}` : text
}

function sentenceOf({ abi }: WatchedEvent, args: ReadonlyMap<string, unknown>): string {
  const told = [...args].map(([name, value]) => `${name} ${plain(value)}`)
  return told.length === 0 ? abi.name : `${abi.name}: ${told.join(', ')}`
}

function plain(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(plain).join(', ')}]`
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value).map(([name, each]) => `${name} ${plain(each)}`)}}`
  const text = String(value)
  return text.length > 100 ? `${text.slice(0, 97)}…` : text
}

function found(observation: BridgeEvent | Change | Attempt | LimitsSet): Decoded {
  return { kind: 'observation', observation }
}

function malformed({ tx, index, address }: Log, { abi }: WatchedEvent, what: string): Decoded {
  return { kind: 'malformed', what: `log ${index} of ${tx} is no ${abi.name} of ${address}: ${what}` }
}
