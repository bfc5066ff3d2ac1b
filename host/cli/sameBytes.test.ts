import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as Rng from '@cutwater/core/simulation/Rng.ts'
import { encode } from '@cutwater/engine/journal/encode.ts'
import { ingest } from '@cutwater/engine/journal/ingest.ts'
import { memoryJournal } from '@cutwater/engine/journal/memoryJournal.ts'
import { readHistory } from '@cutwater/engine/journal/readHistory.ts'
import type { Journal } from '@cutwater/engine/ports/Journal.ts'
import { compareObservations } from '@cutwater/engine/replay/attacks.ts'
import type { History } from '@cutwater/engine/replay/History.ts'
import { replay } from '@cutwater/engine/replay/replay.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadHistory } from '../history/loadHistory.ts'
import { saveHistory } from '../history/saveHistory.ts'
import { sqliteJournal } from '../journal/sqliteJournal.ts'
import { newFolder, removeFolder, smallHistory } from './cutwater.fixture.ts'

const policies = ['none', 'adaptive'] as const

let folder: string
let dir: string
let history: History
let bytes: string
beforeAll(() => {
  folder = newFolder()
  dir = join(folder, 'small')
  saveHistory(crowded(smallHistory()), dir)
  history = loadHistory(dir)
  bytes = replayed(history)
})
afterAll(() => removeFolder(folder))

describe('the same bytes', () => {
  test('from the history twice', () => {
    expect(replayed(history) === bytes).toBe(true)
    expect(replayed(loadHistory(dir)) === bytes).toBe(true)
  })

  test('from a journal in memory and from one in a file', async () => {
    for (const journal of [memoryJournal(), await sqliteJournal(join(folder, 'journal.db'))]) {
      expect((await throughJournal(journal)) === bytes).toBe(true)
    }
  })

  test('with the events of a timestamp in any order, as the rows of a table may have them', () => {
    const rng = Rng.create(4)
    const table = readFileSync(join(dir, 'events.csv'), 'utf8')
    for (let round = 0; round < 5; round++) {
      const shuffled = shuffledWithin(table, 'timestamp', rng)
      expect(shuffled).not.toBe(table)
      writeFileSync(join(dir, 'events.csv'), shuffled)
      expect(encode(loadHistory(dir)) === encode(history)).toBe(true)
    }
    expect(replayed(loadHistory(dir)) === bytes).toBe(true)
    writeFileSync(join(dir, 'events.csv'), table)
  })

  test('with the prices of a day, and the labels, in any order', () => {
    const rng = Rng.create(5)
    for (const [file, column] of [
      ['prices.csv', 'date'],
      ['labels.csv', 'label'],
    ] as const) {
      const table = readFileSync(join(dir, file), 'utf8')
      writeFileSync(join(dir, file), shuffledWithin(table, column, rng))
      expect(readFileSync(join(dir, file), 'utf8')).not.toBe(table)
    }
    expect(replayed(loadHistory(dir)) === bytes).toBe(true)
  })
})

function replayed(of: History): string {
  return JSON.stringify(replay(of, { policies }))
}

async function throughJournal(journal: Journal): Promise<string> {
  await ingest(journal, history, { batch: 77 })
  const kept = await readHistory(journal)
  await journal.close()
  return replayed(kept)
}

/** The history with its legs drawn together, so that most share their second with others of every kind. */
function crowded(history: History): History {
  const observations = history.observations.map((each) =>
    each.kind === 'price' ? each : { ...each, at: each.at - (each.at % 3_600) + 1_800 },
  )
  return { ...history, observations: observations.sort(compareObservations) }
}

/** A table whose rows are shuffled among those with the same value in a column. */
function shuffledWithin(table: string, column: string, rng: Rng.Rng): string {
  const [header, ...rows] = table.trimEnd().split('\n')
  const place = header!.split(',').indexOf(column)
  const groups = Map.groupBy(rows, (row) => row.split(',')[place]!)
  const shuffled = [...groups.values()].flatMap((group) =>
    group
      .map((row) => ({ row, order: Rng.uniform(rng) }))
      .sort((a, b) => a.order - b.order)
      .map(({ row }) => row),
  )
  return `${[header, ...shuffled].join('\n')}\n`
}
