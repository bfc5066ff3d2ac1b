import { beforeAll, describe, expect, test } from 'vitest'
import { decode } from '../journal/encode.ts'
import { memoryJournal } from '../journal/memoryJournal.ts'
import type { Deed } from '../ports/Actuator.ts'
import type { Entry, Recorded } from '../ports/Journal.ts'
import { fakeActuator } from '../testing/fakeActuator.ts'
import { fakeClock } from '../testing/fakeClock.ts'
import { fakeNotifier } from '../testing/fakeNotifier.ts'
import { mortal } from '../testing/mortal.ts'
import { begin, textOf } from './live.fixture.ts'
import type * as Snapshots from './Snapshots.ts'
import { accountOf, entriesOf, failsFirst, start, story } from './story.fixture.ts'

const signals = story()

/** One is begun with every few signals, and cut into many pieces. */
const often: Snapshots.Pace = { maker: 'this', least: 1_500, times: 0, copies: 150, piece: 9_000, every: 1 }

describe.each([
  { level: 1, snapshots: undefined },
  { level: 3, snapshots: undefined },
  { level: 1, snapshots: often },
] as const)('at level $level, snapshots: $snapshots', ({ level, snapshots }) => {
  const undisturbed = {
    entries: [] as Recorded[],
    account: [] as readonly string[],
    book: '',
    first: '',
    calls: 0,
  }
  const asked = new Set<string>()
  const told = new Set<string>()

  const ports = (outcome = failsFirst(undisturbed.first)) => {
    return { actuator: fakeActuator(outcome), notifier: fakeNotifier() }
  }

  beforeAll(async () => {
    const trial = { ...ports(), journal: memoryJournal() }
    await (await start({ ...trial, signals, level, notifiers: [trial.notifier] })).ended
    undisturbed.first = trial.actuator.asked[0]!.id
    const { actuator, notifier } = ports()
    const life = mortal({ at: Number.POSITIVE_INFINITY, when: 'before' })
    const journal = memoryJournal()
    const watch = await start({
      journal: life.journal(journal),
      actuator: life.actuator(actuator),
      notifiers: [life.notifier(notifier)],
      clock: life.clock(fakeClock(begin)),
      signals,
      level,
      snapshots,
    })
    await watch.ended
    undisturbed.entries = await entriesOf(journal)
    undisturbed.account = await accountOf(journal)
    undisturbed.book = textOf(watch.live.book)
    undisturbed.calls = life.calls()
    for (const { id } of actuator.asked) asked.add(id)
    for (const { id } of notifier.told) told.add(id)
  })

  test('the story leads to findings, deeds, one that fails, renewals, and alerts', () => {
    const ids = undisturbed.entries.map(({ topic, id }) => `${topic} ${id}`)
    expect(ids.filter((id) => id.startsWith('found')).length).toBeGreaterThanOrEqual(4)
    expect(asked.size).toBeGreaterThanOrEqual(3)
    expect(told.size).toBeGreaterThanOrEqual(3)
    expect(ids).toContain(`decided alert:failed:${undisturbed.first}`)
  })

  test('what is done was decided, in the journal, before', async () => {
    const journal = memoryJournal()
    const actuator = fakeActuator()
    const known: string[][] = []
    const spy = {
      ...actuator,
      execute: async (deed: Deed) => {
        known.push([deed.id, ...(await entriesOf(journal, 'decided')).map(({ id }) => id)])
        return actuator.execute(deed)
      },
    }
    const notifier = fakeNotifier()
    const notify = async (alert: Parameters<typeof notifier.notify>[0]) => {
      const ids = (await entriesOf(journal, 'decided')).map(({ id }) => id)
      expect(ids).toContain(`alert:${alert.id}`)
      return notifier.notify(alert)
    }
    await (
      await start({ journal, actuator: spy, notifiers: [{ name: 'spy', notify }], signals, level, snapshots })
    ).ended
    expect(known.length).toBeGreaterThanOrEqual(3)
    for (const [deed, ...decided] of known) expect(decided).toContain(`deed:${deed}`)
    // And what was observed stands before what was found in it.
    const topics = (await entriesOf(journal)).map(({ topic }) => topic)
    expect(topics[0]).toBe('observed')
  })

  test('snapshots are written where they are asked for, in pieces, one after the other', () => {
    const ids = undisturbed.entries.flatMap(({ topic, id }) => (topic === 'snapshot' ? [id] : []))
    const wanted = snapshots === undefined ? 0 : 5
    expect(ids.filter((id) => id.endsWith('/end')).length).toBeGreaterThanOrEqual(wanted)
    expect(ids.filter((id) => id.endsWith('/2')).length).toBeGreaterThanOrEqual(wanted)
    if (snapshots === undefined) expect(ids).toEqual([])
  })

  test('cut after any entry, a journal leads to the same entries, deeds and book', async () => {
    for (let kept = 0; kept <= undisturbed.entries.length; kept++) {
      const journal = memoryJournal()
      const before = undisturbed.entries.slice(0, kept)
      await journal.append(before.map(withoutPlace))
      const { actuator, notifier } = ports()
      const watch = await start({ journal, actuator, notifiers: [notifier], signals, level, snapshots })
      await watch.ended
      const at = `after entry ${kept}`
      expect(await accountOf(journal), at).toEqual(undisturbed.account)
      expect(textOf(watch.live.book), at).toBe(undisturbed.book)
      const done = new Set(before.filter(({ topic }) => topic === 'done').map(({ id }) => id))
      const isLeft = (kind: string) => (id: string) => !done.has(`${kind}:${id}`)
      expect(new Set(actuator.asked.map(({ id }) => id)), at).toEqual(
        new Set([...asked].filter(isLeft('deed'))),
      )
      expect(new Set(notifier.told.map(({ id }) => id)), at).toEqual(
        new Set([...told].filter(isLeft('alert'))),
      )
    }
  })

  test.each(['before', 'after'] as const)(
    'killed %s any call to journal, actuator, notifier or clock, it ends up the same, and nothing is left undone',
    async (when) => {
      for (let at = 1; at <= undisturbed.calls; at++) {
        const journal = memoryJournal()
        const { actuator, notifier } = ports()
        const life = mortal({ at, when })
        const first = start({
          journal: life.journal(journal),
          actuator: life.actuator(actuator),
          notifiers: [life.notifier(notifier)],
          clock: life.clock(fakeClock(begin)),
          signals,
          level,
          snapshots,
        })
        await Promise.race([life.dead, first.then(({ ended }) => ended)])
        const watch = await start({ journal, actuator, notifiers: [notifier], signals, level, snapshots })
        await watch.ended
        expect(await accountOf(journal), `${when} call ${at}`).toEqual(undisturbed.account)
        expect(textOf(watch.live.book), `${when} call ${at}`).toBe(undisturbed.book)
        expect(new Set(actuator.asked.map(({ id }) => id)), `${when} call ${at}`).toEqual(asked)
        expect(new Set(notifier.told.map(({ id }) => id)), `${when} call ${at}`).toEqual(told)
        // One kill can make what was under way happen again, once.
        for (const ids of [actuator.asked.map(({ id }) => id), notifier.told.map(({ id }) => id)]) {
          const times = Map.groupBy(ids, (id) => id)
          expect(Math.max(...[...times.values()].map(({ length }) => length))).toBeLessThanOrEqual(2)
        }
      }
    },
  )

  test('deeds only tighten', () => {
    const deeds = undisturbed.entries.filter(({ id }) => id.startsWith('deed:') && asked.has(id.slice(5)))
    for (const { topic, body } of deeds) {
      if (topic !== 'decided') continue
      const { act } = decode(body) as Deed
      if (act.kind === 'pause') expect(act.seconds).toBeGreaterThan(0)
      else expect(act).toMatchObject({ kind: 'tighten', total: null, unproven: { capacity: 0n } })
    }
  })
})

function withoutPlace({ topic, id, at, body }: Recorded): Entry {
  return { topic, id, at, body }
}
