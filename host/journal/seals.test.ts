import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as Rng from '@cutwater/core/simulation/Rng.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import {
  type Entry,
  type Journal,
  type Query,
  type Recorded,
  topics,
} from '@cutwater/engine/ports/Journal.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Damage, damages } from './fixtures/damages.ts'
import { sqliteJournal } from './sqliteJournal.ts'

const entries: readonly Entry[] = Array.from({ length: 300 }, (_, nth) => ({
  topic: nth % 7 === 3 ? 'found' : nth % 50 === 49 ? 'decided' : 'observed',
  id: `entry ${nth}`,
  at: 1_700_000_000 + nth,
  body: JSON.stringify({ nth, text: '🌊'.repeat(nth % 40) }),
}))
const whole: readonly Recorded[] = entries.map((entry, nth) => ({ seq: nth + 1, ...entry }))

let folder: string
let path: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cutwater-seals-'))
  const journal = await sqliteJournal(join(folder, 'whole'))
  for (let nth = 0; nth < entries.length; nth += 50) await journal.append(entries.slice(nth, nth + 50))
  await journal.close()
})
afterAll(() => rmSync(folder, { recursive: true }))
beforeEach(() => {
  copyFileSync(join(folder, 'whole'), newPath())
})

let paths = 0

// A reader may leave files beside one that it could not read.
function newPath(): string {
  paths += 1
  path = join(folder, `broken ${paths}`)
  return path
}

describe('law: of a closed journal file that', () => {
  test.each(damages)(
    '$what, every reading is right, or gives what comes before a place that it names',
    async ({ damage }) => {
      const rng = Rng.create(17)
      let refused = 0
      for (let nth = 0; nth < 30; nth++) {
        spoil(damage, rng)
        refused += Number(await readsRightOrSays({}))
        refused += Number(await readsRightOrSays({ topics: ['found', 'decided'] }))
        refused += Number(await readsRightOrSays({ after: 120, upTo: 220, topics: ['observed'] }))
        for (const topic of topics) await answersRightOrSays(topic)
      }
      expect(refused).toBeGreaterThan(10)
    },
  )
})

/** Reads a spoilt file; true where that was refused. */
async function readsRightOrSays(query: Query): Promise<boolean> {
  const { after = 0, upTo = whole.length, topics: wanted = topics } = query
  const right = whole.filter(({ seq, topic }) => seq > after && seq <= upTo && wanted.includes(topic))
  const held: Recorded[] = []
  try {
    const journal = await sqliteJournal(path, { readOnly: true })
    try {
      await readInto(held, journal, query)
    } finally {
      await journal.close()
    }
    expect(held).toEqual(right)
    return false
  } catch (error) {
    if (!(error instanceof CutwaterError)) throw error
    expect(error.code).toMatch(/^JOURNAL_(DAMAGED|FOREIGN|SCHEMA_NEWER|IO)$/)
    if (wanted === topics) expect(held).toEqual(right.slice(0, held.length))
    // Of some topics, one may be cut off where the others are not: what is given is right, and it ends with an error.
    else expect(right.filter(({ seq }) => held.some((each) => each.seq === seq))).toEqual(held)
    if (held.length > 0) expect(error.facts.seq).toBeGreaterThan(0)
    return true
  }
}

async function readInto(held: Recorded[], journal: Journal, query: Query = {}): Promise<void> {
  for await (const page of journal.read(query)) held.push(...page)
}

async function answersRightOrSays(topic: (typeof topics)[number]): Promise<void> {
  const right = whole.filter((entry) => entry.topic === topic)
  try {
    const journal = await sqliteJournal(path, { readOnly: true })
    try {
      expect(await journal.count(topic)).toBe(right.length)
      expect(await journal.last(topic)).toEqual(right.at(-1))
      expect(await journal.last(topic, 150)).toEqual(right.findLast(({ seq }) => seq <= 150))
    } finally {
      await journal.close()
    }
  } catch (error) {
    if (!(error instanceof CutwaterError)) throw error
  }
}

function spoil(damage: Damage['damage'], rng: Rng.Rng): void {
  const bytes = readFileSync(join(folder, 'whole'))
  writeFileSync(newPath(), damage(bytes, rng))
}

describe('what somebody did with SQL is named by its place:', () => {
  test.each<[string, string, number]>([
    ['a body changed', `UPDATE entries SET body = '{}' WHERE seq = 120`, 120],
    ['a time changed', 'UPDATE entries SET at = at + 1 WHERE seq = 120', 120],
    ['an entry of another topic', `UPDATE entries SET topic = 'done' WHERE seq = 120`, 120],
    ['an id changed', `UPDATE entries SET id = 'another' WHERE seq = 120`, 120],
    ['an entry taken out of the middle', 'DELETE FROM entries WHERE seq = 120', 120],
    ['the newest taken away', 'DELETE FROM entries WHERE seq > 280', 281],
    [
      'the newest taken away, and the heads set back',
      'DELETE FROM entries WHERE seq > 280; UPDATE heads SET seq = 280 WHERE seq > 280',
      281,
    ],
    ['no heads', 'DELETE FROM heads', 301],
    ['a seal that was lost', 'UPDATE entries SET seal = 0 WHERE seq = 1', 1],
    [
      'two entries that changed places',
      `UPDATE entries SET seq = -1 WHERE seq = 5; UPDATE entries SET seq = 5 WHERE seq = 6;
       UPDATE entries SET seq = 6 WHERE seq = -1`,
      5,
    ],
  ])('%s', async (_, sql, seq) => {
    change(sql)
    const journal = await sqliteJournal(path, { readOnly: true })
    const held: Recorded[] = []
    const damaged = { code: 'JOURNAL_DAMAGED' }
    await expect(readInto(held, journal)).rejects.toMatchObject({ ...damaged, facts: { seq } })
    expect(held).toEqual(whole.slice(0, seq - 1))
    await expect(readInto([], journal, { topics: [...topics] })).rejects.toMatchObject(damaged)
    await journal.close()
  })

  test('an index that lost an id, and would let it in again, is refused before anything is written', async () => {
    const bytes = readFileSync(path)
    // In a leaf of an index: https://www.sqlite.org/fileformat2.html#b_tree_pages
    const isIndex = (at: number) => bytes[at - (at % 4_096)] === 10
    let at = bytes.indexOf('entry 137')
    while (!isIndex(at)) at = bytes.indexOf('entry 137', at + 1)
    bytes.write('entry 937', at)
    writeFileSync(path, bytes)
    await expect(sqliteJournal(path)).rejects.toMatchObject({ code: 'JOURNAL_DAMAGED' })
    expect(readFileSync(path).equals(bytes)).toBe(true)
  })

  function change(sql: string): void {
    const database = new DatabaseSync(path)
    database.exec(sql)
    database.close()
  }
})
