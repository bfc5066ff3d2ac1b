import type { Check } from '@cutwater/engine/doctor/Check.ts'
import { pad, parseEther } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Anvil, startAnvil } from '../testing/anvil.ts'
import { accountOf, deployEmitter, type Emitter } from '../testing/emitter.ts'
import { type FaultProxy, startFaultProxy } from '../testing/faultProxy.ts'
import { type DeployedGuard, deployGuard, fundedKey, type TestKey } from '../testing/guard.ts'
import { liveChain, testClock } from '../testing/liveChain.ts'
import { examineChain } from './examineChain.ts'
import { examineKey } from './examineKey.ts'

let anvil: Anvil
let proxy: FaultProxy
let emitter: Emitter
let guard: DeployedGuard
let guardian: TestKey
beforeAll(async () => {
  anvil = await startAnvil()
  proxy = await startFaultProxy(anvil.url)
  emitter = await deployEmitter(anvil)
  guardian = await fundedKey(anvil, 77)
  guard = await deployGuard(anvil, { bridge: accountOf(9), guardian: guardian.account.address })
  await anvil.mine()
})
afterAll(async () => {
  await proxy.close()
  await anvil.stop()
})

const clock = testClock()
const at = (changes = {}, url = anvil.url, heads = anvil.ws) =>
  liveChain([{ url, heads }], emitter.address, { guard: guard.address, ...changes })

function states(checks: readonly Check[]) {
  return Object.fromEntries(checks.map(({ name, state }) => [name, state]))
}

describe('a chain', () => {
  test('that is as its description says', async () => {
    const checks = await examineChain(at({ mempool: true }), { clock })
    expect(checks.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'node ok',
      'quorum warning',
      'clock ok',
      'contract ok',
      'contract ok',
      'logs ok',
      'websocket ok',
      'mempool ok',
    ])
  })

  test('where nobody lives at the address of a contract', async () => {
    const checks = await examineChain(at({ guard: accountOf(5) }), { clock })
    const found = checks.find(({ state }) => state === 'error')
    expect(found).toMatchObject({ name: 'contract', what: 'has no code' })
    expect(found!.where).toContain(accountOf(5))
  })

  test('whose node has forgotten the first block’s logs, opens no websocket and simulates nothing', async () => {
    proxy.shutSockets(true)
    const error = { code: -32_601, message: 'not here' }
    proxy.behave(({ method }) => (/getLogs|simulateV1/.test(method) ? { error } : 'pass'))
    const checks = await examineChain(at({ mempool: true }, proxy.url, proxy.ws), { clock })
    expect(states(checks)).toMatchObject({ logs: 'error', websocket: 'warning', mempool: 'error' })
    proxy.shutSockets(false)
  })

  test('without a node that answers is not asked on', async () => {
    proxy.behave(() => ({ status: 503, body: '' }))
    const checks = await examineChain(at({}, proxy.url, proxy.ws), { clock })
    expect(checks.map(({ name, state }) => `${name} ${state}`)).toEqual(['node error', 'quorum error'])
  })
})

describe('a key', () => {
  test('that is guardian, with money', async () => {
    const checks = await examineKey(at(), guardian.account.address)
    expect(states(checks)).toEqual({ role: 'ok', admin: 'ok', balance: 'ok', pause: 'ok' })
    // A dry pause stops nothing.
    expect(await guard.read('pausedUntil', [3, pad('0x0')])).toBe(0)
  })

  test('that is a stranger’s, without money', async () => {
    const checks = await examineKey(at(), accountOf(66))
    expect(states(checks)).toEqual({ role: 'error', admin: 'ok', balance: 'error', pause: 'error' })
  })

  test('with money for a few deeds only, at the dearest fees its chain allows', async () => {
    const fees = { priorityFeePerGas: 1n, maxFeePerGas: parseEther('0.0001') }
    const checks = await examineKey(at({ fees }), guardian.account.address)
    expect(states(checks)).toMatchObject({ balance: 'warning' })
  })

  test('that is the admin’s as well', async () => {
    const [admin] = await anvil.call<`0x${string}`[]>('eth_accounts')
    expect(states(await examineKey(at(), admin!))).toMatchObject({ role: 'error', admin: 'warning' })
  })

  test('where there is no guard has nothing to do', async () => {
    expect(states(await examineKey(at({ guard: null }), guardian.account.address))).toEqual({
      role: 'warning',
    })
  })
})
