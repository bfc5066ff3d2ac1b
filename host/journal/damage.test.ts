import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as Rng from '@cutwater/core/simulation/Rng.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { ingest } from '@cutwater/engine/journal/ingest.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { firstDifference, linesOf } from './fixtures/contents.ts'
import { generateHistory } from './fixtures/generateHistory.ts'
import { sqliteJournal } from './sqliteJournal.ts'

// Small, so that a batch touches few of the pages of the index of ids.
const batch = 10
const history = generateHistory(11, 500)

let folder: string
/** the journal's lines after an undisturbed run */
let whole: string[]
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cutwater-damage-'))
  const journal = await sqliteJournal(original())
  await ingest(journal, history, { batch })
  whole = await linesOf(journal)
  keepAs('in the log', original())
  await journal.close()
  await ingestInTwoRounds(join(folder, 'two rounds'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/**
 * The first half is in the file alone, the second in file and log: a log that loses its end lays pages of the
 * middle over pages of the end.
 */
async function ingestInTwoRounds(path: string): Promise<void> {
  const journal = await sqliteJournal(path)
  const other = new DatabaseSync(path)
  await ingest(journal, history, {
    batch,
    onProgress: ({ done }) => {
      if (done === 50 * batch) other.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    },
  })
  other.exec('PRAGMA wal_checkpoint(PASSIVE)')
  keepAs('in both', path)
  other.close()
  await journal.close()
}

/** Copies an open journal as a power cut would leave it. */
function keepAs(state: string, path: string): void {
  for (const suffix of ['', '-wal']) copyFileSync(`${path}${suffix}`, `${join(folder, state)}${suffix}`)
}

const original = () => join(folder, 'closed')

describe('a write-ahead log that', () => {
  const damages: readonly [string, (file: string, at: number) => void][] = [
    ['is cut', (file, at) => truncateSync(file, at)],
    ['ends in zeros', (file, at) => rewrite(file, (bytes) => bytes.fill(0, at))],
    [
      'ends in noise',
      (file, at) =>
        rewrite(file, (bytes) =>
          bytes.subarray(at).forEach((_, i, tail) => {
            tail[i] = (i * 151) & 255
          }),
        ),
    ],
    [
      'has one bit turned',
      (file, at) =>
        rewrite(file, (bytes) => {
          bytes[at]! ^= 16
        }),
    ],
  ]
  for (const [what, damage] of damages) {
    for (const state of ['in the log', 'in both']) {
      test(`${what} at any place, its pages ${state}, is whole batches from the start or one clear error`, async () => {
        const rng = Rng.create(3)
        const ends = { recovered: 0, refused: 0 }
        for (let nth = 0; nth < 12; nth++) {
          const path = copyOf(state)
          damage(`${path}-wal`, Rng.integer(rng, statSync(`${path}-wal`).size))
          ends[await openDamaged(path)] += 1
        }
        expect(ends.recovered + ends.refused).toBe(12)
        if (what === 'is cut' && state === 'in the log') expect(ends.recovered).toBeGreaterThan(0)
      })
    }
  }

  test('is undamaged brings everything back', async () => {
    for (const state of ['in the log', 'in both']) {
      const journal = await sqliteJournal(copyOf(state))
      expect(firstDifference(await linesOf(journal), whole)).toBeUndefined()
      await journal.close()
    }
  })

  test('is there while its file is not, or is empty, is refused and left as it is', async () => {
    for (const spoil of [(path: string) => rmSync(path), (path: string) => truncateSync(path, 0)]) {
      const path = copyOf('in the log')
      const log = readFileSync(`${path}-wal`)
      spoil(path)
      await expect(sqliteJournal(path)).rejects.toMatchObject({ code: 'JOURNAL_DAMAGED' })
      expect(readFileSync(`${path}-wal`).equals(log)).toBe(true)
    }
  })
})

describe('one bit turned in the log', () => {
  test('hides no batch in silence but the newest, which looks like one never finished', async () => {
    const rng = Rng.create(4)
    for (let nth = 0; nth < 40; nth++) {
      const path = copyOf('in the log')
      rewrite(`${path}-wal`, (bytes) => {
        bytes[Rng.integer(rng, bytes.length)]! ^= 1 << Rng.integer(rng, 8)
      })
      const held = await heldBy(path)
      if (held === undefined) continue
      expect(whole.length - held).toBeLessThanOrEqual(batch)
    }
  })

  test('leaves a refused journal as it is, to be refused the next time too', async () => {
    const path = copyOf('in the log')
    rewrite(`${path}-wal`, (bytes) => bytes.fill(7, 0, 5_000))
    const before = ['', '-wal'].map((suffix) => readFileSync(`${path}${suffix}`))
    for (let nth = 0; nth < 3; nth++)
      await expect(sqliteJournal(path)).rejects.toThrow('batches in its write-ahead log')
    expect(['', '-wal'].map((suffix) => readFileSync(`${path}${suffix}`))).toEqual(before)
  })
})

describe('a journal file cut short', () => {
  test('is refused, wherever it was cut', async () => {
    const rng = Rng.create(5)
    const size = statSync(original()).size
    const cuts = [0, 1, 99, 100, 4_096, size - 4_096, size - 1]
    for (const cut of [...cuts, ...Array.from({ length: 30 }, () => Rng.integer(rng, size))]) {
      const path = copyOf('closed')
      truncateSync(path, cut)
      for (const readOnly of [false, true]) {
        const opened = sqliteJournal(path, { readOnly })
        await expect(opened, `cut at ${cut}`).rejects.toMatchObject({
          code: expect.stringMatching(/DAMAGED|FOREIGN/),
        })
      }
    }
  })

  test('is recovered or refused where its log is there', async () => {
    const rng = Rng.create(6)
    for (const state of ['in the log', 'in both']) {
      for (let nth = 0; nth < 12; nth++) {
        const path = copyOf(state)
        truncateSync(path, Rng.integer(rng, statSync(path).size))
        await openDamaged(path)
      }
    }
  })
})

/** Opens, and checks that what is there is a whole number of batches from the start, and can be made whole. */
async function openDamaged(path: string): Promise<'recovered' | 'refused'> {
  try {
    const journal = await sqliteJournal(path)
    try {
      const held = await linesOf(journal)
      expect(firstDifference(held, whole.slice(0, held.length))).toBeUndefined()
      expect(held.length % batch === 0 || held.length === whole.length).toBe(true)
      await ingest(journal, history)
      expect(firstDifference(await linesOf(journal), whole)).toBeUndefined()
    } finally {
      await journal.close()
    }
    return 'recovered'
  } catch (error) {
    if (!(error instanceof CutwaterError)) throw error
    expect(['JOURNAL_DAMAGED', 'JOURNAL_FOREIGN']).toContain(error.code)
    return 'refused'
  }
}

/** How many entries a damaged journal gives out; undefined where it is refused. */
async function heldBy(path: string): Promise<number | undefined> {
  try {
    const journal = await sqliteJournal(path)
    const held = (await linesOf(journal)).length
    await journal.close()
    return held
  } catch (error) {
    expect(error).toMatchObject({ code: 'JOURNAL_DAMAGED' })
    return undefined
  }
}

let copies = 0

function copyOf(state: string): string {
  copies += 1
  const path = join(folder, `copy ${copies}`)
  copyFileSync(join(folder, state), path)
  if (state !== 'closed') copyFileSync(join(folder, `${state}-wal`), `${path}-wal`)
  return path
}

function rewrite(file: string, change: (bytes: Buffer) => void): void {
  const bytes = readFileSync(file)
  change(bytes)
  writeFileSync(file, bytes)
}
