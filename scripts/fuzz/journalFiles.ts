import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as Rng from '@cutwater/core/simulation/Rng.ts'
import { type Entry, type Journal, type Query, topics } from '@cutwater/engine/ports/Journal.ts'
import { damages } from '@cutwater/host/journal/fixtures/damages.ts'
import { sqliteJournal } from '@cutwater/host/journal/sqliteJournal.ts'
import type { Target } from './Target.ts'

const batch = 30
const entries: readonly Entry[] = Array.from({ length: 240 }, (_, nth) => ({
  topic: nth % 6 === 1 ? 'found' : nth % 40 === 39 ? 'decided' : 'observed',
  id: `entry ${nth}`,
  at: 1_700_000_000 + nth,
  body: JSON.stringify({ nth, text: 'x'.repeat((nth * 37) % 400) }),
}))

/** Journal files cut, turned, overwritten, with pages swapped: no reading misses or changes an entry in silence. */
export async function journalFiles(): Promise<Target> {
  const { folder, whole } = await writtenIn('closed')
  const bytes = readFileSync(whole)
  let path = whole
  return {
    ...inputs('journal files', 1),
    take: async (input) => {
      remove(path === whole ? '' : path)
      path = damaged(join(folder, input), bytes, input)
      const journal = await sqliteJournal(path, { readOnly: true })
      try {
        return (await wrongIn(journal)) ?? (await wrongAlone(journal))
      } finally {
        await journal.close()
      }
    },
    close: () => rmSync(folder, { recursive: true }),
  }
}

/** Write-ahead logs, as a crash left them, broken the same ways: whole batches from the start, or a refusal. */
export async function journalLogs(): Promise<Target> {
  const { folder, whole } = await writtenIn('open')
  const bytes = readFileSync(`${whole}-wal`)
  let path = whole
  return {
    ...inputs('journal logs', 0.5),
    take: async (input) => {
      remove(path === whole ? '' : path)
      path = join(folder, input)
      copyFileSync(whole, path)
      damaged(`${path}-wal`, bytes, input)
      const journal = await sqliteJournal(path)
      try {
        const held = await readAll(journal, {})
        if (differs(held, entries.slice(0, held.length))) return 'an entry is there that was never written so'
        return held.length % batch === 0 ? null : `${held.length} entries: a batch is there in part`
      } finally {
        await journal.close()
      }
    },
    close: () => rmSync(folder, { recursive: true }),
  }
}

function inputs(name: string, share: number): Pick<Target, 'name' | 'share' | 'whole' | 'make'> {
  const make = (rng: Rng.Rng) => `${Rng.integer(rng, damages.length)}-${Rng.integer(rng, 2 ** 31)}`
  return { name, share, whole: 'whole', make }
}

/** Writes the bytes as the input says that they were broken. */
function damaged(path: string, bytes: Buffer, input: string): string {
  const [kind, seed] = input.split('-').map(Number) as [number, number]
  const copy = Buffer.from(bytes)
  writeFileSync(path, input === 'whole' ? copy : damages[kind]!.damage(copy, Rng.create(seed)))
  return path
}

/** A journal of all entries that was closed, or one as a power cut leaves it, its entries in the log. */
async function writtenIn(state: 'open' | 'closed') {
  const folder = mkdtempSync(join(tmpdir(), 'cutwater-fuzz-'))
  const written = join(folder, 'written')
  const journal = await sqliteJournal(written)
  for (let nth = 0; nth < entries.length; nth += batch) await journal.append(entries.slice(nth, nth + batch))
  if (state === 'closed') await journal.close()
  const whole = join(folder, state)
  copyFileSync(written, whole)
  if (state === 'open') {
    copyFileSync(`${written}-wal`, `${whole}-wal`)
    await journal.close()
  }
  return { folder, whole }
}

async function wrongIn(journal: Journal): Promise<string | null> {
  return differs(await readAll(journal, {}), entries) ? 'what is read is not what was written' : null
}

/** Readings that find their way by the indexes, each of which may be refused by itself. */
async function wrongAlone(journal: Journal): Promise<string | null> {
  const found = entries.filter(({ topic }) => topic === 'found')
  const some = await readAll(journal, { topics: ['found'], after: 0 })
  if (differs(some, found)) return 'what is read of a topic is not what was written'
  const window = entries.slice(50, 170).filter(({ topic }) => topic === 'observed')
  if (differs(await readAll(journal, { topics: ['observed'], after: 50, upTo: 170 }), window))
    return 'what is read of a part is not what was written'
  for (const topic of topics) {
    const own = entries.filter((entry) => entry.topic === topic)
    if ((await journal.count(topic)) !== own.length) return `it counts ${topic} wrongly`
    if ((await journal.last(topic))?.id !== own.at(-1)?.id) return `the last of ${topic} is not the last`
  }
  return null
}

async function readAll(journal: Journal, query: Query): Promise<readonly Entry[]> {
  const held: Entry[] = []
  for await (const page of journal.read(query)) held.push(...page)
  return held
}

function differs(held: readonly Entry[], wanted: readonly Entry[]): boolean {
  const textOf = ({ topic, id, at, body }: Entry) => `${topic} ${id} ${at} ${body}`
  return held.length !== wanted.length || held.some((entry, nth) => textOf(entry) !== textOf(wanted[nth]!))
}

function remove(path: string): void {
  if (path !== '') for (const suffix of ['', '-wal', '-shm', '-lock']) rmSync(path + suffix, { force: true })
}
