import { describe, expect, test } from 'vitest'
import { decode } from '../journal/encode.ts'
import { memoryJournal } from '../journal/memoryJournal.ts'
import type { Deed, Outcome } from '../ports/Actuator.ts'
import type { Journal } from '../ports/Journal.ts'
import { fakeActuator } from '../testing/fakeActuator.ts'
import { fakeNotifier } from '../testing/fakeNotifier.ts'
import { entriesOf, start } from './story.fixture.ts'

const pause: Deed = {
  id: 'person:drill-0001',
  chain: 1,
  act: { kind: 'pause', scope: 'bridge', key: '', seconds: 600, until: 1_700_000_600 },
  reason: 'by order of a person: a drill',
}

describe('what a person orders', () => {
  test('is in the journal before it is tried, and its end too', async () => {
    const journal = memoryJournal()
    let known = 0
    const actuator = fakeActuator(() => confirmed)
    const execute = async (deed: Deed) => {
      known = (await idsOf(journal, 'decided')).length
      return actuator.execute(deed)
    }
    const watch = await start({ journal, signals: [], actuator: { ...actuator, execute }, notifiers: [] })
    expect(await watch.order(pause)).toEqual(confirmed)
    expect(known).toBe(1)
    expect(await idsOf(journal, 'decided')).toEqual([`deed:${pause.id}`])
    expect(await idsOf(journal, 'done')).toEqual([`deed:${pause.id}`])
  })

  test('law: is done once, whoever asks again, and whenever: at once, later, after a restart', async () => {
    const journal = memoryJournal()
    const actuator = fakeActuator(() => confirmed)
    const first = await start({ journal, signals: [], actuator, notifiers: [] })
    const later = { ...pause, act: { ...pause.act, until: 1_700_000_900 } } as Deed
    expect(await Promise.all([first.order(pause), first.order(pause)])).toEqual([confirmed, confirmed])
    expect(await first.order(later)).toEqual(confirmed)
    const second = await start({ journal, signals: [], actuator, notifiers: [] })
    expect(await second.order(pause)).toEqual(confirmed)
    expect(actuator.asked).toHaveLength(1)
  })

  test('goes on after a kill in between, and whoever asks again hears how it ends', async () => {
    const journal = memoryJournal()
    const hanging = { ...fakeActuator(), execute: () => new Promise<Outcome>(() => {}) }
    const first = await start({ journal, signals: [], actuator: hanging, notifiers: [] })
    void first.order(pause)
    await Promise.resolve()
    expect(await idsOf(journal, 'decided')).toEqual([`deed:${pause.id}`])
    const actuator = fakeActuator(() => confirmed)
    const second = await start({ journal, signals: [], actuator, notifiers: [] })
    expect(await second.order(pause)).toEqual(confirmed)
    expect(actuator.asked).toEqual([pause])
  })

  test('under a name that stands for something else is refused', async () => {
    const actuator = fakeActuator(() => confirmed)
    const watch = await start({ journal: memoryJournal(), signals: [], actuator, notifiers: [] })
    await watch.order(pause)
    for (const other of [
      { ...pause, chain: 2 },
      { ...pause, reason: 'another' },
    ])
      await expect(watch.order(other)).rejects.toMatchObject({ code: 'ORDER_DIFFERS' })
    expect(actuator.asked).toHaveLength(1)
  })

  test('that the role may not do is told to whoever may', async () => {
    const journal = memoryJournal()
    const notifier = fakeNotifier()
    const proposed: Outcome = { kind: 'proposed', call: 'unpause(bridge)' }
    const actuator = fakeActuator(() => proposed)
    const watch = await start({ journal, signals: [], actuator, notifiers: [notifier] })
    const resume: Deed = {
      ...pause,
      id: 'person:drill-0002',
      act: { kind: 'resume', scope: 'bridge', key: '' },
    }
    expect(await watch.order(resume)).toEqual(proposed)
    await watch.ended
    expect(notifier.told.map(({ sentence }) => sentence)).toEqual([
      'Somebody wants a stop ended (by order of a person: a drill): ask the timelock to end the pause of bridge on Alpha.',
    ])
    expect(decode((await entriesOf(journal, 'done'))[0]!.body)).toEqual(proposed)
  })
})

const confirmed: Outcome = { kind: 'confirmed', tx: '0xdrill', block: 7, attempts: 1 }

async function idsOf(journal: Journal, topic: 'decided' | 'done'): Promise<readonly string[]> {
  return (await entriesOf(journal, topic)).map(({ id }) => id)
}
