import { crc32 } from 'node:zlib'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { Recorded } from '@cutwater/engine/ports/Journal.ts'

/**
 * The seal of an entry: a checksum over its place, its text, and the seal of the entry before it of its topic.
 *
 * SQLite keeps no checksum of its pages. Sealed, an entry says by itself whether it is as it was written, and its topic
 * whether something was taken out of its middle. It proves no intent: whoever changes an entry can seal it anew.
 *
 * CRC-32 as in zlib: https://www.rfc-editor.org/rfc/rfc1952#section-8
 *
 * @example
 * of({ seq: 1, topic: 'done', id: 'a', at: 1, body: '{}' }, 0) // 3071530324
 */
export function of({ seq, topic, id, at, body }: Recorded, before: number): number {
  // No id and no body holds NUL: checkEntries refuses it.
  return crc32(`${seq}\0${topic}\0${at}\0${id}\0${body}`, before)
}

/** Whether an entry is as it was sealed, by the two numbers that lie beside it. */
export function isWhole(entry: Recorded, before: number, seal: number): boolean {
  return isChecksum(before) && of(entry, before) === seal
}

// A number that was damaged may be none that zlib takes.
function isChecksum(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < 2 ** 32
}

/** What a reader is told of damage: entries before `seq` are as they were written. */
export function broken(path: string, seq: number, what: string, cause?: unknown): CutwaterError {
  return new CutwaterError('JOURNAL_DAMAGED', what, {
    where: `${path}, entry ${seq}`,
    right: 'a backup, or a copy of what is before it: cutwater journal repair',
    facts: { seq },
    cause,
  })
}
