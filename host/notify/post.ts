import * as Rng from '@cutwater/core/simulation/Rng.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import type { Clock } from '@cutwater/engine/ports/Clock.ts'
import { cut, printable } from './AlertText.ts'

/** Who receives, and how patiently. */
export type Receiver = {
  /** as it is called in errors; the URL is not shown, it may hold a secret */
  readonly name: string
  readonly url: string
  readonly clock: Clock
  /** for the jitter of pauses between tries */
  readonly rng: Rng.Rng
  /** whatever must not appear in an error, though the receiver echo it */
  readonly secrets: readonly string[]
  readonly tries?: Tries
}

export type Tries = {
  readonly most: number
  readonly timeoutMilliseconds: number
  readonly firstPauseMilliseconds: number
  /** a receiver that asks for more patience than this is as good as down */
  readonly longestPauseMilliseconds: number
}

export const patient: Tries = {
  most: 4,
  timeoutMilliseconds: 10_000,
  firstPauseMilliseconds: 500,
  longestPauseMilliseconds: 60_000,
}

export type Message = { readonly body: string; readonly headers?: Readonly<Record<string, string>> }

/**
 * Posts JSON until the receiver takes it.
 *
 * What may pass by itself (no answer, 408, 429, 5xx) is tried again after a growing, jittered pause, or after the
 * `Retry-After` the receiver asks for.
 *
 * @param compose the message as of a time, made anew for each try
 * @throws CutwaterError `NOTIFIER_REFUSED` for any other answer, `NOTIFIER_UNREACHABLE` after the last try; whether
 * a later try may work is `facts.retryable`
 */
export async function post(receiver: Receiver, compose: (at: UnixTime) => Message): Promise<void> {
  const { clock, rng, tries = patient } = receiver
  for (let tried = 1; ; tried += 1) {
    const failure = await send(receiver, compose(clock.now()), tries.timeoutMilliseconds)
    if (failure === undefined) return
    if (!failure.isPassing) throw refused(receiver, failure)
    const backoff = tries.firstPauseMilliseconds * 2 ** (tried - 1) * (0.5 + Rng.uniform(rng))
    const pause = failure.retryAfterMilliseconds ?? Math.min(backoff, tries.longestPauseMilliseconds)
    if (tried >= tries.most || pause > tries.longestPauseMilliseconds) {
      throw unreachable(receiver, failure, tried)
    }
    await clock.sleep(pause)
  }
}

type Failure = {
  readonly status: number | null
  readonly what: string
  readonly isPassing: boolean
  readonly retryAfterMilliseconds: number | null
}

async function send(
  receiver: Receiver,
  { body, headers }: Message,
  timeout: number,
): Promise<Failure | undefined> {
  try {
    const response = await fetch(receiver.url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'cutwater', ...headers },
      // A redirect would carry an alert, and a signature, to a place nobody configured.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
    })
    if (response.ok) {
      // The status is the answer; a body that never ends is not waited for.
      response.body?.cancel().catch(() => {})
      return undefined
    }
    return await failureOf(response, receiver)
  } catch (error) {
    const what = nameOf(error, timeout)
    return { status: null, what, isPassing: true, retryAfterMilliseconds: null }
  }
}

async function failureOf(response: Response, { clock, secrets }: Receiver): Promise<Failure> {
  const { status, headers } = response
  const isPassing = status >= 500 || status === 408 || status === 429
  const said = withoutSecrets(await startOf(response), secrets)
  const what = `it answered ${status}${said === '' ? '' : ` (${cut(printable(said), 200)})`}`
  const retryAfterMilliseconds = retryAfter(headers.get('retry-after'), clock.now())
  return { status, what, isPassing, retryAfterMilliseconds }
}

const mostBytes = 16_384

/** What an answer says, or nothing when it says too much or too slowly. */
async function startOf(response: Response): Promise<string> {
  try {
    const chunks: Uint8Array[] = []
    let bytes = 0
    for await (const chunk of response.body ?? []) {
      bytes += chunk.length
      if (bytes > mostBytes) return ''
      chunks.push(chunk)
    }
    return Buffer.concat(chunks).toString('utf8').trim()
  } catch {
    return ''
  }
}

function withoutSecrets(text: string, secrets: readonly string[]): string {
  const longestFirst = secrets.filter((secret) => secret !== '').sort((a, b) => b.length - a.length)
  return longestFirst.reduce((rest, secret) => rest.replaceAll(secret, '•••'), text)
}

/** Milliseconds a `Retry-After` asks for, in seconds or as an HTTP date (RFC 9110, 10.2.3); null without one. */
export function retryAfter(value: string | null, now: UnixTime): number | null {
  if (value === null) return null
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1_000
  // Date.parse takes far more for a date than HTTP does, '-1' among it.
  const at = /^[A-Z][a-z]{2,8},? .*\d GMT$/.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(at) ? null : Math.max(0, at - now * 1_000)
}

/** An error by its code alone: its message may quote what was sent. */
function nameOf(error: unknown, timeout: number): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `no answer within ${timeout} ms`
  const cause = error instanceof Error ? error.cause : undefined
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'the connection failed'
  return `no answer: ${code}`
}

function refused({ name }: Receiver, { status, what }: Failure): CutwaterError {
  return new CutwaterError('NOTIFIER_REFUSED', `the alert was refused: ${what}`, {
    where: name,
    right: 'a receiver that takes it; check its URL, its secret and its settings',
    facts: { status, retryable: false },
  })
}

function unreachable({ name }: Receiver, { status, what }: Failure, tries: number): CutwaterError {
  return new CutwaterError('NOTIFIER_UNREACHABLE', `the alert was not taken in ${tries} tries: ${what}`, {
    where: name,
    right: 'a receiver that answers',
    facts: { status, tries, retryable: true },
  })
}
