import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { toHex } from 'viem'

/** A local chain of its own process on a free port of loopback. */
export type Anvil = {
  readonly url: string
  readonly ws: string
  readonly pid: number
  /** one JSON-RPC call; an error of the node is thrown with its message */
  call<Result>(method: string, params?: readonly unknown[]): Promise<Result>
  /** mines blocks and returns the hash of the last */
  mine(blocks?: number): Promise<string>
  /** replaces the newest blocks by as many other, empty ones */
  replace(blocks: number): Promise<void>
  stop(): Promise<void>
}

/**
 * Starts a chain that mines only when told, unless `args` say otherwise; it ends with `stop`, or with this process.
 *
 * The binary is started without its launcher, whose end would leave the binary running.
 */
export async function startAnvil(args: readonly string[] = ['--no-mining']): Promise<Anvil> {
  const child = spawn(binary(), ['--port', '0', '--host', '127.0.0.1', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const port = await listeningPort(child)
  const url = `http://127.0.0.1:${port}`
  const call = <Result>(method: string, params: readonly unknown[] = []) =>
    rpcCall<Result>(url, method, params)
  return {
    url,
    ws: `ws://127.0.0.1:${port}`,
    pid: child.pid!,
    call,
    mine: async (blocks = 1) => {
      for (let mined = 0; mined < blocks; mined++) await call('evm_mine')
      return (await call<{ hash: string }>('eth_getBlockByNumber', ['latest', false])).hash
    },
    replace: (blocks) => replace(call, blocks),
    stop: async () => {
      process.off('exit', kill)
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      kill()
      await ended
    },
  }
}

/** One JSON-RPC call over HTTP, for tests that speak to a node directly. */
export async function rpcCall<Result>(
  url: string,
  method: string,
  params: readonly unknown[] = [],
): Promise<Result> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  })
  const answer = (await response.json()) as { result: Result; error?: { message: string } }
  if (answer.error)
    throw new CutwaterError('ANVIL_REFUSED', answer.error.message, { where: `${method} at ${url}` })
  return answer.result
}

// `anvil_reorg` may make the very same blocks again; another time in the first makes all of them others.
async function replace(call: Anvil['call'], blocks: number): Promise<void> {
  const tip = Number(await call('eth_blockNumber'))
  const first = await call<{ timestamp: string }>('eth_getBlockByNumber', [toHex(tip - blocks + 1), false])
  await call('anvil_rollback', [blocks])
  await call('evm_setNextBlockTimestamp', [Number(first.timestamp) + 1])
  for (let mined = 0; mined < blocks; mined++) await call('evm_mine')
}

function binary(): string {
  const platform = process.platform === 'win32' ? 'win32' : process.platform
  const arch = process.arch === 'x64' ? 'amd64' : process.arch
  const name = process.platform === 'win32' ? 'anvil.exe' : 'anvil'
  return createRequire(import.meta.url).resolve(`@foundry-rs/anvil-${platform}-${arch}/bin/${name}`)
}

function listeningPort(child: ReturnType<typeof spawn>): Promise<number> {
  return new Promise((resolve, reject) => {
    let printed = ''
    const fail = (why: string) => reject(new CutwaterError('ANVIL_NOT_STARTED', `${why}: ${printed.trim()}`))
    child.stderr?.on('data', (piece) => {
      printed += String(piece)
    })
    child.stdout?.on('data', (piece) => {
      printed += String(piece)
      const port = /Listening on 127\.0\.0\.1:(\d+)/.exec(printed)?.[1]
      if (port !== undefined) resolve(Number(port))
    })
    child.once('error', (error) => fail(error.message))
    child.once('exit', (code) => fail(`anvil ended with code ${code}`))
  })
}
