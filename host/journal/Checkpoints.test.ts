import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Entry } from '@cutwater/engine/ports/Journal.ts'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import * as Checkpoints from './Checkpoints.ts'
import { sqliteJournal } from './sqliteJournal.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cutwater-checkpoints-'))
  file = join(folder, 'journal.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const megabyte = 2 ** 20

/** A megabyte of entries. */
function batch(nth: number): readonly Entry[] {
  return Array.from({ length: 256 }, (_, each) => ({
    topic: 'observed',
    id: `${nth}:${each}`,
    at: nth,
    body: JSON.stringify('x'.repeat(4_094)),
  }))
}

describe('the log of a journal that is written', () => {
  test('is copied into the journal while it stays open, and begins anew', async () => {
    const journal = await sqliteJournal(file)
    for (let nth = 0; nth < 40; nth++) {
      await journal.append(batch(nth))
      // The next batch comes some time after, as it does in life.
      if (nth % 10 === 9) await vi.waitFor(() => expect(statSync(file).size).toBeGreaterThan(nth * megabyte))
    }
    expect(statSync(`${file}-wal`).size).toBeLessThan(30 * megabyte)
    await journal.close()
    expect(existsSync(`${file}-wal`)).toBe(false)
    const again = await sqliteJournal(file)
    expect(await again.count('observed')).toBe(40 * 256)
    await again.close()
  })

  test('is closed with the journal, in the middle of being copied', async () => {
    const journal = await sqliteJournal(file)
    for (let nth = 0; nth < 12; nth++) await journal.append(batch(nth))
    await journal.close()
    expect(existsSync(`${file}-wal`)).toBe(false)
  })

  test('is left to the writer where the thread fails', async () => {
    const checkpoints = Checkpoints.create(join(folder, 'nowhere', 'journal.db'))
    const write = () => {
      for (let nth = 0; nth < 12; nth++) Checkpoints.wrote(checkpoints, batch(nth))
    }
    write()
    await vi.waitFor(() => expect(checkpoints.hasFailed).toBe(true))
    write()
    expect(checkpoints.thread).toBeUndefined()
    await Checkpoints.stop(checkpoints)
  })
})
