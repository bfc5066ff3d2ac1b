import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { linesOf } from './fixtures/contents.ts'
import { sqliteJournal } from './sqliteJournal.ts'

// A disk of its own, in a namespace of its own: no right of root is needed where a user may have namespaces.
const small = 'mount -t tmpfs -o size=4m tmpfs "$1" && exec "$2" "$3" "$1" 1000000'
// Where it may not, the next test stands for it: no full suite hangs on the rights of a container.
const canMount = spawnSync('unshare', ['-rm', 'true']).status === 0

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cutwater-full-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

if (canMount)
  test('a disk that is full is one clear error; what was acknowledged is there, and it goes on when there is room', () => {
    const [full, roomy] = run('unshare', ['-rm', 'sh', '-c', small, 'sh', folder, process.execPath, child])
    expect(full).toMatchObject({ code: 'JOURNAL_DISK_FULL', again: 'JOURNAL_DISK_FULL' })
    const { acknowledged } = full!
    expect(acknowledged).toBeGreaterThan(50)
    expect(full).toMatchObject({ held: acknowledged, read: acknowledged })
    expect(roomy).toEqual({ acknowledged: acknowledged! + 10, held: acknowledged! + 10 })
  })
else console.warn('unshare may not mount here: only a file that may not grow is tried')

describe('a file that may not grow', () => {
  test('is one clear error; what was acknowledged is there, and it goes on when it may', async () => {
    const limited = 'ulimit -f 2048; exec "$1" "$2" "$3" 0'
    const [full] = run('sh', ['-c', limited, 'sh', process.execPath, child, folder])
    expect(full).toMatchObject({ code: 'JOURNAL_IO', again: 'JOURNAL_IO' })
    const { acknowledged } = full!
    expect(acknowledged).toBeGreaterThan(20)
    expect(full).toMatchObject({ held: acknowledged, read: acknowledged })
    const journal = await sqliteJournal(join(folder, 'journal'))
    expect(await linesOf(journal)).toHaveLength(acknowledged!)
    expect(await journal.append([{ topic: 'observed', id: 'goes on', at: 1, body: '{}' }])).toBe(1)
    await journal.close()
  })
})

const child = join(import.meta.dirname, 'fixtures/fillChild.ts')

type Said = { readonly code?: string; readonly acknowledged?: number; readonly held?: number }

function run(command: string, args: readonly string[]): readonly Said[] {
  const { stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (stdout === '') throw new Error(stderr)
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Said)
}
