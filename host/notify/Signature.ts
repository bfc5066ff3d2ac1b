import { createHmac, timingSafeEqual } from 'node:crypto'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'

/** The header a signed webhook carries. */
export const header = 'Cutwater-Signature'

/** How far the signer's clock and the receiver's may be apart, seconds; an older body is a replayed one. */
export const toleranceSeconds = 300

/**
 * The header's value: the time of signing, and HMAC-SHA256 over `time.body` in hexadecimal.
 *
 * @example
 * Signature.sign('a secret of 16+ c', 1659389551, '{}') // 't=1659389551,v1=2ef20245a311012fcd9e127aa409b2470746c67ecc5aaca0075e02dbe5411121'
 */
export function sign(secret: string, at: UnixTime, body: string): string {
  return `t=${at},v1=${macOf(secret, at, body)}`
}

/** Whether a body was signed with the secret, lately: what a receiver asks before it believes an alert. */
export function verify(secret: string, value: string, body: string, now: UnixTime): boolean {
  const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(value)
  if (!match) return false
  const at = Number(match[1])
  const expected = Buffer.from(macOf(secret, at, body), 'hex')
  return Math.abs(now - at) <= toleranceSeconds && timingSafeEqual(expected, Buffer.from(match[2]!, 'hex'))
}

function macOf(secret: string, at: UnixTime, body: string): string {
  return createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')
}
