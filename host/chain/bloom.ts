import { type Hex, hexToBytes, keccak256 } from 'viem'
import type { Log } from './Answer.ts'

// Yellow Paper, section 4.4.1: a header's bloom has three bits for the address and for each topic of every log, each
// the low 11 bits of a pair of bytes of the value's keccak-256, counted from the end.

/** A filter of 2048 bits. */
export type Bloom = Uint8Array

export function parse(hex: Hex): Bloom {
  return hexToBytes(hex)
}

/**
 * Whether the block may have a log with this value; false is certain.
 *
 * @param value an address or a topic
 */
export function mayHold(bloom: Bloom, value: Hex): boolean {
  return bitsOf(value).every((bit) => (bloom[255 - (bit >> 3)]! & (1 << (bit & 7))) !== 0)
}

/** Whether every bit of the filter is there because of one of these logs: then none is missing that left a trace. */
export function isExplained(bloom: Bloom, logs: readonly Log[]): boolean {
  const rest = bloom.slice()
  for (const { address, topics } of logs) {
    for (const value of [address, ...topics]) {
      for (const bit of bitsOf(value)) rest[255 - (bit >> 3)]! &= ~(1 << (bit & 7))
    }
  }
  return rest.every((byte) => byte === 0)
}

function bitsOf(value: Hex): readonly number[] {
  const hash = keccak256(value, 'bytes')
  return [0, 2, 4].map((at) => ((hash[at]! << 8) | hash[at + 1]!) & 2047)
}
