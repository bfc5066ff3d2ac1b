import { CutwaterError, type Facts } from '@cutwater/core/units/CutwaterError.ts'
import { HttpRequestError, http, ResponseBodyTooLargeError, RpcRequestError, TimeoutError } from 'viem'
import type { Endpoint } from './LiveBridge.ts'

/** One node that answers JSON-RPC over HTTP. */
export type Rpc = {
  /** its host: a URL's path may hold a key, so it is said nowhere */
  readonly name: string
  /** one answer, not yet checked; fails with `RPC_*` and tries once only */
  request(method: string, params: readonly unknown[]): Promise<unknown>
}

/**
 * What can go wrong between a question and its answer:
 * `RPC_TIMEOUT`, `RPC_LIMITED` (429), `RPC_UNREACHABLE`, `RPC_MALFORMED`, `RPC_REFUSED` (the node says no),
 * and `RPC_INCONSISTENT` (its answers contradict each other).
 */
export function create(
  { http: url, batch }: Pick<Endpoint, 'http' | 'batch'>,
  { timeoutMilliseconds, signal }: { readonly timeoutMilliseconds: number; readonly signal?: AbortSignal },
): Rpc {
  const name = new URL(url).host
  const { request } = http(url, {
    raw: true,
    retryCount: 0,
    timeout: timeoutMilliseconds,
    batch: batch > 1 && { batchSize: batch },
    fetchOptions: signal ? { signal } : {},
  })({})
  return {
    name,
    request: async (method, params) => {
      const where = `${method} at ${name}`
      let answer: Raw
      try {
        answer = (await request({ method, params } as never)) as Raw
      } catch (cause) {
        throw transportError(where, cause)
      }
      if (answer.error !== undefined && answer.error !== null) throw refusal(where, answer.error)
      if (answer.result === undefined)
        throw new CutwaterError('RPC_MALFORMED', 'the answer has neither a result nor an error', { where })
      return answer.result
    },
  }
}

/** Whether a failure lies in the question's size rather than in the node: a smaller one may pass. */
export function isTooMuch({ code }: CutwaterError): boolean {
  return code === 'RPC_REFUSED' || code === 'RPC_TIMEOUT' || code === 'RPC_MALFORMED'
}

type Raw = { readonly result: unknown; readonly error: unknown }

// Errors of the library print the URL, and with it what may be a key: none of them is kept as a cause.
function transportError(where: string, cause: unknown): CutwaterError {
  if (cause instanceof TimeoutError) return new CutwaterError('RPC_TIMEOUT', 'no answer in time', { where })
  if (cause instanceof RpcRequestError) return refusal(where, cause)
  if (cause instanceof ResponseBodyTooLargeError)
    return new CutwaterError('RPC_MALFORMED', 'the answer is too large', { where })
  if (!(cause instanceof HttpRequestError))
    return new CutwaterError('RPC_MALFORMED', `the answer does not read as JSON-RPC`, { where })
  const { status, headers } = cause
  if (status === 429) return limited(where, headers?.get('retry-after'))
  if (status === 413) return new CutwaterError('RPC_REFUSED', 'HTTP status 413: too large', { where })
  if (status !== undefined) return new CutwaterError('RPC_UNREACHABLE', `HTTP status ${status}`, { where })
  if (cause.cause instanceof SyntaxError)
    return new CutwaterError('RPC_MALFORMED', 'the answer is not JSON', { where })
  return new CutwaterError('RPC_UNREACHABLE', `no connection${reasonOf(cause.cause)}`, { where })
}

function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error ? cause.cause : undefined
  return inner instanceof Error && 'code' in inner ? ` (${String(inner.code)})` : ''
}

const limitCodes: readonly unknown[] = [429, -32005, -32007]

function refusal(where: string, error: unknown): CutwaterError {
  const { code, message, data } = (typeof error === 'object' && error !== null ? error : {}) as Refusal
  if (limitCodes.includes(code)) return limited(where, null)
  const text = typeof message === 'string' ? message.slice(0, 300) : 'the node refuses'
  return new CutwaterError('RPC_REFUSED', text, { where, facts: { data: dataOf(data) } satisfies Facts })
}

type Refusal = { readonly code?: unknown; readonly message?: unknown; readonly data?: unknown }

/** The bytes a revert carries; nodes wrap them differently. */
function dataOf(data: unknown): string | null {
  if (typeof data === 'object' && data !== null && 'data' in data) return dataOf(data.data)
  return typeof data === 'string' && data.startsWith('0x') ? data : null
}

function limited(where: string, retryAfter: string | null | undefined): CutwaterError {
  const seconds = Number(retryAfter ?? '')
  return new CutwaterError('RPC_LIMITED', 'too many requests', {
    where,
    facts: { retryAfterSeconds: Number.isFinite(seconds) ? Math.max(0, seconds) : 0 },
  })
}
