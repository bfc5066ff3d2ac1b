import type { AddressInfo } from 'node:net'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { type ServerType, serve } from '@hono/node-server'
import * as Access from './Access.ts'
import { createApp } from './app.ts'
import type { Desk } from './Desk.ts'

export type ListenOptions = {
  /** 0 takes any free port */
  readonly port: number
  /** the address to bind to; loopback unless somebody says otherwise */
  readonly host?: string
  /** other names under which it may be asked for, such as that of a proxy in front */
  readonly names?: readonly string[]
  /** what opens controls; null leaves nothing to be done */
  readonly token: string | null
  readonly pageFolder?: Promise<string>
  readonly now: () => number
}

/** A server that runs: where, and how to end it. */
export type Listening = { readonly url: string; stop(): Promise<void> }

/**
 * Serves a desk over HTTP, on loopback unless told otherwise.
 *
 * Throws PORT_TAKEN, and TOKEN_TOO_SHORT.
 */
export async function listen(desk: Desk, options: ListenOptions): Promise<Listening> {
  const { port, host = '127.0.0.1', names = [], token, pageFolder, now } = options
  const server = await bound(port, host, (taken) => {
    const hosts = [
      ...new Set([
        `${host}:${taken}`,
        `127.0.0.1:${taken}`,
        `localhost:${taken}`,
        `[::1]:${taken}`,
        ...names,
      ]),
    ]
    const access = Access.create(hosts, token)
    return createApp(desk, { access, now, ...(pageFolder === undefined ? {} : { pageFolder }) }).fetch
  })
  const { port: taken } = server.address() as AddressInfo
  return { url: `http://${host}:${taken}`, stop: () => close(server) }
}

type Fetch = ReturnType<typeof createApp>['fetch']

// The app must know its port, which only a bound server does: whoever asks before gets it as soon as it is known.
function bound(port: number, host: string, appOn: (port: number) => Fetch): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    let fetch: Fetch | undefined
    const server = serve(
      {
        port,
        hostname: host,
        fetch: (...asked) => fetch!(...asked),
        serverOptions: { keepAliveTimeout: 5_000 },
      },
      ({ port: taken }) => {
        try {
          fetch = appOn(taken)
          resolve(server)
        } catch (error) {
          server.close()
          reject(error)
        }
      },
    )
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? portTaken(host, port) : error),
    )
  })
}

// Streams of news never end by themselves: those who listen are let go.
async function close(server: ServerType): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  if ('closeAllConnections' in server) server.closeAllConnections()
  await closed
}

function portTaken(host: string, port: number): CutwaterError {
  return new CutwaterError('PORT_TAKEN', `port ${port} is taken`, {
    where: `${host}:${port}`,
    right: 'a free port, or 0 for any',
  })
}
