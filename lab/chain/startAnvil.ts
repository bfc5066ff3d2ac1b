import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'

/** A local chain that runs as a process of its own until it is stopped. */
export type Anvil = {
  readonly httpUrl: string
  readonly wsUrl: string
  /** the process that holds it; the chain ends with it */
  readonly pid: number
  stop(): Promise<void>
}

export type AnvilOptions = {
  readonly chainId: number
  /** time of the first block */
  readonly startAt: number
  /** the seed phrase all accounts come from */
  readonly mnemonic: string
  readonly accounts: number
}

/**
 * Starts anvil on a free port of the loopback interface; it mines when told, dearest transaction first.
 *
 * However this process ends, killed without notice included, the chain ends too: see `holder`.
 *
 * @throws CutwaterError `ANVIL_FAILED` when it ends before it listens
 */
export async function startAnvil(options: AnvilOptions): Promise<Anvil> {
  const child = spawn('/bin/sh', ['-c', holder, 'anvil', binary(), ...argumentsFor(options)], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const port = await listeningPort(child)
  const httpUrl = `http://127.0.0.1:${port}`
  await setLogging(httpUrl, false)
  return { httpUrl, wsUrl: `ws://127.0.0.1:${port}`, pid: child.pid!, stop: () => stop(child) }
}

// A shell holds the chain and reads from a pipe whose other end only this process has: when that closes, because
// this process closed it or is gone, the shell ends the chain. When the chain ends by itself, so does the shell.
const holder = `
exec 3<&0
"$@" 3<&- </dev/null & chain=$!
{ read -r _ <&3; kill -9 $chain 2>/dev/null; } & reader=$!
exec 3<&- </dev/null
wait $chain; code=$?
kill -9 $reader 2>/dev/null
exit $code
`

const readyMilliseconds = 30_000

function argumentsFor({ chainId, startAt, mnemonic, accounts }: AnvilOptions): string[] {
  return [
    ...['--host', '127.0.0.1', '--port', '0', '--chain-id', String(chainId)],
    ...['--timestamp', String(startAt), '--mnemonic', mnemonic, '--accounts', String(accounts)],
    ...['--balance', '1000000', '--order', 'fees', '--no-mining'],
    ...['--base-fee', '1000000000', '--gas-limit', '1000000000'],
  ]
}

// The launcher of the npm package would stand between us and the chain, so its binary is started itself.
function binary(): string {
  const arch = process.arch === 'x64' ? 'amd64' : process.arch
  return createRequire(import.meta.url).resolve(`@foundry-rs/anvil-${process.platform}-${arch}/bin/anvil`)
}

function listeningPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let printed = ''
    const late = setTimeout(() => fail('did not listen in time'), readyMilliseconds)
    const fail = (why: string) => {
      clearTimeout(late)
      child.stdin?.end()
      reject(
        new CutwaterError('ANVIL_FAILED', `anvil ${why}: ${printed.trim() || 'no output'}`, {
          right: 'a working anvil; `npm ci` brings one',
        }),
      )
    }
    child.stderr?.on('data', (piece) => {
      printed += String(piece)
    })
    child.stdout?.on('data', (piece) => {
      printed = (printed + String(piece)).slice(-4_000)
      const port = /Listening on 127\.0\.0\.1:(\d+)/.exec(printed)?.[1]
      if (port === undefined) return
      clearTimeout(late)
      resolve(Number(port))
    })
    child.once('error', (error) => fail(error.message))
    child.once('exit', (code) => fail(`ended with code ${code}`))
  })
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.stdin?.end()
  await ended
}

// Printing every question it is asked slows a chain down.
async function setLogging(url: string, on: boolean): Promise<void> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'anvil_setLoggingEnabled', params: [on] })
  await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
}
