import type { Observation } from '@cutwater/core/bridge/Observation.ts'
import { alpha, begin, beta, gold, legs, sampleBridge } from '@cutwater/core/bridge/testing/sampleBridge.ts'
import { expect, test } from 'vitest'
import type { Signal } from '../watch/LiveBook.ts'
import { encode } from './encode.ts'
import { memoryJournal } from './memoryJournal.ts'
import { readWatched } from './readWatched.ts'

const [lock, mint] = legs({ token: gold, from: alpha, to: beta, amount: 5n, message: '0', at: begin })

function block(number: number, observations: readonly Observation[], chain = lock!.chain): Signal {
  const [hash, parentHash] = [`0x${number}`, `0x${number - 1}`]
  return { kind: 'block', block: { chain, number, hash, parentHash, at: begin + number, observations } }
}

async function journalOf(signals: readonly Signal[]) {
  const journal = memoryJournal()
  await journal.append([{ topic: 'bridge', id: 'b', at: begin, body: encode({ bridge: sampleBridge() }) }])
  for (const [nth, signal] of signals.entries())
    await journal.append([{ topic: 'observed', id: String(nth), at: begin, body: encode(signal) }])
  return journal
}

test('what was watched comes back in the order of time, with what belongs to no block', async () => {
  const price = { kind: 'price', at: begin - 1, priceId: 'gold', price: 2 } as const
  const journal = await journalOf([
    block(1, [mint!], mint!.chain),
    block(1, [lock!]),
    { kind: 'prices', points: [price] },
    { kind: 'finalize', chain: lock!.chain, number: 1 },
  ])
  const watched = await readWatched(journal)
  expect(watched).toEqual({ bridge: sampleBridge(), observations: [price, lock, mint] })
})

test('blocks that a reorg took back are gone, on its chain alone', async () => {
  const reorg: Signal = { kind: 'reorg', chain: lock!.chain, to: { number: 1, hash: '0x1' }, dropped: [] }
  const journal = await journalOf([block(1, []), block(2, [lock!]), block(2, [mint!], mint!.chain), reorg])
  expect((await readWatched(journal))!.observations).toEqual([mint])
})

test('a journal that nobody has begun holds nothing', async () => {
  expect(await readWatched(memoryJournal())).toBeUndefined()
})
