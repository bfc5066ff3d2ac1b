import { crc32 } from 'node:zlib'
import { type Entry, type Topic, topics } from '@cutwater/engine/ports/Journal.ts'
import { headers, type MsgHdrs } from '@nats-io/transport-node'

/**
 * What one message of a journal's stream is: a part of a batch of entries, or a fence, which says that from here on
 * only holders of a token at least as great may write.
 */
export type Envelope = Part | Fence

export type Part = {
  readonly kind: 'part'
  /** the batch it belongs to, by a name of its writer's choice */
  readonly batch: string
  /** the how manieth part it is, from 1, of how many */
  readonly nth: number
  readonly of: number
  /** the place of the batch's first entry */
  readonly first: number
  /** the writer's token; 0 where it has none */
  readonly token: number
}

export type Fence = { readonly kind: 'fence'; readonly token: number }

const batchHeader = 'Cutwater-Batch'
const fenceHeader = 'Cutwater-Fence'
const sumHeader = 'Cutwater-Sum'

export function toHeaders(envelope: Envelope): MsgHdrs {
  const told = headers()
  if (envelope.kind === 'fence') told.set(fenceHeader, String(envelope.token))
  else {
    const { batch, nth, of, first, token } = envelope
    told.set(batchHeader, `${batch} ${nth}/${of} first=${first} token=${token}`)
  }
  return told
}

/** The same with a checksum over all there is of the message, its place in the stream included. */
export function sealed(envelope: Envelope, sequence: number, data: Uint8Array): MsgHdrs {
  const told = toHeaders(envelope)
  told.set(sumHeader, sumOf(told, sequence, data))
  return told
}

/** Whether a message is as it was sent; one from before there were checksums is taken at its word. */
export function isWhole(told: MsgHdrs | undefined, sequence: number, data: Uint8Array): boolean {
  return !told?.has(sumHeader) || told.get(sumHeader) === sumOf(told, sequence, data)
}

function sumOf(told: MsgHdrs, sequence: number, data: Uint8Array): string {
  const head = `${sequence} ${told.get(batchHeader)} ${told.get(fenceHeader)}`
  return crc32(data, crc32(head)).toString(16).padStart(8, '0')
}

/** Reads an envelope; undefined for a message that is of no journal. */
export function read(told: MsgHdrs | undefined): Envelope | undefined {
  const fence = told?.get(fenceHeader)
  if (fence) return /^\d{1,15}$/.test(fence) ? { kind: 'fence', token: Number(fence) } : undefined
  const match = /^(\w+) (\d{1,15})\/(\d{1,15}) first=(\d{1,15}) token=(\d{1,15})$/.exec(
    told?.get(batchHeader) ?? '',
  )
  if (match === null) return undefined
  const [, batch, nth, of, first, token] = match
  return {
    kind: 'part',
    batch: batch!,
    nth: Number(nth),
    of: Number(of),
    first: Number(first),
    token: Number(token),
  }
}

/** Entries as bytes; a list of them is one text, whatever its size. */
export function pack(entries: readonly Entry[]): Uint8Array {
  return Buffer.from(JSON.stringify(entries.map(({ topic, id, at, body }) => [topic, id, at, body])))
}

/** The entries that were packed; undefined where the bytes are not what `pack` made. */
export function unpack(bytes: Uint8Array): readonly Entry[] | undefined {
  const rows = parse(bytes)
  return Array.isArray(rows) && rows.every(isRow)
    ? rows.map(([topic, id, at, body]) => ({ topic, id, at, body }))
    : undefined
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    return undefined
  }
}

type Row = [topic: Topic, id: string, at: number, body: string]

function isRow(row: unknown): row is Row {
  if (!Array.isArray(row) || row.length !== 4) return false
  const [topic, id, at, body] = row
  return (
    topics.includes(topic) && typeof id === 'string' && Number.isSafeInteger(at) && typeof body === 'string'
  )
}

/** Bytes in pieces of at most `size`, at least one. */
export function split(bytes: Uint8Array, size: number): readonly Uint8Array[] {
  const pieces = Math.max(1, Math.ceil(bytes.length / size))
  return Array.from({ length: pieces }, (_, nth) => bytes.subarray(nth * size, (nth + 1) * size))
}
