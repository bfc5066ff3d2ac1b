import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { type Address, type Hex, parseTransaction, serializeTransaction } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { evmActuator } from './evmActuator.ts'
import { remoteSigner } from './remoteSigner.ts'
import { type Anvil, startAnvil } from './testing/anvil.ts'
import { pause } from './testing/deeds.ts'
import { accountOf } from './testing/emitter.ts'
import { deployGuard } from './testing/guard.ts'
import { liveChain, testClock } from './testing/liveChain.ts'
import * as Wallet from './Wallet.ts'

// Anvil holds keys and signs with them as geth does; a signer that lies stands before it.
let anvil: Anvil
let address: Address
beforeAll(async () => {
  anvil = await startAnvil([])
  address = (await anvil.call<[Address, Address]>('eth_accounts'))[1]
})
afterAll(() => anvil.stop())

const transaction = {
  type: 'eip1559',
  chainId: 31337,
  nonce: 0,
  to: accountOf(9),
  data: '0x1234',
  gas: 100_000n,
  maxFeePerGas: 3_000_000_000n,
  maxPriorityFeePerGas: 1_000_000_000n,
} as const

test('a deed is signed elsewhere, included and read back', async () => {
  const guard = await deployGuard(anvil, { bridge: accountOf(9), guardian: address })
  const wallet = await Wallet.open({ kind: 'signer', url: anvil.url, address })
  const chain = { ...liveChain([{ url: anvil.url }], accountOf(9)), guard: guard.address }
  const actuator = evmActuator({ chains: [chain], clock: testClock(), wallet, dryRun: false })
  expect(await actuator.execute(pause('elsewhere'))).toMatchObject({ kind: 'confirmed', attempts: 1 })
})

test('a signer without the key is one clear error at the start', async () => {
  const lacking = remoteSigner({ url: anvil.url, address: accountOf(0x99) })
  await expect(lacking).rejects.toMatchObject({ code: 'SIGNER_LACKS_KEY' })
})

test('a signer that is not there is one clear error, and names no path that may hold a secret', async () => {
  const gone = remoteSigner({ url: 'http://127.0.0.1:1/secret-path', address })
  await expect(gone).rejects.toMatchObject({ code: 'RPC_UNREACHABLE' })
  await expect(gone).rejects.not.toThrow('secret-path')
})

describe('nothing is taken that was not asked for:', () => {
  const signedBy = async (key: Hex, change: object) =>
    privateKeyToAccount(key).signTransaction({ ...transaction, ...change })
  const changed = (change: object) => async () => {
    const raw = await anvil.call<Hex>('eth_signTransaction', [
      { from: address, ...hexOf({ ...transaction, ...change }) },
    ])
    return raw
  }

  test('as it was asked for it is, also in the form of geth', async () => {
    for (const form of [(raw: Hex) => raw, (raw: Hex) => ({ raw, tx: {} })]) {
      const signed = await askedOf(async () => form(await changed({})()))
      expect(parseTransaction(signed as `0x02${string}`)).toMatchObject({ to: transaction.to, nonce: 0 })
    }
  })

  test.each<[string, () => Promise<unknown>]>([
    ['another contract', changed({ to: accountOf(8) })],
    ['other data', changed({ data: '0x1235' })],
    ['a value', changed({ value: 1n })],
    ['another nonce', changed({ nonce: 1 })],
    ['a higher fee', changed({ maxFeePerGas: 4_000_000_000n })],
    ['another key', () => signedBy(generatePrivateKey(), {})],
    ['no signature', async () => serializeTransaction(transaction)],
    ['an older kind', async () => '0xf86c'],
    ['nothing', async () => null],
  ])('%s', async (_, answer) => {
    await expect(askedOf(answer)).rejects.toMatchObject({ code: 'SIGNER_DIFFERS' })
  })
})

/** What a wallet makes of a signer's answer. */
async function askedOf(answer: () => Promise<unknown>): Promise<Hex> {
  const server = await serve(async (method) => (method === 'eth_accounts' ? [address] : await answer()))
  try {
    const { port } = server.address() as AddressInfo
    const wallet = await remoteSigner({ url: `http://127.0.0.1:${port}`, address })
    return await wallet.signTransaction(transaction)
  } finally {
    server.close()
  }
}

async function serve(answerTo: (method: string) => Promise<unknown>): Promise<Server> {
  const server = createServer(async (request, response) => {
    const { id, method } = (await json(request)) as { id: number; method: string }
    response.end(JSON.stringify({ jsonrpc: '2.0', id, result: await answerTo(method) }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

function hexOf(fields: object): object {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      name === 'type' ? '0x2' : typeof value === 'string' ? value : `0x${value.toString(16)}`,
    ]),
  )
}
