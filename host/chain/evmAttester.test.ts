import * as Escrow from '@cutwater/contracts/generated/Escrow.ts'
import * as TypedData from '@cutwater/contracts/TypedData.ts'
import { encodeEventTopics, type Hex, recoverAddress } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { evmAttester } from './evmAttester.ts'
import type { LiveChain } from './LiveBridge.ts'
import { type Anvil, startAnvil } from './testing/anvil.ts'
import { accountOf, deployEmitter, type Emitter } from './testing/emitter.ts'
import { fundedKey, type TestKey } from './testing/guard.ts'
import { liveChain } from './testing/liveChain.ts'

let anvil: Anvil
let emitter: Emitter
let watcher: TestKey
beforeAll(async () => {
  anvil = await startAnvil()
  emitter = await deployEmitter(anvil)
  watcher = await fundedKey(anvil, 5)
})
afterAll(() => anvil.stop())

const guard = accountOf(0x9a)
let nonce = 0n

function newMessage(): TypedData.Message {
  nonce += 1n
  return {
    sourceChain: 31_337n,
    sourceBridge: emitter.address,
    nonce,
    tokenSource: accountOf(1),
    sender: accountOf(2),
    destinationChain: 10n,
    destinationBridge: accountOf(3),
    token: accountOf(4),
    beneficiary: accountOf(5),
    amount: 1_000n,
  }
}

async function send(message: TypedData.Message): Promise<void> {
  const { sender, beneficiary } = message
  const args = { id: TypedData.messageId(message), sender, beneficiary }
  const topics = encodeEventTopics({ abi: Escrow.abi, eventName: 'Locked', args })
  await emitter.log(topics as Hex[], '0x')
  await anvil.mine()
}

function attest(message: TypedData.Message, changes: Partial<LiveChain> = {}) {
  const depth: LiveChain['finality'] = { by: 'blocks', depth: 3, seconds: 36 }
  const chain = liveChain([anvil], emitter.address, { finality: depth, rangeBlocks: 4, ...changes })
  return evmAttester({ chains: [chain], wallet: watcher.account }).attest(message, guard)
}

test('a message is signed once its out leg is final, and not a block before', async () => {
  const message = newMessage()
  await send(message)
  await anvil.mine(2)
  expect(await attest(message)).toBeNull()
  await anvil.mine()
  const signed = await attest(message)
  const hash = TypedData.attestationDigest(message, guard)
  expect(await recoverAddress({ hash, signature: signed!.signature })).toBe(watcher.account.address)
})

test('finality by age goes by the clock of the chain', async () => {
  const message = newMessage()
  await send(message)
  const finality = { by: 'seconds', seconds: 600, depth: 50 } as const
  expect(await attest(message, { finality })).toBeNull()
  await anvil.call('evm_increaseTime', [600])
  await anvil.mine()
  expect(await attest(message, { finality })).not.toBeNull()
})

test('what lies many questions back is found, and nothing from before the start', async () => {
  const message = newMessage()
  await send(message)
  await anvil.mine(30)
  expect(await attest(message)).not.toBeNull()
  const head = Number(await anvil.call<Hex>('eth_blockNumber'))
  expect(await attest(message, { startBlock: head - 10 })).toBeNull()
})

test('another amount, a bridge that is not ours, a chain that is not ours: nothing is signed', async () => {
  const message = newMessage()
  await send(message)
  await anvil.mine(5)
  expect(await attest({ ...message, amount: 1_001n })).toBeNull()
  expect(await attest(message, { contracts: [{ address: accountOf(0xbad), events: [] }] })).toBeNull()
  expect(await attest({ ...message, sourceChain: 1n })).toBeNull()
})
