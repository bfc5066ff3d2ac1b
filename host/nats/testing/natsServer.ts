import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { jetstreamManager } from '@nats-io/jetstream'
import { connect, type NatsConnection } from '@nats-io/transport-node'

/** A server of its own process on loopback, with a store of its own. */
export type NatsServer = {
  /** `127.0.0.1:port`, the same after a restart */
  readonly host: string
  /** ends the process at once, as a crash would */
  kill(): Promise<void>
  /** starts it again on the same store */
  restart(): Promise<void>
  /** ends it and removes its store */
  stop(): Promise<void>
}

export const isInstalled = findServer() !== undefined

/** Why tests are skipped, for their names. */
export const need = 'skipped where nats-server is not installed'

/** One server with JetStream; `more` says what else it is told, given the folder of its store. */
export async function startNats(more: (store: string) => readonly string[] = () => []): Promise<NatsServer> {
  const port = await freePort()
  const store = mkdtempSync(join(tmpdir(), 'cutwater-nats-'))
  const args = ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', store, ...more(store)]
  return await keep(port, store, args)
}

/** So many servers that keep streams together. */
export async function startCluster(size: number): Promise<readonly NatsServer[]> {
  const routes = await Promise.all(Array.from({ length: size }, freePort))
  return await Promise.all(
    routes.map((route, nth) =>
      startNats(() => [
        ...['--name', `n${nth}`, '--cluster_name', 'pier', '--cluster', `nats://127.0.0.1:${route}`],
        ...['--routes', routes.map((each) => `nats://127.0.0.1:${each}`).join(',')],
      ]),
    ),
  )
}

/** Resolves when every stream has all its replicas again: only then may the next server of a cluster go. */
export async function untilWhole(servers: readonly NatsServer[]): Promise<void> {
  const connection = await connect({ servers: servers.map(({ host }) => host), maxReconnectAttempts: -1 })
  try {
    while (!(await isWhole(connection).catch(() => false))) await sleep(100)
  } finally {
    await connection.close()
  }
}

async function isWhole(connection: NatsConnection): Promise<boolean> {
  const manager = await jetstreamManager(connection)
  const streams = await manager.streams.list().next()
  return streams.every(({ cluster, config }) => {
    const replicas = cluster?.replicas ?? []
    const others = replicas.filter(({ current, offline }) => current && !offline)
    return cluster?.leader !== undefined && others.length === config.num_replicas - 1
  })
}

async function keep(port: number, store: string, args: readonly string[]): Promise<NatsServer> {
  let child = await start(args)
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
  const killAtExit = () => void child.kill('SIGKILL')
  process.once('exit', killAtExit)
  return {
    host: `127.0.0.1:${port}`,
    kill,
    restart: async () => {
      await kill()
      child = await start(args)
    },
    stop: async () => {
      process.off('exit', killAtExit)
      await kill()
      rmSync(store, { recursive: true, force: true })
    },
  }
}

function start(args: readonly string[]): Promise<ChildProcess> {
  const child = spawn(findServer()!, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  return new Promise((resolve, reject) => {
    let printed = ''
    child.stderr.on('data', (piece) => {
      printed += String(piece)
      if (printed.includes('Server is ready')) resolve(child)
    })
    child.once('error', reject)
    child.once('exit', (code) =>
      reject(new CutwaterError('NATS_NOT_STARTED', `nats-server ended with code ${code}: ${printed}`)),
    )
  })
}

function findServer(): string | undefined {
  for (const file of ['nats-server', '/usr/sbin/nats-server']) {
    try {
      execFileSync(file, ['--version'], { stdio: 'ignore' })
      return file
    } catch {
      // The next place.
    }
  }
  return undefined
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return (address as { readonly port: number }).port
}
