import type { Entry } from '@cutwater/engine/ports/Journal.ts'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Envelope from './Envelope.ts'
import * as Ledger from './Ledger.ts'

const entriesOf = (...ids: string[]): Entry[] => ids.map((id) => ({ topic: 'done', id, at: 1, body: '{}' }))

/** A batch as its messages, in pieces of so many bytes. */
function messagesOf(
  entries: readonly Entry[],
  { batch = 'a', from = 1, first = 1, token = 0, bytes = 1_000 },
): Ledger.Message[] {
  const pieces = Envelope.split(Envelope.pack(entries), bytes)
  return pieces.map((data, index) => ({
    sequence: from + index,
    envelope: { kind: 'part', batch, nth: index + 1, of: pieces.length, first, token },
    data,
  }))
}

function fold(messages: readonly Ledger.Message[]): Ledger.Ledger {
  const ledger = Ledger.create('a test')
  for (const message of messages) Ledger.take(ledger, message)
  return ledger
}

test('a batch counts when its last part is there, and not before', () => {
  const messages = messagesOf(entriesOf('a', 'b', 'c'), { bytes: 20 })
  expect(messages.length).toBeGreaterThan(3)
  expect(fold(messages.slice(0, -1)).newest).toBe(0)
  expect(fold(messages)).toMatchObject({ newest: 3, sequence: messages.length, open: null })
})

test('a batch that its writer gave up never was, and the one that follows takes its place', () => {
  const given = messagesOf(entriesOf('a', 'b'), { bytes: 20 }).slice(0, -1)
  const next = messagesOf(entriesOf('b'), { batch: 'n', from: given.length + 1 })
  const ledger = fold([...given, ...next])
  expect(ledger.newest).toBe(1)
  expect(Ledger.unknown(ledger, entriesOf('a', 'b')).map(({ id }) => id)).toEqual(['a'])
})

test('parts between which another wrote make no batch, though all of them are there', () => {
  const [one, two] = messagesOf(entriesOf('a'), { bytes: 12 }) as [Ledger.Message, Ledger.Message]
  const other = { ...messagesOf(entriesOf('b'), { batch: 'other' })[0]!, sequence: 2 }
  expect(fold([one, other, { ...two, sequence: 3 }]).newest).toBe(1)
})

test('after a fence nothing counts that carries a smaller token', () => {
  const fence: Ledger.Message = {
    sequence: 1,
    envelope: { kind: 'fence', token: 5 },
    data: new Uint8Array(),
  }
  const write = (token: number) => fold([fence, ...messagesOf(entriesOf('a'), { from: 2, token })]).newest
  expect([0, 4, 5, 6].map(write)).toEqual([0, 0, 1, 1])
})

test('a fence cuts off the batch whose parts were coming in', () => {
  const [one, ...rest] = messagesOf(entriesOf('a', 'b'), { bytes: 20, token: 3 })
  const fence: Ledger.Message = { sequence: 2, envelope: { kind: 'fence', token: 3 }, data: new Uint8Array() }
  const late = rest.map((message) => ({ ...message, sequence: message.sequence + 1 }))
  expect(fold([one!, fence, ...late]).newest).toBe(0)
})

test.each<[string, Partial<Ledger.Message>, string]>([
  ['is missing', { sequence: 3 }, 'JOURNAL_DAMAGED'],
  ['is of no journal', { envelope: undefined }, 'JOURNAL_FOREIGN'],
  ['cannot be read', { data: Buffer.from('[["done"') }, 'JOURNAL_DAMAGED'],
  ['holds what is no entry', { data: Buffer.from('[["rumour","a",1,"{}"]]') }, 'JOURNAL_DAMAGED'],
  [
    'begins at another place',
    { envelope: { kind: 'part', batch: 'b', nth: 1, of: 1, first: 9, token: 0 } },
    'JOURNAL_DAMAGED',
  ],
])('a message that %s is damage, by its sequence', (_, changes, code) => {
  const ledger = fold(messagesOf(entriesOf('a'), {}))
  const next = { ...messagesOf(entriesOf('b'), { from: 2, first: 2 })[0]!, ...changes }
  const fails = expect.objectContaining({ code, facts: { sequence: 2 } })
  expect(() => Ledger.take(ledger, next)).toThrow(fails)
  // Asked again, it is not skipped.
  expect(() => Ledger.take(ledger, { ...next, sequence: 2 })).toThrow(fails)
})

test('law: a message of which anything was changed is not whole', () => {
  const part: Envelope.Part = { kind: 'part', batch: 'a', nth: 1, of: 2, first: 7, token: 3 }
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 99 }), fc.nat(), fc.nat(7), (data, at, bit) => {
      const told = Envelope.sealed(part, 5, data)
      const turned = data.with(at % data.length, data[at % data.length]! ^ (1 << bit))
      expect(Envelope.isWhole(told, 5, data)).toBe(true)
      expect(Envelope.isWhole(told, 5, turned)).toBe(false)
      expect(Envelope.isWhole(told, 6, data)).toBe(false)
      const other = Envelope.sealed({ ...part, first: 8 }, 5, data)
      told.set('Cutwater-Batch', other.get('Cutwater-Batch'))
      expect(Envelope.isWhole(told, 5, data)).toBe(false)
    }),
  )
})

test('law: headers and bytes come back as they were, in pieces of any size', () => {
  const number = fc.nat({ max: 1e9 })
  const part = fc.record({
    kind: fc.constant('part' as const),
    batch: fc.stringMatching(/^\w{1,22}$/),
    nth: number,
    of: number,
    first: number,
    token: number,
  })
  const body = fc.json()
  const entry = fc.record({ topic: fc.constant('found' as const), id: fc.string(), at: fc.integer(), body })
  fc.assert(
    fc.property(part, fc.array(entry), fc.integer({ min: 1, max: 50 }), (envelope, entries, size) => {
      expect(Envelope.read(Envelope.toHeaders(envelope))).toEqual(envelope)
      const pieces = Envelope.split(Envelope.pack(entries), size)
      expect(Envelope.unpack(Buffer.concat(pieces))).toEqual(entries)
    }),
  )
})
