import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as Rng from '@cutwater/core/simulation/Rng.ts'
import { ingest } from '@cutwater/engine/journal/ingest.ts'
import { readHistory } from '@cutwater/engine/journal/readHistory.ts'
import type { Journal } from '@cutwater/engine/ports/Journal.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lifeOf, startChild } from './fixtures/children.ts'
import { firstDifference, linesOf } from './fixtures/contents.ts'
import { generateHistory } from './fixtures/generateHistory.ts'
import { sqliteJournal } from './sqliteJournal.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cutwater-kill-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('SIGKILL', () => {
  const seed = 7
  const transfers = 12_000
  const batch = 400
  const wantedKills = 18

  test('at random moments of an ingestion loses and repeats nothing', { timeout: 300_000 }, async () => {
    const history = generateHistory(seed, transfers)
    expect(history.observations.length).toBeGreaterThan(24_000)
    const undisturbed = await undisturbedLines(join(folder, 'undisturbed'), history)
    const rng = Rng.create(20_220_801)
    let kills = 0
    for (let round = 0; kills < wantedKills; round++) {
      const path = join(folder, `killed ${round}`)
      kills += await ingestUnderKills(path, rng)
      const journal = await sqliteJournal(path)
      expect(firstDifference(await linesOf(journal), undisturbed)).toBeUndefined()
      expect(await readHistory(journal)).toEqual(history)
      await journal.close()
      expect(integrityOf(path)).toBe('ok')
    }
  })

  /** Starts the child over and over until it is through, and returns how often it was killed. */
  async function ingestUnderKills(path: string, rng: Rng.Rng): Promise<number> {
    for (let kills = 0; ; kills++) {
      const fatal = { line: 1 + Rng.integer(rng, 12), milliseconds: Rng.integer(rng, 6) }
      const life = await lifeOf(startChild('ingestChild.ts', [path, seed, transfers, batch]), fatal)
      if (life.lines.at(-1) === 'whole') return kills
      expect(life).toMatchObject({ signal: 'SIGKILL' })
      await checkDurable(path, life.lines)
    }
  }

  test('while a journal is made leaves none or a whole one', async () => {
    for (let milliseconds = 0; milliseconds < 10; milliseconds++) {
      const path = join(folder, `made ${milliseconds}`)
      const life = await lifeOf(startChild('ingestChild.ts', [path, seed, 1, 1]), { line: 1, milliseconds })
      expect(life.lines[0]).toBe('opening')
      const journal = await sqliteJournal(path)
      await ingest(journal, generateHistory(seed, 1))
      expect(await readHistory(journal)).toEqual(generateHistory(seed, 1))
      await journal.close()
    }
  })

  test('in the middle of a large batch leaves the journal as it was before the batch', async () => {
    const path = join(folder, 'large batch')
    const life = await lifeOf(startChild('appendChild.ts', [path, 12_000, 11_000]))
    expect(life.signal).toBe('SIGKILL')
    // SQLite had begun to write the batch: it is more than was kept in memory.
    expect(statSync(`${path}-wal`).size).toBeGreaterThan(2 ** 20)
    const journal = await sqliteJournal(path)
    expect(await journal.count('observed')).toBe(1_000)
    expect(await journal.append([{ topic: 'observed', id: 'second 0', at: 1, body: '{}' }])).toBe(1)
    expect((await journal.last('observed'))!.seq).toBe(1_001)
    await journal.close()
    expect(integrityOf(path)).toBe('ok')
  })
})

/** What the child said was durable is there, as a reader sees it before any writer has cleaned up. */
async function checkDurable(path: string, lines: readonly string[]): Promise<void> {
  const said = Number(/^(\d+) of/.exec(lines.at(-1)!)?.[1] ?? 0)
  expect(await heldBy(path)).toBeGreaterThanOrEqual(said)
}

async function heldBy(path: string): Promise<number> {
  if (!statSync(path, { throwIfNoEntry: false })) return 0
  const reader = await sqliteJournal(path, { readOnly: true })
  const held = (await linesOf(reader)).length
  await reader.close()
  return held
}

async function undisturbedLines(path: string, history: Parameters<typeof ingest>[1]): Promise<string[]> {
  const journal: Journal = await sqliteJournal(path)
  await ingest(journal, history)
  const lines = await linesOf(journal)
  await journal.close()
  return lines
}

function integrityOf(path: string): unknown {
  const database = new DatabaseSync(path)
  const row = database.prepare('PRAGMA integrity_check').get()
  database.close()
  return row?.integrity_check
}
