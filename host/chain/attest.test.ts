import * as TypedData from '@cutwater/contracts/TypedData.ts'
import * as fc from 'fast-check'
import { type Address, type Hex, recoverAddress } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { attest, inOrder } from './attest.ts'
import { type Anvil, startAnvil } from './testing/anvil.ts'
import { accountOf } from './testing/emitter.ts'
import { type DeployedGuard, deployGuard, fundedKey, type TestKey } from './testing/guard.ts'

let anvil: Anvil
let guard: DeployedGuard
let watchers: readonly TestKey[]

beforeAll(async () => {
  anvil = await startAnvil()
  watchers = await Promise.all([11, 12, 13].map((seed) => fundedKey(anvil, seed)))
  guard = await deployGuard(anvil, { bridge: accountOf(9), guardian: accountOf(8) })
  for (const { account } of watchers) await guard.asAdmin('addWatcher', [account.address])
  await guard.asAdmin('setThreshold', [2n])
})
afterAll(() => anvil.stop())

const uint = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n })
const address = fc
  .uint8Array({ minLength: 20, maxLength: 20 })
  .map((bytes) => `0x${Buffer.from(bytes).toString('hex')}` as Address)
const messages: fc.Arbitrary<TypedData.Message> = fc.record({
  sourceChain: uint,
  sourceBridge: address,
  nonce: uint,
  tokenSource: address,
  sender: address,
  destinationChain: uint,
  destinationBridge: address,
  token: address,
  beneficiary: address,
  amount: uint,
})

test('law: what is signed is what the guard checks', async () => {
  await fc.assert(
    fc.asyncProperty(messages, async (message) => {
      const digest = await guard.read<Hex>('attestationDigest', [TypedData.messageId(message), message])
      expect(TypedData.attestationDigest(message, guard.address)).toBe(digest)
      const { signer, signature } = await attest(message, guard.address, watchers[0]!.account)
      expect(await recoverAddress({ hash: digest, signature })).toBe(signer)
    }),
    { numRuns: 30 },
  )
})

test('two of three watchers prove a message to the guard, in whatever order they come; one does not', async () => {
  const [message] = fc.sample(messages, { seed: 1, numRuns: 1 }) as [TypedData.Message]
  const signed = await Promise.all(watchers.map(({ account }) => attest(message, guard.address, account)))
  const isProven = (attestations: readonly Hex[]) =>
    guard.read<boolean>('isProven', [TypedData.messageId(message), message, attestations])
  for (const [a, b] of [
    [0, 1],
    [1, 0],
    [2, 0],
    [1, 2],
  ])
    expect(await isProven(inOrder([signed[a!]!, signed[b!]!]))).toBe(true)
  expect(await isProven(inOrder([signed[0]!, signed[0]!]))).toBe(false)
  const other = await attest({ ...message, amount: message.amount ^ 1n }, guard.address, watchers[1]!.account)
  expect(await isProven(inOrder([signed[0]!, other]))).toBe(false)
  const elsewhere = await attest(message, accountOf(7), watchers[1]!.account)
  expect(await isProven(inOrder([signed[0]!, elsewhere]))).toBe(false)
})
