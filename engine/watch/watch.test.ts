import type { LimitsSet } from '@cutwater/core/bridge/Observation.ts'
import { describe, expect, test } from 'vitest'
import { memoryJournal } from '../journal/memoryJournal.ts'
import type { Deed } from '../ports/Actuator.ts'
import type { ChainSignal } from '../ports/ChainSource.ts'
import type { Journal } from '../ports/Journal.ts'
import { fakeActuator } from '../testing/fakeActuator.ts'
import { fakeChain } from '../testing/fakeChain.ts'
import { fakeClock } from '../testing/fakeClock.ts'
import { fakeNotifier } from '../testing/fakeNotifier.ts'
import { fakeSources } from '../testing/fakeSources.ts'
import { begin, bridge, inLeg, outLeg, policy, prices, textOf } from './live.fixture.ts'
import { entriesOf } from './story.fixture.ts'
import { gold, run, runToEnd, theft } from './theft.fixture.ts'
import { watch } from './watch.ts'

describe('a release without source', () => {
  test('is a finding, a pause where the value comes out, and an alert that says all of it', async () => {
    const { journal, actuator, notifier } = await runToEnd({ signals: theft().signals })
    const found = (await entriesOf(journal, 'found')).map(({ id }) => id)
    expect(found).toContain('1:0xin266:0:ReleaseWithoutSource')
    expect(actuator.asked).toHaveLength(1)
    expect(actuator.asked[0]).toMatchObject({
      chain: 1,
      act: { kind: 'pause', scope: 'direction', key: 'in', seconds: 6 * 3_600 + 36 },
      reason: 'a release without source in transaction 0xin266',
    })
    const alert = notifier.told.find(({ rule }) => rule === 'ReleaseWithoutSource')
    expect(alert).toMatchObject({
      at: begin + 300,
      severity: 'critical',
      bridge: 'Harbour',
      chain: 'Alpha',
      // The leg's own block: 101 of Beta and 103 of Alpha came after it.
      block: 102,
      tx: '0xin266',
      message: '66',
      usd: 3_000_000,
      done: [
        'pause direction in on Alpha for 21636 s, because a release without source in transaction 0xin266',
      ],
    })
    expect(alert!.check.length).toBeGreaterThan(1)
    expect(alert!.sentence).toContain('$3.00M')
  })

  test('that is not critical pauses its token alone', async () => {
    const { actuator } = await runToEnd({ signals: theft(50_000).signals })
    expect(actuator.asked.map(({ chain, act }) => ({ chain, act }))).toEqual([
      { chain: 1, act: expect.objectContaining({ kind: 'pause', scope: 'token', key: 'GOLD@1' }) },
    ])
  })

  test('at level 3 takes the allowance for unproven value away, of every token that comes out there', async () => {
    const { actuator } = await runToEnd({ signals: theft(50_000).signals, policy: policy(3) })
    const tightened = actuator.asked.filter(({ act }) => act.kind === 'tighten')
    expect(tightened.map(({ chain, act }) => [chain, act])).toEqual(
      ['GOLD@1', 'SILVER@1'].map((token) => [
        1,
        {
          kind: 'tighten',
          token,
          direction: 'in',
          total: null,
          unproven: { capacity: 0n, windowSeconds: 86_400 },
        },
      ]),
    )
  })

  test('tightens the limits that are known on chain, each once, written down before it is done', async () => {
    const limit = (capacity: bigint) => ({ capacity, windowSeconds: 60 })
    const place = { at: begin, chain: 1, tx: 'as it stands', index: 0, block: null, token: 'GOLD@1' }
    const both = { unproven: limit(1_000_000n), total: limit(9_000_000n) }
    const known: LimitsSet = { kind: 'limits', ...place, direction: 'in', ...both }
    const { actuator, journal } = await runToEnd({
      signals: theft().signals,
      limits: [known],
      policy: policy(2),
    })
    const tightened = actuator.asked.filter(({ act }) => act.kind === 'tighten')
    // Near stress is 1 and the others are neutral: 0.4 ÷ 0.5236 of what was set.
    expect(tightened.map(({ act }) => act)).toEqual([
      {
        ...{ kind: 'tighten', token: 'GOLD@1', direction: 'in' },
        unproven: limit(763_918n),
        total: limit(6_875_262n),
      },
    ])
    const decided = (await entriesOf(journal, 'decided')).map(({ id }) => id)
    expect(decided).toContain(`deed:${tightened[0]!.id}`)
  })

  test('whose answer is not for the role to give is told to people, who may ask the timelock', async () => {
    const actuator = fakeActuator(() => ({ kind: 'proposed', call: 'setLimits(…)' }))
    const { notifier } = await runToEnd({ signals: theft().signals, actuator })
    const proposed = notifier.told.find(({ rule }) => rule === 'LooseningProposed')
    expect(proposed?.check).toEqual(['If you agree, schedule on the timelock: setLimits(…).'])
  })

  test('at level 0 is told, and nothing is done', async () => {
    const { actuator, notifier } = await runToEnd({ signals: theft().signals, policy: policy(0) })
    expect(actuator.asked).toEqual([])
    expect(notifier.told.find(({ rule }) => rule === 'ReleaseWithoutSource')?.done).toEqual([])
  })

  test('waits for its source, and is judged when that has been seen past it', async () => {
    const { signals } = theft()
    const before = await runToEnd({ signals: signals.slice(0, -1) })
    expect(before.running.live.book.pending).toHaveLength(1)
    expect(before.actuator.asked).toEqual([])
    expect(before.notifier.told.filter(({ rule }) => rule !== 'LargeRelease')).toEqual([])
  })

  test('not covered renews its pause: each renewal is a deed of its own, and asks for what is left', async () => {
    const { signals, alpha, beta } = theft()
    for (let hour = 1; hour <= 20; hour++) {
      signals.push(alpha.block(begin + hour * 3_600 + 60), beta.block(begin + hour * 3_600 + 61))
    }
    const { actuator } = await runToEnd({ signals })
    const ids = actuator.asked.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBe(4)
    for (const { act } of actuator.asked) {
      // Six hours, the hour before which it is renewed, and the reaction: never the sum of all renewals.
      expect(act.kind === 'pause' && act.seconds > 0 && act.seconds <= 7 * 3_600 + 36).toBe(true)
    }
  })
})

describe('a reorg', () => {
  test('after a pause was renewed asks for no pause that was asked for already', async () => {
    const { signals, alpha, beta } = theft()
    for (let hour = 1; hour <= 8; hour++) {
      signals.push(alpha.block(begin + hour * 3_600 + 60), beta.block(begin + hour * 3_600 + 61))
    }
    const before = await runToEnd({ signals })
    expect(before.actuator.asked).toHaveLength(2)
    const after = await runToEnd({ signals: [...signals, alpha.reorg(1), beta.reorg(0)] })
    expect(after.actuator.asked).toEqual(before.actuator.asked)
    expect(after.notifier.told).toEqual(before.notifier.told)
  })

  test('of the block that brought an answer, which then comes back, has it given once', async () => {
    const { signals, beta } = theft()
    const again = [...signals, beta.reorg(1), beta.block(begin + 301)]
    const { actuator, notifier, journal } = await runToEnd({ signals: again })
    const decided = (await entriesOf(journal, 'decided')).map(({ id }) => id)
    const doneAndTold = [
      ...actuator.asked.map(({ id }) => `deed:${id}`),
      ...notifier.told.map(({ id }) => `alert:${id}`),
    ]
    expect(doneAndTold.sort()).toEqual(decided.filter((id) => /^(?:deed|alert):/.test(id)).sort())
  })

  test('that drops the theft itself takes no deed back', async () => {
    const { signals, alpha } = theft()
    const { actuator, running } = await runToEnd({
      signals: [...signals, alpha.reorg(2), alpha.block(begin + 301)],
    })
    expect(actuator.asked).toHaveLength(1)
    expect(running.live.book.counts.withoutSource.releases).toBe(0)
  })
})

describe('a doubtful view', () => {
  test.each(['SourceStale', 'SourceDisagreement'] as const)(
    '%s is told, and leads to no deed',
    async (name) => {
      const { alpha, signals } = theft()
      const honest = signals.slice(0, 3)
      const trouble: ChainSignal = {
        kind: 'trouble',
        chain: 1,
        at: begin + 210,
        name,
        what: 'two RPCs differ',
      }
      const many = Array.from({ length: 50 }, (_, nth) => ({ ...trouble, at: begin + 220 + nth }))
      const { actuator, notifier } = await runToEnd({
        signals: [...honest, trouble, ...many, alpha.block(begin + 900)],
      })
      expect(actuator.asked).toEqual([])
      expect(notifier.told.filter(({ rule }) => rule === name)).toHaveLength(51)
    },
  )

  test('a leg that names a chain nobody configured is a doubt, and stops neither the watch nor its next start', async () => {
    const alpha = fakeChain(1)
    const odd = { ...outLeg(gold(5, 1), begin + 205), peer: 999 }
    const oddIn = { ...inLeg(gold(6, 1, 2), begin + 205), peer: 999 }
    const ahead = [alpha.block(begin + 205, [odd, oddIn]), alpha.block(begin + 206)]
    const { journal, notifier, running } = await runToEnd({ signals: ahead })
    expect(running.live.places.get(1)?.number).toBe(101)
    const doubt = notifier.told.find(({ rule }) => rule === 'SourceDisagreement')
    expect(doubt?.sentence).toContain('names chain 999')
    await runToEnd({ signals: ahead, journal })
  })

  test('a reorg below what was final is refused before it is believed', async () => {
    const alpha = fakeChain(1)
    const signals = [alpha.block(begin), alpha.block(begin + 12), alpha.finalize(0), alpha.reorg(1)]
    const journal = memoryJournal()
    await expect(runToEnd({ signals, journal })).rejects.toMatchObject({ code: 'FINALITY_BROKEN' })
    expect((await entriesOf(journal, 'observed')).some(({ id }) => id.startsWith('reorg:'))).toBe(false)
  })

  test('a block that comes twice is refused before it is believed', async () => {
    const { signals } = theft()
    const { running, journal } = await run({
      signals: [...signals.slice(0, 2), signals[1]!],
      isEndless: true,
    })
    await expect(running.ended).rejects.toMatchObject({ code: 'SIGNAL_OUT_OF_ORDER' })
    expect((await entriesOf(journal, 'observed')).length).toBe(3)
  })
})

describe('a journal that fails', () => {
  const broken = (failsAt: number): Journal => {
    const journal = memoryJournal()
    let calls = 0
    return {
      ...journal,
      append: async (entries) => {
        calls += 1
        if (calls >= failsAt) throw new Error('disk full')
        return journal.append(entries)
      },
    }
  }

  test('at any call ends the watch with its error, though its chains go on', async () => {
    const { journal } = await runToEnd({ signals: theft().signals })
    const appends = (await entriesOf(journal)).length
    for (let at = 2; at <= 8; at++) {
      const { running } = await run({ signals: theft().signals, journal: broken(at), isEndless: true })
      await expect(running.ended, `call ${at} of at most ${appends}`).rejects.toThrow('disk full')
    }
  })

  test('ends the watch at once, though a deed is under way and does not end', async () => {
    const { alpha, signals } = theft()
    const more = Array.from({ length: 20 }, (_, nth) => alpha.block(begin + 313 + nth))
    const hanging = { ...fakeActuator(), execute: () => new Promise<never>(() => {}) }
    const { running } = await run({
      signals: [...signals, ...more],
      journal: broken(15),
      actuator: hanging,
      isEndless: true,
    })
    await expect(running.ended).rejects.toThrow('disk full')
  })

  test('lets nothing be done that it does not hold', async () => {
    for (let at = 1; at <= 12; at++) {
      const journal = broken(at)
      const actuator = fakeActuator()
      const notifier = fakeNotifier()
      const options = { signals: theft().signals, journal, actuator, notifiers: [notifier] }
      await runToEnd(options).catch(() => {})
      const held = new Set((await entriesOf(journal, 'decided')).map(({ id }) => id))
      for (const { id } of actuator.asked) expect(held).toContain(`deed:${id}`)
      for (const { id } of notifier.told) expect(held).toContain(`alert:${id}`)
    }
  })

  test('a source that fails ends the watch too', async () => {
    const { sources } = fakeSources([1, 2], { signals: [], isEndless: true })
    const failing = {
      chain: 2,
      stop: () => {},
      // biome-ignore lint/correctness/useYield: it fails before there is anything to yield
      async *follow(): AsyncGenerator<ChainSignal> {
        throw new Error('no such method')
      },
    }
    const { ended } = await watch({
      bridge,
      policy: policy(),
      journal: memoryJournal(),
      actuator: fakeActuator(),
      notifiers: [],
      clock: fakeClock(begin),
      sources: [sources[0]!, failing],
    })
    await expect(ended).rejects.toThrow('no such method')
  })
})

describe('started again', () => {
  test('with other prices, the past stays what it was, and nothing old is done', async () => {
    const { signals } = theft(900)
    const first = await runToEnd({ signals })
    expect(first.actuator.asked).toEqual([])
    const dear = prices.map((price) => ({ ...price, at: begin + 400, price: 1_000_000 }))
    const second = await runToEnd({ signals, journal: first.journal, prices: [...prices, ...dear] })
    expect(second.actuator.asked).toEqual([])
    const third = await runToEnd({ signals, journal: first.journal, prices: [] })
    expect(textOf(third.running.live.book)).toBe(textOf(second.running.live.book))
    expect(third.running.live.book.cents[0]).toBe(100)
  })

  test('with a harder policy, the past is not acted upon', async () => {
    const { signals, alpha } = theft()
    const calm = [...signals, alpha.block(begin + 314)]
    const first = await runToEnd({ signals: calm, policy: policy(0) })
    const decided = await first.journal.count('decided')
    const later = [...calm, alpha.block(begin + 320)]
    const second = await runToEnd({ signals: later, journal: first.journal, policy: policy(1) })
    expect(second.actuator.asked).toEqual([])
    expect(await first.journal.count('decided')).toBe(decided)
  })

  test('a block that is dropped and comes back is journaled each time, and found once', async () => {
    const { signals, alpha, beta } = theft()
    const attack = signals[3] as Extract<ChainSignal, { kind: 'block' }>
    const back = [
      alpha.reorg(2),
      { ...attack },
      { kind: 'block', block: { ...(signals[4] as typeof attack).block } },
    ]
    const story = [...signals, ...back, beta.block(begin + 302)] as ChainSignal[]
    const { journal, notifier, actuator } = await runToEnd({ signals: story })
    const observed = (await entriesOf(journal, 'observed')).map(({ id }) => id)
    expect(observed.filter((id) => id.startsWith(`block:1:102:${attack.block.hash}`))).toHaveLength(2)
    expect(new Set(observed).size).toBe(observed.length)
    const found = (await entriesOf(journal, 'found')).map(({ id }) => id)
    expect(new Set(found).size).toBe(found.length)
    expect(new Set(notifier.told.map(({ id }) => id)).size).toBe(
      (await entriesOf(journal, 'decided')).filter(({ id }) => id.startsWith('alert:')).length,
    )
    const deeds = new Map(actuator.asked.map((deed) => [deed.id, deed] as [string, Deed]))
    expect([...deeds.values()].every(({ act }) => act.kind === 'pause')).toBe(true)
    await runToEnd({ signals: story, journal })
  })
})
