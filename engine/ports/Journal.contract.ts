import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Entry, Journal, Query, Recorded, Topic } from './Journal.ts'
import { pageEntries, topics } from './Journal.ts'

export type Opened = {
  readonly journal: Journal
  /** opens the same journal anew; the one before is closed by then */
  readonly reopen: () => Promise<Journal>
  readonly dispose: () => Promise<void>
  /** where it is kept outside the process: changes that, so that only entries up to this place are what they were */
  readonly spoil?: (place: number) => Promise<void>
}

/** What every journal keeps, whatever it is kept in. */
export function journalContract(name: string, open: () => Promise<Opened>): void {
  describe(`${name} keeps the journal contract`, () => {
    let opened: Opened
    let journal: Journal
    beforeEach(async () => {
      opened = await open()
      journal = opened.journal
    })
    afterEach(async () => {
      await journal.close()
      await opened.dispose()
    })

    async function reopen(): Promise<void> {
      await journal.close()
      journal = await opened.reopen()
    }

    writingLaws(() => journal)
    readingLaws(() => journal)
    test('a closed journal refuses every call, and closing twice is closing once', () =>
      refusesAfterClose(journal))
    test('any sequence of commands answers as a list of entries would', () => agreesWithModel(open))

    test('where it is damaged, what comes before is read, and then it says so, again and again', async () => {
      const { spoil } = opened
      if (spoil === undefined) return
      await journal.append(observedEntries(1, 1_500))
      const before = await readAll(journal)
      await spoil(1_500)
      for (let time = 0; time < 2; time++) {
        const held: Recorded[] = []
        const reading = async () => {
          for await (const page of journal.read()) held.push(...page)
        }
        await expect(reading()).rejects.toMatchObject({ code: 'JOURNAL_DAMAGED' })
        expect(held).toEqual(before)
      }
    })

    test('what was appended is there after reopening, and places go on from it', async () => {
      await journal.append(observedEntries(1, 1_500))
      const before = await readAll(journal)
      await reopen()
      expect(await readAll(journal)).toEqual(before)
      expect(await journal.append(observedEntries(1_400, 1_600))).toBe(100)
      expect((await journal.last('observed'))?.seq).toBe(1_600)
    })
  })
}

function writingLaws(current: () => Journal): void {
  test('appending returns how many entries were new', async () => {
    expect(await current().append([])).toBe(0)
    expect(await current().append(observedEntries(1, 3))).toBe(3)
    expect(await current().append(observedEntries(2, 5))).toBe(2)
  })

  test('writing an id of a topic again changes nothing, in its batch or later, whatever its body', async () => {
    const first = entry('observed', 'a', 1, '{"n":1}')
    const second = entry('observed', 'a', 2, '{"n":2}')
    expect(await current().append([first, second])).toBe(1)
    expect(await current().append([second])).toBe(0)
    expect(await readAll(current())).toEqual([{ seq: 1, ...first }])
  })

  test('one id may stand in several topics', async () => {
    expect(await current().append(topics.map((topic) => entry(topic, 'same')))).toBe(topics.length)
    expect((await readAll(current())).map(({ topic }) => topic)).toEqual(topics)
  })

  test.each(malformedEntries)(
    'a batch with $what in its middle is refused by its index and writes nothing',
    async ({ bad }) => {
      const batch = [...observedEntries(1, 3), bad as Entry, ...observedEntries(4, 5)]
      await expect(current().append(batch)).rejects.toMatchObject({
        code: 'JOURNAL_ENTRY_MALFORMED',
        facts: { index: 3 },
      })
      expect(await readAll(current())).toEqual([])
      expect(await current().count('observed')).toBe(0)
      expect(await current().append(observedEntries(1, 5))).toBe(5)
    },
  )

  test('batches appended at once do not mix: each stands whole, in the order of the calls', async () => {
    const batches = [1, 2, 3, 4].map((nth) => observedEntries(nth * 100, nth * 100 + 49))
    await Promise.all(batches.map((batch) => current().append(batch)))
    expect((await readAll(current())).map(({ id }) => id)).toEqual(batches.flat().map(({ id }) => id))
  })

  test('a batch belongs to the journal once appended: changing it later changes nothing', async () => {
    const mutable = { topic: 'found' as Topic, id: 'a', at: 1, body: '{}' }
    await current().append([mutable])
    mutable.body = '{"changed":true}'
    expect((await readAll(current()))[0]!.body).toBe('{}')
  })

  test('ids and bodies keep every character', async () => {
    const texts = [
      'é',
      'e\u0301',
      '日本語',
      '🌊🌉',
      '\u{10ffff}',
      "'; DROP TABLE entries; --",
      '\u2028',
      '\ufeff',
      ' a ',
      '%_*',
    ]
    const entries = texts.map((text) => entry('label', text, 1, JSON.stringify({ text })))
    await current().append(entries)
    expect((await readAll(current())).map(({ seq, ...rest }) => rest)).toEqual(entries)
  })

  test('bodies of 1 MiB come back whole', async () => {
    const body = JSON.stringify('🌊'.repeat(2 ** 18))
    expect(new TextEncoder().encode(body).length).toBe(2 ** 20 + 2)
    await current().append([1, 2, 3].map((nth) => entry('snapshot', `s${nth}`, nth, body)))
    expect((await readAll(current())).every((held) => held.body === body)).toBe(true)
    expect((await current().last('snapshot'))!.body.length).toBe(body.length)
  })

  test('times before 1970 and far away are kept', async () => {
    const entries = [-1, 0, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER].map((at) =>
      entry('done', `at ${at}`, at),
    )
    await current().append(entries)
    expect((await readAll(current())).map(({ at }) => at)).toEqual(entries.map(({ at }) => at))
  })
}

const malformedEntries: readonly { readonly what: string; readonly bad: unknown }[] = [
  { what: 'a topic there is not', bad: { ...entry('observed', 'x'), topic: 'rumour' } },
  { what: 'an empty id', bad: entry('observed', '') },
  { what: 'a lone surrogate in its id', bad: entry('observed', 'x\ud800') },
  { what: 'NUL in its id', bad: entry('observed', 'x\0y') },
  { what: 'a number as id', bad: { ...entry('observed', 'x'), id: 7 } },
  { what: 'a time that is no whole number', bad: entry('observed', 'x', 1.5) },
  { what: 'a time that is NaN', bad: entry('observed', 'x', Number.NaN) },
  { what: 'a body that is not JSON', bad: entry('observed', 'x', 1, '{"cut":') },
  { what: 'no body', bad: { topic: 'observed', id: 'x', at: 1 } },
  { what: 'nothing', bad: undefined },
]

function readingLaws(current: () => Journal): void {
  test('an empty journal reads as no page, no newest entry, and 0', async () => {
    expect(await pagesOf(current())).toEqual([])
    expect(await current().last('observed')).toBeUndefined()
    expect(await current().count('observed')).toBe(0)
  })

  test('order is the order of appending, not of time or id, and places run from 1 without gaps', async () => {
    const batches = [
      [entry('found', 'z', 9), entry('observed', 'm', 5)],
      [entry('found', 'z', 9), entry('done', 'a', 1)],
    ]
    for (const batch of batches) await current().append(batch)
    expect((await readAll(current())).map(({ seq, id }) => [seq, id])).toEqual([
      [1, 'z'],
      [2, 'm'],
      [3, 'a'],
    ])
  })

  test.each([1, 999, 1_000, 1_001, 2_000, 2_500])(
    '%i entries are read exactly once, in pages of at most 1,000',
    async (total) => {
      await current().append(observedEntries(1, total))
      const pages = await pagesOf(current())
      expect(pages.every((page) => page.length > 0 && page.length <= pageEntries)).toBe(true)
      expect(pages.flat().map(({ seq }) => seq)).toEqual(range(1, total))
    },
  )

  test('after, upTo and topics select, alone and together', async () => {
    await current().append(mixedEntries(2_400))
    const all = await readAll(current())
    for (const query of queries) expect(await readAll(current(), query)).toEqual(select(all, query))
  })

  test('last is the newest of its topic, at or before a place', async () => {
    await current().append([
      entry('observed', 'a'),
      entry('found', 'b'),
      entry('observed', 'c'),
      entry('done', 'd'),
    ])
    expect(await current().last('observed')).toEqual({ seq: 3, ...entry('observed', 'c') })
    expect(await current().last('observed', 3)).toMatchObject({ id: 'c' })
    expect(await current().last('observed', 2)).toMatchObject({ id: 'a' })
    expect(await current().last('found', 1)).toBeUndefined()
    expect(await current().last('done', 4_000)).toMatchObject({ seq: 4 })
  })

  test('find gives the entries of a topic that have one of these ids, in order, and none for what it does not hold', async () => {
    await current().append([
      entry('decided', 'a', 1, '{"n":1}'),
      entry('done', 'a'),
      ...observedEntries(1, 3),
    ])
    await current().append([entry('decided', 'b', 2, '{"n":2}'), entry('decided', 'a', 3)])
    const found = await current().find('decided', ['b', 'c', 'a', 'b', ''])
    expect(found).toEqual([
      { seq: 1, ...entry('decided', 'a', 1, '{"n":1}') },
      { seq: 6, ...entry('decided', 'b', 2, '{"n":2}') },
    ])
    expect(await current().find('found', ['a'])).toEqual([])
    expect(await current().find('decided', [])).toEqual([])
  })

  test('a reading ends with the newest entry there was when it began', async () => {
    await current().append(observedEntries(1, 1_200))
    const seen: number[] = []
    for await (const page of current().read()) {
      for (const { seq } of page) seen.push(seq)
      await current().append([entry('decided', `after ${seen.length}`)])
    }
    expect(seen).toEqual(range(1, 1_200))
    expect(await current().count('decided')).toBe(2)
  })

  test('a reading may be left in the middle, and two may go side by side', async () => {
    await current().append(observedEntries(1, 2_100))
    for await (const page of current().read()) if (page.length > 0) break
    const [one, two] = await Promise.all([readAll(current()), readAll(current(), { after: 2_000 })])
    expect([one.length, two.length]).toEqual([2_100, 100])
    expect(await current().append(observedEntries(2_101, 2_101))).toBe(1)
  })

  test.each([{ after: -1 }, { after: 1.5 }, { upTo: Number.NaN }, { topics: ['rumour' as Topic] }])(
    'a reading of %o is refused',
    async (query) => {
      await expect(readAll(current(), query)).rejects.toMatchObject({ code: 'JOURNAL_QUERY_MALFORMED' })
    },
  )

  test('last, find and count of a topic there is not are refused', async () => {
    await expect(current().find('rumour' as Topic, ['a'])).rejects.toMatchObject({
      code: 'JOURNAL_QUERY_MALFORMED',
    })
    await expect(current().last('rumour' as Topic)).rejects.toMatchObject({ code: 'JOURNAL_QUERY_MALFORMED' })
    await expect(current().count('rumour' as Topic)).rejects.toMatchObject({
      code: 'JOURNAL_QUERY_MALFORMED',
    })
  })
}

const queries: readonly Query[] = [
  {},
  { after: 0 },
  { after: 1_000 },
  { after: 2_400 },
  { after: 9_999 },
  { upTo: 0 },
  { upTo: 1_000 },
  { upTo: 9_999 },
  { after: 700, upTo: 1_900 },
  { after: 1_900, upTo: 700 },
  { topics: [] },
  { topics: ['label'] },
  { topics: ['observed'] },
  { topics: ['found', 'decided', 'found'] },
  { topics: ['snapshot', 'observed'], after: 13, upTo: 2_300 },
  { topics },
]

async function refusesAfterClose(journal: Journal): Promise<void> {
  await journal.append(observedEntries(1, 1_001))
  const reading = journal.read()[Symbol.asyncIterator]()
  await reading.next()
  await journal.close()
  await journal.close()
  const closed = { code: 'JOURNAL_CLOSED' }
  await expect(reading.next()).rejects.toMatchObject(closed)
  await expect(journal.append([])).rejects.toMatchObject(closed)
  await expect(readAll(journal)).rejects.toMatchObject(closed)
  await expect(journal.last('observed')).rejects.toMatchObject(closed)
  await expect(journal.find('observed', ['a'])).rejects.toMatchObject(closed)
  await expect(journal.count('observed')).rejects.toMatchObject(closed)
}

// The model: a list, and what the port says about it in its simplest form.

type Model = { entries: Recorded[] }
type Real = { readonly opened: Opened; journal: Journal }
type Command = fc.AsyncCommand<Model, Real>

async function agreesWithModel(open: () => Promise<Opened>): Promise<void> {
  const run = async (commands: Iterable<Command>) => {
    const opened = await open()
    const real: Real = { opened, journal: opened.journal }
    try {
      await fc.asyncModelRun(() => ({ model: { entries: [] }, real }), commands)
    } finally {
      await real.journal.close()
      await opened.dispose()
    }
  }
  await fc.assert(fc.asyncProperty(fc.commands(commandArbitraries, { maxCommands: 40 }), run), {
    numRuns: 50,
  })
}

const anyTopic = fc.constantFrom(...topics)
const anyPlace = fc.nat(40)
// Few ids, so that many are written again.
const anyId = fc
  .oneof(
    fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }),
  )
  .filter(isKeepable)
const anyEntry: fc.Arbitrary<Entry> = fc.record({
  topic: anyTopic,
  id: anyId,
  at: fc.integer({ min: 0, max: 2_000_000_000 }),
  body: fc.json(),
})
const anyBatch = fc.array(anyEntry, { maxLength: 8 })
const anyQuery: fc.Arbitrary<Query> = fc.record(
  { topics: fc.subarray([...topics]), after: anyPlace, upTo: anyPlace },
  { requiredKeys: [] },
)

const commandArbitraries: fc.Arbitrary<Command>[] = [
  anyBatch.map((batch) =>
    command(`append(${JSON.stringify(batch)})`, async (model, { journal }) => {
      expect(await journal.append(batch)).toBe(appendToModel(model, batch))
    }),
  ),
  anyBatch.map((batch) =>
    command(`append([..., malformed]) after ${batch.length}`, async (_, { journal }) => {
      const refused = journal.append([...batch, entry('observed', '')])
      await expect(refused).rejects.toMatchObject({ facts: { index: batch.length } })
    }),
  ),
  anyQuery.map((query) =>
    command(`read(${JSON.stringify(query)})`, async (model, { journal }) => {
      expect(await readAll(journal, query)).toEqual(select(model.entries, query))
    }),
  ),
  fc.tuple(anyTopic, fc.option(anyPlace, { nil: undefined })).map(([topic, upTo]) =>
    command(`last(${topic}, ${upTo})`, async (model, { journal }) => {
      const newest = model.entries.findLast((held) => held.topic === topic && held.seq <= (upTo ?? held.seq))
      expect(await journal.last(topic, upTo)).toEqual(newest)
    }),
  ),
  fc.tuple(anyTopic, fc.array(anyId, { maxLength: 4 })).map(([topic, ids]) =>
    command(`find(${topic}, ${JSON.stringify(ids)})`, async (model, { journal }) => {
      const wanted = model.entries.filter((held) => held.topic === topic && ids.includes(held.id))
      expect(await journal.find(topic, ids)).toEqual(wanted)
    }),
  ),
  anyTopic.map((topic) =>
    command(`count(${topic})`, async (model, { journal }) => {
      expect(await journal.count(topic)).toBe(model.entries.filter((held) => held.topic === topic).length)
    }),
  ),
  fc.constant(
    command('reopen()', async (_, real) => {
      await real.journal.close()
      real.journal = await real.opened.reopen()
    }),
  ),
]

function command(name: string, run: (model: Model, real: Real) => Promise<void>): Command {
  return { check: () => true, run, toString: () => name }
}

function appendToModel({ entries }: Model, batch: readonly Entry[]): number {
  const before = entries.length
  for (const { topic, id, at, body } of batch) {
    const isHeld = entries.some((held) => held.topic === topic && held.id === id)
    if (!isHeld) entries.push({ seq: entries.length + 1, topic, id, at, body })
  }
  return entries.length - before
}

function select(
  entries: readonly Recorded[],
  { topics: wanted = topics, after = 0, upTo = Infinity }: Query,
): Recorded[] {
  return entries.filter(({ seq, topic }) => seq > after && seq <= upTo && wanted.includes(topic))
}

function isKeepable(text: string): boolean {
  return text !== '' && !text.includes('\0') && text.isWellFormed()
}

function entry(topic: Topic, id: string, at = 1, body = '{}'): Entry {
  return { topic, id, at, body }
}

function observedEntries(from: number, to: number): Entry[] {
  return range(from, to).map((nth) => entry('observed', `1:0x${nth.toString(16)}:0`, nth, `{"nth":${nth}}`))
}

/** Mostly observations, as a journal is, with every other topic now and then and one label. */
function mixedEntries(total: number): Entry[] {
  const rare: readonly Topic[] = ['found', 'decided', 'done', 'snapshot', 'bridge']
  return range(1, total).map((nth) => {
    const topic = nth === 1_234 ? 'label' : nth % 10 === 0 ? rare[(nth / 10) % rare.length]! : 'observed'
    return entry(topic, `id ${nth}`, nth)
  })
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

async function pagesOf(journal: Journal, query?: Query): Promise<(readonly Recorded[])[]> {
  const pages = []
  for await (const page of journal.read(query)) pages.push(page)
  return pages
}

async function readAll(journal: Journal, query?: Query): Promise<Recorded[]> {
  return (await pagesOf(journal, query)).flat()
}
