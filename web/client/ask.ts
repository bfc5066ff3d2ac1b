import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { ErrorBody } from '@cutwater/host/api/schemas.ts'

/** Asks the API; throws what it says was wrong, as a CutwaterError. */
export async function ask<T>(path: string, signal?: AbortSignal): Promise<T> {
  return answerOf<T>(path, { ...(signal === undefined ? {} : { signal }) })
}

/** Wants something done; the token opens it. */
export async function send<T>(path: string, token: string, body?: unknown): Promise<T> {
  return answerOf<T>(path, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

async function answerOf<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(path, { ...init, credentials: 'omit' }).catch((error: unknown) => {
    throw init.signal?.aborted ? error : unreachable(path)
  })
  const body: unknown = await response.json().catch(() => undefined)
  if (response.ok && body !== undefined) return body as T
  throw isErrorBody(body) ? errorOf(body) : unreadable(path, response.status)
}

function isErrorBody(body: unknown): body is ErrorBody {
  return typeof body === 'object' && body !== null && 'error' in body
}

function errorOf({ error: { code, what, where, right } }: ErrorBody): CutwaterError {
  return new CutwaterError(code, what, { where, right })
}

function unreachable(path: string): CutwaterError {
  return new CutwaterError('SERVER_UNREACHABLE', 'the server does not answer', {
    where: path,
    right: '`cutwater serve` or `npm start` to be running',
  })
}

function unreadable(path: string, status: number): CutwaterError {
  return new CutwaterError('ANSWER_UNREADABLE', `the server answers ${status} without a reason`, {
    where: path,
    right: 'JSON',
  })
}
