import { createHash } from 'node:crypto'
import { format as formatTime } from '@cutwater/core/units/UnixTime.ts'
import * as Usd from '@cutwater/core/units/Usd.ts'
import type { Alert } from '@cutwater/engine/ports/Notifier.ts'

// What alerts say in every medium, and what keeps a medium's own marks out of what they quote.

/** Where it happened, as far as it is known: labels with values. */
export function facts({ chain, block, tx, message, usd }: Alert): readonly (readonly [string, string])[] {
  const value = usd === null ? null : Usd.format(Usd.fromDollars(usd))
  const all = [
    ['chain', chain],
    ['block', block === null ? null : String(block)],
    ['transaction', tx],
    ['message', message],
    ['value', value],
  ] as const
  return all.flatMap(([label, text]) => (text === null || text === '' ? [] : [[label, text] as const]))
}

/** The bridge, or what to call it where an alert names none. */
export function bridgeOf({ bridge }: Alert): string {
  return bridge === '' ? 'the bridge' : bridge
}

/** An alert as plain JSON, its time as ISO 8601 text. */
export function toJson(alert: Alert): string {
  return JSON.stringify({ version: 1, ...alert, at: formatTime(alert.at) })
}

/** The most characters `keyOf` gives: PagerDuty's limit of a `dedup_key`. */
export const longestKey = 255

/**
 * An alert's id as a key that fits a header: itself, or its hash where it is long or not plain ASCII.
 *
 * @example
 * AlertText.keyOf('1:0xab:2:Replay') // '1:0xab:2:Replay'
 */
export function keyOf(id: string): string {
  if (id.length <= longestKey && /^[\x21-\x7e]+$/.test(id)) return id
  return `sha256:${createHash('sha256').update(id).digest('hex')}`
}

/**
 * Text cut to at most `limit` characters, counted after `escapeText`; never inside a character or an escape.
 *
 * @example
 * AlertText.cut('four and a half', 5) // 'four…'
 */
export function cut(text: string, limit: number, escapeText: (text: string) => string = same): string {
  const whole = escapeText(text)
  if (whole.length <= limit) return whole
  let kept = ''
  for (const character of text) {
    const next = escapeText(character)
    if (kept.length + next.length > limit - 1) break
    kept += next
  }
  return `${kept}…`
}

/**
 * Text without characters that move a cursor, colour a screen or turn the direction of reading: names and ids
 * in an alert are written by whoever attacks the bridge.
 *
 * @example
 * AlertText.printable('a\u001b[2Jb') // 'a\\u{1b}[2Jb'
 */
export function printable(text: string): string {
  return text
    .toWellFormed()
    .replace(
      /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu,
      (each) => `\\u{${each.codePointAt(0)!.toString(16)}}`,
    )
}

function same(text: string): string {
  return text
}
