import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import type { Output } from '@cutwater/core/bridge/Output.ts'
import { start, syntheticHistory } from '@cutwater/core/simulation/synthetic/syntheticHistory.ts'
import { day } from '@cutwater/core/units/UnixTime.ts'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encode } from '../journal/encode.ts'
import { ingest } from '../journal/ingest.ts'
import { memoryJournal } from '../journal/memoryJournal.ts'
import type { Entry, Journal, Recorded, Topic } from '../ports/Journal.ts'
import { journalRun } from './journalRun.ts'
import * as Run from './Run.ts'
import { keyOf, lastSnapshot, saveSnapshot } from './snapshots.ts'
import { track } from './track.ts'

const history = syntheticHistory({ seed: 3, days: 40, scale: 0.1 })
const prepared = track(history)
const adaptive = Policy.of('adaptive')
const every = 150

describe('journalRun', () => {
  test('writes each finding, decision, hold, release and pause once, in the order in which they came', async () => {
    const put: { topic: Topic; body: string }[] = []
    const shut = new Set<string>()
    const listen = (outputs: readonly Output[]) => {
      for (const output of outputs) {
        // A route is shut by each bad leg of a second, and that it was is said once.
        const isSaid = output.type === 'shut' && shut.has(`${output.route}@${output.at}`)
        if (output.type === 'shut') shut.add(`${output.route}@${output.at}`)
        if (!isSaid) put.push({ topic: topicOf(output), body: bodyOf(output) })
      }
    }
    Run.follow(Run.start(history, adaptive), prepared, { listen })
    const journal = await journaled()
    const written = await entriesOf(journal, ['found', 'decided', 'done'])
    expect(written.map(({ topic, body }) => ({ topic, body }))).toEqual(put)
    expect(new Set(put.map(({ topic }) => topic))).toEqual(new Set(['found', 'decided', 'done']))
  })

  test('ends where a run without a journal ends', async () => {
    const run = await journalRun(await ingested(), prepared, adaptive, { every })
    expect(encode(run) === encode(Run.follow(Run.start(history, adaptive), prepared))).toBe(true)
  })

  test('stopped by a journal that fails, before a batch or after it, and begun again: the same entries', async () => {
    const undisturbed = await entriesOf(await journaled())
    const failures = fc.array(fc.record({ append: fc.nat(6), isWritten: fc.boolean() }), { maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(failures, async (failures) => {
        const journal = await ingested()
        for (const failure of failures) {
          const failing = failingAt(journal, failure.append, failure.isWritten)
          await journalRun(failing, prepared, adaptive, { every }).catch((error) => {
            expect(error).toBe(outage)
          })
        }
        await journalRun(journal, prepared, adaptive, { every })
        const differing = firstDifference(await entriesOf(journal), undisturbed)
        expect(differing).toBeUndefined()
      }),
      { numRuns: 12 },
    )
  })

  test('run twice writes nothing the second time', async () => {
    const journal = await journaled()
    const before = await entriesOf(journal)
    await journalRun(journal, prepared, adaptive, { every })
    expect(firstDifference(await entriesOf(journal), before)).toBeUndefined()
  })

  test('stopped at a moment and taken up later writes what an undisturbed one does', async () => {
    const journal = await ingested()
    const until = start + 25 * day + 7
    const run = await journalRun(journal, prepared, adaptive, { until, every })
    expect(run.book.now).toBeLessThanOrEqual(until)
    const alone = Run.follow(Run.start(history, adaptive), prepared, { until })
    expect(encode(run) === encode(alone)).toBe(true)
    await journalRun(journal, prepared, adaptive, { every })
    const acts: readonly Topic[] = ['found', 'decided', 'done']
    const bare = ({ topic, id, at, body }: Recorded) => ({ topic, id, at, body })
    const written = (await entriesOf(journal, acts)).map(bare)
    expect(written).toEqual((await entriesOf(await journaled(), acts)).map(bare))
  })

  test('rewinds: a moment before the newest snapshot is folded from one before it', async () => {
    const journal = await journaled()
    const until = start + 12 * day
    const run = await journalRun(journal, prepared, adaptive, { until, every })
    const alone = Run.follow(Run.start(history, adaptive), prepared, { until })
    expect(encode(run) === encode(alone)).toBe(true)
  })

  test('keeps several policies side by side in one journal', async () => {
    const journal = await journaled()
    const none = Policy.of('none')
    await journalRun(journal, prepared, none, { every })
    const alone = await ingested()
    await journalRun(alone, prepared, none, { every })
    const countOf = async (of: Journal) => (await entriesOf(of, ['found'])).length
    expect(await countOf(journal)).toBe((await countOf(await journaled())) + (await countOf(alone)))
    const run = await lastSnapshot(journal, none)
    expect(run!.book.policy.name).toBe('none')
    expect(encode(run) === encode(Run.follow(Run.start(history, none), prepared))).toBe(true)
  })

  test('says how far it is, to the end', async () => {
    const steps: number[] = []
    const onProgress = (done: number, total: number) => {
      steps.push(done)
      expect(total).toBe(history.observations.length)
    }
    const run = await journalRun(await ingested(), prepared, adaptive, { every, onProgress })
    expect(steps).toEqual([...steps].sort((a, b) => a - b))
    expect(steps.at(-1)).toBe(run.position)
  })
})

describe('lastSnapshot', () => {
  test('is the newest that is not past the moment, of the same policy with the same settings', async () => {
    const journal = memoryJournal()
    expect(await lastSnapshot(journal, adaptive)).toBeUndefined()
    const run = Run.start(history, adaptive)
    for (const stop of [100, 200, 300]) await saveSnapshot(journal, Run.follow(run, prepared, { stop }))
    const times = [100, 200, 300].map((stop) => history.observations[stop - 1]!.at)
    expect((await lastSnapshot(journal, adaptive))!.position).toBe(300)
    expect((await lastSnapshot(journal, adaptive, times[1]!))!.position).toBe(200)
    expect((await lastSnapshot(journal, adaptive, times[2]! - 1))!.position).toBe(200)
    expect(await lastSnapshot(journal, adaptive, times[0]! - 1)).toBeUndefined()
    expect(await lastSnapshot(journal, Policy.of('adaptive', { level: 2 }))).toBeUndefined()
    const guard = { detectSeconds: 13 }
    expect(keyOf(Policy.of('adaptive', { guard }))).toBe(keyOf(adaptive))
    expect(await lastSnapshot(journal, Policy.of('adaptive', { guard }))).toBeUndefined()
  })

  test('is not shared: whoever goes on with it changes nothing in the journal', async () => {
    const journal = memoryJournal()
    await saveSnapshot(journal, Run.follow(Run.start(history, adaptive), prepared, { stop: 100 }))
    const before = encode(await lastSnapshot(journal, adaptive))
    Run.follow((await lastSnapshot(journal, adaptive))!, prepared)
    expect(encode(await lastSnapshot(journal, adaptive)) === before).toBe(true)
  })
})

const outage = new Error('the journal is gone')

/** A journal whose n-th append from now fails, its batch written or not. */
function failingAt(journal: Journal, nth: number, isWritten: boolean): Journal {
  let left = nth
  const append = async (entries: readonly Entry[]) => {
    left -= 1
    if (left >= 0) return await journal.append(entries)
    if (isWritten) await journal.append(entries)
    throw outage
  }
  return { ...journal, append }
}

async function ingested(): Promise<Journal> {
  const journal = memoryJournal()
  await ingest(journal, history)
  return journal
}

async function journaled(): Promise<Journal> {
  const journal = await ingested()
  await journalRun(journal, prepared, adaptive, { every })
  return journal
}

async function entriesOf(journal: Journal, topics?: readonly Topic[]): Promise<readonly Recorded[]> {
  const entries: Recorded[] = []
  for await (const page of journal.read(topics ? { topics } : {})) entries.push(...page)
  return entries
}

function topicOf({ type }: Output): Topic {
  return type === 'finding' ? 'found' : type === 'decision' ? 'decided' : 'done'
}

function bodyOf(output: Output): string {
  if (output.type === 'finding') return encode(output.finding)
  return encode(output.type === 'decision' ? output.decision : output)
}

/** The first entry in which two journals differ: a line, where all of it would be megabytes. */
function firstDifference(a: readonly Recorded[], b: readonly Recorded[]): object | undefined {
  const length = Math.max(a.length, b.length)
  for (let place = 0; place < length; place++) {
    const [one, other] = [a[place], b[place]]
    const isSame = one?.topic === other?.topic && one?.id === other?.id && one?.body === other?.body
    if (!isSame || one?.at !== other?.at || one?.seq !== other?.seq)
      return { place, a: [one?.topic, one?.id], b: [other?.topic, other?.id] }
  }
  return undefined
}
