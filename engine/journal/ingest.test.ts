import type { Bridge } from '@cutwater/core/bridge/Bridge.ts'
import * as BridgeEvent from '@cutwater/core/bridge/BridgeEvent.ts'
import { type Observation, id as observationId } from '@cutwater/core/bridge/Observation.ts'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Entry, Journal, Recorded } from '../ports/Journal.ts'
import type { History } from '../replay/History.ts'
import { ingest, type Progress } from './ingest.ts'
import { memoryJournal } from './memoryJournal.ts'
import { readHistory } from './readHistory.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 8 }).filter((value) => !value.includes('\0'))
const at = fc.integer({ min: 1_600_000_000, max: 1_600_000_500 })
const address = fc.option(text)

const leg: fc.Arbitrary<Observation> = fc.record({
  kind: fc.constantFrom<BridgeEvent.Kind>('lock', 'mint', 'burn', 'release'),
  at,
  chain: fc.nat(3),
  peer: fc.nat(3),
  tx: text,
  index: fc.nat(5),
  block: fc.option(fc.nat(), { nil: null }),
  message: text,
  tokenSource: address,
  token: address,
  sender: address,
  beneficiary: text,
  amount: fc.bigInt({ min: 0n }),
})

const price: fc.Arbitrary<Observation> = fc.record({
  kind: fc.constant('price' as const),
  at,
  priceId: text,
  price: fc.oneof(fc.double(), fc.constant(Number.NaN)),
})

const order: fc.Arbitrary<Observation> = fc.record({
  kind: fc.constant('order' as const),
  at,
  action: fc.constant('pause' as const),
  reason: text,
})

const head: fc.Arbitrary<Observation> = fc.record({
  kind: fc.constant('head' as const),
  at,
  chain: fc.nat(3),
})

const trouble: fc.Arbitrary<Observation> = fc.record({
  kind: fc.constant('trouble' as const),
  at,
  chain: fc.nat(3),
  name: fc.constantFrom('SourceStale' as const, 'SourceDisagreement' as const),
  what: text,
})

const log = { at, chain: fc.nat(3), tx: text, index: fc.nat(5), block: fc.option(fc.nat(), { nil: null }) }

const change: fc.Arbitrary<Observation> = fc.record({
  kind: fc.constant('change' as const),
  ...log,
  name: fc.constantFrom('SignerSetChanged' as const, 'ConfigChanged' as const),
  what: text,
  announced: fc.boolean(),
})

const quote: fc.Arbitrary<Observation> = fc.record({
  kind: fc.constant('quote' as const),
  ...log,
  token: text,
  source: fc.constantFrom('pool' as const, 'oracle' as const),
  price: fc.double(),
})

const observation = fc.oneof({ weight: 6, arbitrary: leg }, price, order, head, trouble, change, quote)

const bridge: fc.Arbitrary<Bridge> = fc.record({
  name: text.filter((name) => name !== ''),
  synthetic: fc.boolean(),
  chains: fc.array(fc.record({ id: fc.nat(), name: text, finalitySeconds: fc.nat() }), { maxLength: 3 }),
  tokens: fc.array(
    fc.record({
      symbol: text,
      decimals: fc.nat(18),
      home: fc.nat(),
      priceId: address,
      contracts: fc.array(fc.record({ chain: fc.nat(), address: text }), { maxLength: 2 }),
    }),
    { maxLength: 3 },
  ),
})

const history: fc.Arbitrary<History> = fc.record({
  bridge,
  source: text,
  observations: fc.uniqueArray(observation, {
    selector: observationId,
    maxLength: 60,
  }),
  attack: fc
    .uniqueArray(
      text.filter((id) => id !== ''),
      { maxLength: 5 },
    )
    .map((ids) => new Set(ids)),
})

describe('a history in a journal', () => {
  test('readHistory(ingest(h)) = h, whatever the batch', async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.integer({ min: 1, max: 70 }), async (original, batch) => {
        const journal = memoryJournal()
        await ingest(journal, original, { batch })
        const back = await readHistory(journal)
        expect(back).toEqual(original)
        expect([...back.attack]).toEqual([...original.attack])
      }),
    )
  })

  test('stopped after any batch and any number of times, it ends with the entries of an undisturbed run', async () => {
    const plan = fc.array(fc.record({ batch: fc.integer({ min: 1, max: 20 }), batches: fc.nat(4) }), {
      maxLength: 6,
    })
    await fc.assert(
      fc.asyncProperty(history, plan, async (original, runs) => {
        const undisturbed = memoryJournal()
        await ingest(undisturbed, original)
        const disturbed = memoryJournal()
        for (const { batch, batches } of runs) await ingestAndStop(disturbed, original, batch, batches)
        await ingest(disturbed, original)
        expect(await entriesOf(disturbed)).toEqual(await entriesOf(undisturbed))
      }),
    )
  })

  test('ingesting again writes nothing, and nothing either when the bridge has lived on', async () => {
    const journal = memoryJournal()
    const total = small.observations.length + small.attack.size
    expect(await ingest(journal, small)).toEqual({ observations: 3, labels: 1, written: total + 2 })
    expect(await ingest(journal, small)).toEqual({ observations: 3, labels: 1, written: 0 })
    await journal.append([{ topic: 'observed', id: '1:0xlater:0', at: 9, body: '{}' }])
    expect(await ingest(journal, small)).toMatchObject({ written: 0 })
    expect(await readHistory(journal)).toEqual(small)
  })

  test('findings and decisions between two runs are left alone', async () => {
    const journal = memoryJournal()
    await ingestAndStop(journal, small, 1, 2)
    await journal.append([{ topic: 'found', id: 'x', at: 1, body: '{}' }])
    await ingest(journal, small)
    expect(await readHistory(journal)).toEqual(small)
    expect(await journal.count('found')).toBe(1)
  })

  test('progress names what is durable, from where it was taken up to the whole', async () => {
    const journal = memoryJournal()
    await ingestAndStop(journal, small, 2, 1)
    const progress: Progress[] = []
    await ingest(journal, small, { batch: 2, onProgress: (step) => progress.push(step) })
    expect(progress).toEqual([2, 4, 6].map((done) => ({ done, total: 6 })))
  })

  test('an observation is known by the id of its leg, or by series and time', async () => {
    const journal = memoryJournal()
    await ingest(journal, small)
    expect((await entriesOf(journal)).map(({ topic, id }) => `${topic} ${id}`)).toEqual([
      'bridge pier',
      'observed usdc@5',
      'observed 1:0xa:0',
      'observed 2:0xb:1',
      'label 2:0xb:1',
      'bridge pier:complete',
    ])
  })
})

describe('ingest refuses, and writes nothing,', () => {
  test('another bridge than the journal holds', async () => {
    const other = { ...small, bridge: { ...small.bridge, name: 'weir' } }
    await refusesOver(small, other, 'the journal holds the bridge pier; expected weir, or a new journal')
  })

  test('another history of the same bridge, whole or half ingested', async () => {
    const [first, second, third] = small.observations as [Observation, Observation, Observation]
    const changes: [History, string][] = [
      [{ ...small, source: 'elsewhere' }, 'journal entry 1: the journal holds bridge pier'],
      [
        { ...small, observations: [first, { ...second, at: 8 }, third] },
        'journal entry 3: the journal holds observed',
      ],
      [{ ...small, observations: [first, third] }, 'journal entry 3: the journal holds observed 1:0xa:0'],
      [
        { ...small, observations: [...small.observations, later] },
        'journal entry 5: the journal holds label',
      ],
      [{ ...small, attack: new Set() }, 'journal entry 5: the journal holds label'],
    ]
    for (const [changed, what] of changes) await refusesOver(small, changed, what)
  })

  test('a journal in which something was observed before its bridge was described', async () => {
    const journal = memoryJournal()
    await journal.append([{ topic: 'observed', id: '1:0xa:0', at: 1, body: '{}' }])
    await expect(ingest(journal, small)).rejects.toMatchObject({ code: 'JOURNAL_HISTORY_DIFFERS' })
  })

  test('two observations with one id', async () => {
    const journal = memoryJournal()
    const twice = { ...small, observations: [...small.observations, { ...small.observations[1]!, at: 9 }] }
    await expect(ingest(journal, twice)).rejects.toThrow('observations 1 and 3 share the id 1:0xa:0')
    expect(await entriesOf(journal)).toEqual([])
  })

  test.each([0, -1, 1.5, Number.NaN])('a batch of %d', async (batch) => {
    await expect(ingest(memoryJournal(), small, { batch })).rejects.toMatchObject({
      code: 'JOURNAL_BATCH_MALFORMED',
    })
  })
})

describe('readHistory refuses', () => {
  test('an empty journal', async () => {
    await expect(readHistory(memoryJournal())).rejects.toMatchObject({ code: 'JOURNAL_EMPTY' })
  })

  test('a journal whose ingestion stopped before its last entry, wherever', async () => {
    for (const batches of [1, 2, 3, 4, 5]) {
      const journal = memoryJournal()
      await ingestAndStop(journal, small, 1, batches)
      await expect(readHistory(journal)).rejects.toMatchObject({ code: 'JOURNAL_HALF_INGESTED' })
    }
  })

  test('a journal that lost or gained an observation', async () => {
    const whole = memoryJournal()
    await ingest(whole, small)
    const entries = await entriesOf(whole)
    const lost = await journalOf(entries.filter(({ id }) => id !== '1:0xa:0'))
    await expect(readHistory(lost)).rejects.toThrow(
      'holds 2 observations and 1 labels; expected the 3 observations',
    )
    const headless = await journalOf(entries.slice(1))
    await expect(readHistory(headless)).rejects.toMatchObject({ code: 'JOURNAL_DAMAGED' })
  })

  test('an entry it did not write, by its place', async () => {
    const whole = memoryJournal()
    await ingest(whole, small)
    for (const body of ['{"$bigint":"x"}', '{"kind":"toll","at":6}', 'null', '{"kind":"mint","at":7}']) {
      const entries = (await entriesOf(whole)).map((entry) =>
        entry.id === '1:0xa:0' ? { ...entry, body } : entry,
      )
      const changed = await journalOf(entries)
      await expect(readHistory(changed)).rejects.toThrow(
        'journal entry 3: the body of observed 1:0xa:0 cannot be read',
      )
    }
  })
})

const lock: BridgeEvent.BridgeEvent = {
  kind: 'lock',
  at: 6,
  chain: 1,
  peer: 2,
  tx: '0xa',
  index: 0,
  block: null,
  message: '7',
  tokenSource: null,
  token: null,
  sender: null,
  beneficiary: '0xc',
  amount: 10n ** 30n,
}
const mint: BridgeEvent.BridgeEvent = { ...lock, kind: 'mint', at: 7, chain: 2, peer: 1, tx: '0xb', index: 1 }
const later: BridgeEvent.BridgeEvent = { ...mint, at: 8, tx: '0xd' }

const small: History = {
  bridge: { name: 'pier', chains: [], tokens: [], synthetic: true },
  source: 'made up',
  observations: [{ kind: 'price', at: 5, priceId: 'usdc', price: 1 }, lock, mint],
  attack: new Set([BridgeEvent.id(mint)]),
}

async function refusesOver(held: History, given: History, what: string): Promise<void> {
  for (const batches of [Infinity, 5]) {
    const journal = memoryJournal()
    await ingestAndStop(journal, held, 1, batches)
    const before = await entriesOf(journal)
    await expect(ingest(journal, given)).rejects.toThrow(what)
    expect(await entriesOf(journal)).toEqual(before)
  }
}

/** As a kill would: so many batches become durable, and then no more. */
async function ingestAndStop(
  journal: Journal,
  given: History,
  batch: number,
  batches: number,
): Promise<void> {
  let left = batches
  const dying: Journal = {
    ...journal,
    append: async (entries) => {
      if (left === 0) throw killed
      left -= 1
      return journal.append(entries)
    },
  }
  await ingest(dying, given, { batch }).catch((error: unknown) => {
    if (error !== killed) throw error
  })
}

const killed = new Error('killed')

async function journalOf(entries: readonly Entry[]): Promise<Journal> {
  const journal = memoryJournal()
  await journal.append(entries)
  return journal
}

async function entriesOf(journal: Journal): Promise<Recorded[]> {
  const entries: Recorded[] = []
  for await (const page of journal.read()) entries.push(...page)
  return entries
}
