import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import * as Accounts from './Accounts.ts'
import { startAnvil } from './startAnvil.ts'

const options = { startAt: 1_700_000_000, mnemonic: Accounts.mnemonic, accounts: 2 }

describe('a local chain', () => {
  test('answers with its own id, on loopback', async () => {
    const anvil = await startAnvil({ ...options, chainId: 31_337_101 })
    try {
      expect(new URL(anvil.httpUrl).hostname).toBe('127.0.0.1')
      const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] })
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(anvil.httpUrl, { method: 'POST', body, headers })
      expect(Number(((await answer.json()) as { result: string }).result)).toBe(31_337_101)
    } finally {
      await anvil.stop()
    }
  })

  test('leaves no process behind when it is stopped, and stopping twice is stopping once', async () => {
    const anvil = await startAnvil({ ...options, chainId: 31_337_102 })
    expect(processesOf(31_337_102)).not.toEqual([])
    await anvil.stop()
    await anvil.stop()
    await gone(31_337_102)
  })

  test('says what anvil said when it cannot start', async () => {
    const mnemonic = 'these are not words of the list'
    await expect(startAnvil({ ...options, mnemonic, chainId: 31_337_103 })).rejects.toMatchObject({
      code: 'ANVIL_FAILED',
    })
    await gone(31_337_103)
  })
})

describe('chains whose starter ends', () => {
  let child: ChildProcess | undefined
  afterEach(() => child?.kill('SIGKILL'))

  test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('are gone after %s', async (signal) => {
    const chainId = { SIGKILL: 31_337_104, SIGTERM: 31_337_105, SIGINT: 31_337_106 }[signal]
    const module = fileURLToPath(new URL('./startAnvil.ts', import.meta.url))
    const script = `const { startAnvil } = await import(${JSON.stringify(module)})
      await startAnvil(${JSON.stringify({ ...options, chainId })})
      process.stdout.write('started')
      await new Promise(() => {})`
    child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await new Promise((resolve) => child!.stdout!.once('data', resolve))
    expect(processesOf(chainId)).not.toEqual([])
    child.kill(signal)
    await gone(chainId)
  })
})

/** Every process, shells included, that was started for a chain of this id. */
function processesOf(chainId: number): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false
    const words = commandLineOf(pid)
    const at = words.indexOf('--chain-id')
    return at >= 0 && words[at + 1] === String(chainId)
  })
}

function commandLineOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  } catch {
    return []
  }
}

async function gone(chainId: number): Promise<void> {
  await expect.poll(() => processesOf(chainId), { timeout: 20_000, interval: 50 }).toEqual([])
}
