import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import * as Bucket from '@cutwater/core/bridge/guard/Bucket.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'

/** Who may ask what: this machine's own pages may read, whoever has the token may act. */
export type Access = {
  /** names under which this server may be asked for, such as `127.0.0.1:4420` */
  readonly hosts: ReadonlySet<string>
  /** the hash of the token, so that not even memory holds it; null where nothing may be done */
  readonly tokenHash: Buffer | null
}

export type Headers = (name: string) => string | undefined

/** A token nobody can guess: 256 bits. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** The least length of a token that somebody chose. */
export const shortestToken = 16

/**
 * Access to a server on these hosts.
 *
 * Throws TOKEN_TOO_SHORT.
 */
export function create(hosts: readonly string[], token: string | null): Access {
  if (token !== null && token.length < shortestToken) throw tokenTooShort(token.length)
  return { hosts: new Set(hosts), tokenHash: token === null ? null : hashOf(token) }
}

/**
 * Refuses a request that did not come from a page of this server, or that names a host that is not this server: a
 * page elsewhere that has its name point here.
 */
export function checkOrigin({ hosts }: Access, header: Headers): Refusal | null {
  const host = header('host')
  if (host === undefined || !hosts.has(host))
    return refusal(403, 'HOST_REFUSED', `the host is ${host ?? 'not named'}`, [...hosts][0]!)
  const origin = header('origin')
  if (origin === undefined) return null
  const from = URL.parse(origin)
  if (from !== null && hosts.has(from.host)) return null
  return refusal(
    403,
    'ORIGIN_REFUSED',
    'the request comes from another page',
    `a page of http://${[...hosts][0]}`,
  )
}

/** Refuses a request that wants something done and has not the token; compares in constant time. */
export function checkToken({ tokenHash }: Access, header: Headers): Refusal | null {
  const given = /^Bearer ([\w.~+/-]+=*)$/.exec(header('authorization') ?? '')?.[1]
  if (tokenHash !== null && given !== undefined && timingSafeEqual(tokenHash, hashOf(given))) return null
  return refusal(
    401,
    'TOKEN_REFUSED',
    given === undefined ? 'there is no token' : 'this is not the token',
    'the header Authorization: Bearer and the token that was printed at the start',
  )
}

/** Why a request is not answered. */
export type Refusal = { readonly status: 401 | 403 | 429; readonly error: CutwaterError }

function refusal(status: Refusal['status'], code: string, what: string, right: string): Refusal {
  return { status, error: new CutwaterError(code, what, { right }) }
}

/**
 * How often one client may ask: a full bucket at once, refilled once in the window. A hand on the page's slider asks
 * some twenty times a second.
 */
export const rate = { requests: 1_800, windowSeconds: 60, mostClients: 1_000 }

/** The room each client has left; the same bucket that limits a lane of a bridge. */
export type Rooms = Map<string, Bucket.Bucket>

/** Refuses a client that asks more often than `rate` allows. */
export function checkRate(rooms: Rooms, client: string, at: number): Refusal | null {
  const room = rooms.get(client) ?? Bucket.create(rate.requests, rate.windowSeconds, at)
  // Newest last, so that who has not asked for longest is forgotten first.
  rooms.delete(client)
  rooms.set(client, room)
  if (rooms.size > rate.mostClients) rooms.delete(rooms.keys().next().value!)
  if (Bucket.fits(room, 1, at)) {
    Bucket.take(room, 1)
    return null
  }
  return refusal(
    429,
    'TOO_MANY_REQUESTS',
    'there were too many requests',
    `at most ${rate.requests} in ${rate.windowSeconds} s`,
  )
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

function tokenTooShort(length: number): CutwaterError {
  return new CutwaterError('TOKEN_TOO_SHORT', `the token has ${length} characters`, {
    right: `${shortestToken} or more, hard to guess`,
  })
}
