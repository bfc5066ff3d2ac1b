import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import type { Address, Hex } from 'viem'
import * as z from 'zod'

// What nodes answer, checked before anything is believed of it.

export type Header = {
  readonly number: number
  readonly hash: string
  readonly parentHash: string
  readonly at: UnixTime
  readonly bloom: Hex
  /** wei per gas; null before EIP-1559 */
  readonly baseFee: bigint | null
}

export type Log = {
  readonly address: Address
  readonly topics: readonly Hex[]
  readonly data: Hex
  readonly tx: string
  /** position in its block */
  readonly index: number
  readonly block: number
  readonly blockHash: string
}

/** A block's header; null where the node does not have the block. */
export function header(answer: unknown): Header | null {
  if (answer === null) return null
  const raw = fit(headerSchema, answer, 'a block')
  return {
    number: raw.number,
    hash: raw.hash,
    parentHash: raw.parentHash,
    at: raw.timestamp,
    bloom: raw.logsBloom as Hex,
    baseFee: raw.baseFeePerGas ?? null,
  }
}

/** Logs of mined blocks, in the order of the chain. */
export function logs(answer: unknown): readonly Log[] {
  const raw = fit(logsSchema, answer, 'logs')
  const read = raw.map((each) => ({
    address: each.address as Address,
    topics: each.topics as Hex[],
    data: each.data as Hex,
    tx: each.transactionHash,
    index: each.logIndex,
    block: each.blockNumber,
    blockHash: each.blockHash,
  }))
  return read.toSorted((a, b) => a.block - b.block || a.index - b.index)
}

/** A whole number that fits a number. */
export function quantity(answer: unknown): number {
  return fit(safeQuantity, answer, 'a number')
}

/** A whole number of any size. */
export function bigQuantity(answer: unknown): bigint {
  return fit(anyQuantity, answer, 'a number')
}

/** Bytes as hexadecimal text. */
export function bytes(answer: unknown): Hex {
  return fit(hex, answer, 'bytes') as Hex
}

/** The node's answer as `schema` reads it; `RPC_MALFORMED` says what it is not. */
export function fit<Schema extends z.ZodType>(
  schema: Schema,
  answer: unknown,
  what: string,
): z.output<Schema> {
  const result = schema.safeParse(answer)
  if (result.success) return result.data
  const { path, message } = result.error.issues[0]!
  throw new CutwaterError('RPC_MALFORMED', `the answer is not ${what}: ${path.join('.')} ${message}`.trim())
}

const digits = /^0x[0-9a-f]*$/i
const lower = (text: string) => text.toLowerCase()
const hex = z
  .string('is not hexadecimal')
  .refine((text) => digits.test(text) && text.length % 2 === 0, 'is not hexadecimal')
  .transform(lower)
const hexOf = (size: number) =>
  z
    .string(`is not ${size} bytes`)
    .refine((text) => digits.test(text) && text.length === 2 + 2 * size, `is not ${size} bytes`)
    .transform(lower)

/** A hash: of a block, of a transaction. */
export const hash = hexOf(32)
export const account = hexOf(20)
export const anyQuantity = z
  .string('is not a quantity')
  .regex(/^0x[0-9a-f]{1,64}$/i, 'is not a quantity')
  .transform(BigInt)
export const safeQuantity = anyQuantity
  .refine((value) => value <= BigInt(Number.MAX_SAFE_INTEGER), 'is too large')
  .transform(Number)
export const hexBytes = hex

const headerSchema = z.object({
  number: safeQuantity,
  hash,
  parentHash: hash,
  timestamp: safeQuantity,
  logsBloom: hexOf(256),
  baseFeePerGas: anyQuantity.nullish(),
})

const logsSchema = z.array(
  z.object({
    address: account,
    topics: z.array(hash).max(4, 'has more than four topics'),
    data: hex,
    transactionHash: hash,
    logIndex: safeQuantity,
    blockNumber: safeQuantity,
    blockHash: hash,
    removed: z.literal(false, 'belongs to a dropped block').nullish(),
  }),
  'is not a list',
)
