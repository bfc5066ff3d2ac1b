import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { describe, expect, test } from 'vitest'
import { decode } from '../journal/encode.ts'
import { fakeActuator } from '../testing/fakeActuator.ts'
import { fakeNotifier } from '../testing/fakeNotifier.ts'
import { tries } from './Outbox.ts'
import { entriesOf } from './story.fixture.ts'
import { run, runToEnd, theft } from './theft.fixture.ts'

describe('a deed that cannot be done', () => {
  test('is tried again, then told as the worst news there is, with what to do by hand', async () => {
    const down = { kind: 'failed' as const, why: 'no RPC answers', retryable: true }
    const actuator = fakeActuator(() => down)
    const { journal, notifier, clock } = await runToEnd({ signals: theft().signals, actuator })
    expect(actuator.asked).toHaveLength(tries.most)
    expect(clock.sleeps).toHaveLength(tries.most - 1)
    const alert = notifier.told.find(({ rule }) => rule === 'DeedFailed')
    expect(alert).toMatchObject({ severity: 'critical', bridge: 'Harbour', chain: 'Alpha' })
    expect(alert!.sentence).toContain('no RPC answers')
    expect(alert!.check[0]).toContain('Do it by hand, now: pause direction in on Alpha')
    // What may still be done stays open, for the next start.
    const done = await entriesOf(journal, 'done')
    expect(done.filter(({ id }) => id.startsWith('deed:'))).toEqual([])
    const again = await runToEnd({ signals: theft().signals, journal })
    expect(again.actuator.asked).toHaveLength(1)
  })

  test('is tried until it is done, however long that takes, and told once as not done so far', async () => {
    const down = { kind: 'failed' as const, why: 'no RPC answers', retryable: true }
    const done = { kind: 'confirmed' as const, tx: '0x1', block: 1, attempts: 1 }
    const isDone = Promise.withResolvers<void>()
    const actuator = fakeActuator((_, nth) => (nth < 4 * tries.most ? down : done))
    const { running, notifier, journal, clock } = await run({
      signals: theft().signals,
      actuator,
      isEndless: true,
      onOutcome: (_, outcome) => {
        if (outcome.kind === 'confirmed') isDone.resolve()
      },
    })
    await isDone.promise
    await running.stop()
    expect(actuator.asked).toHaveLength(4 * tries.most)
    expect(clock.sleeps.filter((pause) => pause === tries.restMilliseconds)).toHaveLength(3)
    expect(notifier.told.filter(({ rule }) => rule === 'DeedFailed')).toHaveLength(1)
    const deeds = (await entriesOf(journal, 'done')).filter(({ id }) => id.startsWith('deed:'))
    expect(deeds.map(({ body }) => decode(body))).toEqual([done])
  })

  test('that throws now and then is done all the same, and nobody is woken for it', async () => {
    const actuator = fakeActuator((_, nth) => {
      if (nth < tries.most) throw new Error('reset')
      return { kind: 'confirmed', tx: '0x1', block: 1, attempts: 1 }
    })
    const { notifier } = await runToEnd({ signals: theft().signals, actuator })
    expect(actuator.asked).toHaveLength(tries.most)
    expect(notifier.told.map(({ rule }) => rule)).not.toContain('DeedFailed')
  })

  test('for good is not tried again', async () => {
    const actuator = fakeActuator(() => ({ kind: 'failed', why: 'not a guardian', retryable: false }))
    await runToEnd({ signals: theft().signals, actuator })
    expect(actuator.asked).toHaveLength(1)
  })
})

describe('a notifier that fails', () => {
  test('is tried again, in vain not more than so often, while another is told', async () => {
    let calls = 0
    const broken = fakeNotifier(() => {
      calls += 1
      return new Error('down')
    })
    const fine = fakeNotifier()
    const { actuator, journal } = await runToEnd({ signals: theft().signals, notifiers: [broken, fine] })
    expect(calls).toBe(fine.told.length * tries.most)
    expect(actuator.asked).toHaveLength(1)
    const told = (await entriesOf(journal, 'done')).find(({ id }) => id.startsWith('alert:'))!
    expect(decode(told.body)).toMatchObject([{ kind: 'failed', why: 'down' }, { kind: 'told' }])
  })

  test('for good is not tried again', async () => {
    let calls = 0
    const refused = new CutwaterError('NOTIFIER_REFUSED', 'no such hook', { facts: { retryable: false } })
    const broken = fakeNotifier(() => {
      calls += 1
      return refused
    })
    const fine = fakeNotifier()
    await runToEnd({ signals: theft().signals, notifiers: [broken, fine] })
    expect(calls).toBe(fine.told.length)
  })
})

describe('when no notifier gets through', () => {
  test('alerts are told as soon as one does, without another start', async () => {
    const isTold = Promise.withResolvers<void>()
    let calls = 0
    const away = {
      name: 'away',
      notify: async () => {
        calls += 1
        if (calls <= 200) throw new Error('down')
        isTold.resolve()
      },
    }
    const { running, journal } = await run({ signals: theft().signals, notifiers: [away], isEndless: true })
    await isTold.promise
    await running.stop()
    const done = (await entriesOf(journal, 'done')).filter(({ id }) => id.startsWith('alert:'))
    expect(done.length).toBeGreaterThan(0)
  })

  test('alerts stay open, and are told at the next start', async () => {
    const { signals } = theft()
    const down = fakeNotifier(() => new Error('down'))
    const { journal } = await runToEnd({ signals, notifiers: [down] })
    const open = (await entriesOf(journal, 'decided')).filter(({ id }) => id.startsWith('alert:'))
    const done = (await entriesOf(journal, 'done')).filter(({ id }) => id.startsWith('alert:'))
    expect([open.length > 1, done.length]).toEqual([true, 0])
    const { notifier } = await runToEnd({ signals, journal })
    expect(notifier.told.map(({ id }) => `alert:${id}`).sort()).toEqual(open.map(({ id }) => id).sort())
    expect((await runToEnd({ signals, journal })).notifier.told).toEqual([])
  })
})
