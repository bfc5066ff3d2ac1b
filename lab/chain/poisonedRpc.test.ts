import { createPublicClient, http, pad, toHex } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Accounts from './Accounts.ts'
import { type PoisonedRpc, poisonedRpc } from './poisonedRpc.ts'
import { type Anvil, startAnvil } from './startAnvil.ts'

const address = pad('0xc0', { size: 20 })
const [topic, other] = [pad('0x01'), pad('0x02')]
const log = { address, topics: [topic, other], data: toHex(7), blockNumber: 1 }

describe('a node that lies', () => {
  let anvil: Anvil
  let liar: PoisonedRpc
  const ask = (url: string) =>
    createPublicClient({ transport: http(url, { batch: true, retryCount: 0 }), cacheTime: 0 })
  beforeAll(async () => {
    const { mnemonic } = Accounts
    anvil = await startAnvil({ chainId: 31_337, startAt: 1_700_000_000, mnemonic, accounts: 1 })
    liar = await poisonedRpc(anvil.httpUrl)
  })
  afterAll(async () => {
    await liar.stop()
    await anvil.stop()
  })

  test('tells what the chain tells until it forges, and of a block only once it is there', async () => {
    const [asked, truth] = [ask(liar.url), ask(anvil.httpUrl)]
    expect(await asked.getBlock()).toEqual(await truth.getBlock())
    liar.forge(log)
    expect(await asked.getLogs({ fromBlock: 0n, toBlock: 10n })).toEqual([])
    await truth.request({ method: 'evm_mine', params: [] } as never)
    const told = await asked.getLogs({ fromBlock: 0n, toBlock: 'latest' })
    expect(told).toMatchObject([{ address, topics: [topic, other], data: toHex(7), blockNumber: 1n }])
    expect(await truth.getLogs({ fromBlock: 0n, toBlock: 'latest' })).toEqual([])
  })

  test('answers the filters of a real node', async () => {
    const asked = ask(liar.url)
    const { hash, parentHash } = await asked.getBlock({ blockNumber: 1n })
    const count = async (filter: object) =>
      ((await asked.request({ method: 'eth_getLogs', params: [filter] } as never)) as unknown[]).length
    expect(await count({ blockHash: hash })).toBe(1)
    expect(await count({ blockHash: parentHash })).toBe(0)
    expect(await count({ fromBlock: '0x0', toBlock: '0x0' })).toBe(0)
    expect(await count({ fromBlock: '0x0', address: [address] })).toBe(1)
    expect(await count({ fromBlock: '0x0', address: pad('0xc1', { size: 20 }) })).toBe(0)
    expect(await count({ fromBlock: '0x0', topics: [[other, topic]] })).toBe(1)
    expect(await count({ fromBlock: '0x0', topics: [null, topic] })).toBe(0)
  })

  test('puts the traces of its log into the bloom, and keeps the hash of the block', async () => {
    const [told, truth] = await Promise.all(
      [liar.url, anvil.httpUrl].map((url) => ask(url).getBlock({ blockNumber: 1n })),
    )
    const bitsIn = (bloom: string) => [...BigInt(bloom).toString(2)].filter((bit) => bit === '1').length
    expect(told!.hash).toBe(truth!.hash)
    expect(bitsIn(truth!.logsBloom!)).toBe(0)
    // Three values leave three bits each, fewer where they fall together.
    expect(bitsIn(told!.logsBloom!)).toBeGreaterThan(3)
    expect(bitsIn(told!.logsBloom!)).toBeLessThanOrEqual(9)
  })
})
