import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { pad, toHex } from 'viem'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Anvil, startAnvil } from './testing/anvil.ts'
import { accountOf } from './testing/emitter.ts'
import { type DeployedGuard, deployGuard, fundedKey, type TestKey } from './testing/guard.ts'
import { testClock } from './testing/liveChain.ts'

let anvil: Anvil
let guard: DeployedGuard
let guardian: TestKey
const children: ChildProcess[] = []
let keys = 500

beforeAll(async () => {
  anvil = await startAnvil()
})
beforeEach(async () => {
  guardian = await fundedKey(anvil, keys++)
  guard = await deployGuard(anvil, { bridge: accountOf(9), guardian: guardian.account.address })
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await anvil.stop()
})

test('killed after it has sent, the process that follows ends the deed, which is done once', async () => {
  const killed = start()
  await untilTrue(async () => (await waitingCount()) === 1)
  killed.kill('SIGKILL')
  await once(killed, 'exit')
  const outcome = outcomeOf(start())
  await untilTrue(async () => {
    await anvil.mine()
    return (await pausedUntil()) > 0
  })
  expect(['confirmed', 'already']).toContain((await outcome).kind)
  expect(await doneCount()).toBe(1)
})

test('killed after it was included, the process that follows finds it done', async () => {
  const killed = start()
  await untilTrue(async () => (await waitingCount()) === 1)
  killed.kill('SIGKILL')
  await anvil.mine()
  expect(await outcomeOf(start())).toEqual({ kind: 'already' })
  expect(await doneCount()).toBe(1)
})

test('killed before it has sent, the process that follows does it', async () => {
  const killed = start()
  killed.kill('SIGKILL')
  await once(killed, 'exit')
  expect(await doneCount()).toBe(0)
  const outcome = outcomeOf(start())
  await untilTrue(async () => (await waitingCount()) === 1)
  await anvil.mine()
  expect(await outcome).toMatchObject({ kind: 'confirmed', attempts: 1 })
  expect(await doneCount()).toBe(1)
})

function start(): ChildProcess {
  const file = fileURLToPath(new URL('testing/pauseOnce.ts', import.meta.url))
  const child = spawn(process.execPath, [file, anvil.url, guard.address], {
    env: { ...process.env, GUARDIAN_KEY: guardian.key },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  return child
}

async function outcomeOf(child: ChildProcess): Promise<{ readonly kind: string }> {
  let text = ''
  child.stdout!.on('data', (piece) => {
    text += String(piece)
  })
  await once(child, 'close')
  return JSON.parse(text) as { readonly kind: string }
}

async function waitingCount(): Promise<number> {
  return Number((await anvil.call<{ pending: string }>('txpool_status')).pending)
}

/** How many transactions of the guardian were included. */
async function doneCount(): Promise<number> {
  return Number(await anvil.call('eth_getTransactionCount', [guardian.account.address, 'latest']))
}

function pausedUntil(): Promise<number> {
  return guard.read<number>('pausedUntil', [3, pad(toHex(0))])
}

async function untilTrue(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await testClock().sleep(10)
}
