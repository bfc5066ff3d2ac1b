import { describe, expect, test } from 'vitest'
import { memoryJournal } from '../journal/memoryJournal.ts'
import type { Deed, Outcome } from '../ports/Actuator.ts'
import type { ChainSignal } from '../ports/ChainSource.ts'
import { fakeActuator } from '../testing/fakeActuator.ts'
import { fakeChain } from '../testing/fakeChain.ts'
import { fakeClock } from '../testing/fakeClock.ts'
import { begin, bridge } from './live.fixture.ts'
import * as Outbox from './Outbox.ts'
import { entriesOf } from './story.fixture.ts'

const pause: Deed = {
  id: 'pause:bridge',
  chain: 1,
  act: { kind: 'pause', scope: 'bridge', key: '', seconds: 3_600, until: begin + 3_600 },
  reason: 'value without source',
}

describe('a deed that is in a block', () => {
  test('is looked at when that block is seen, and once it is final; then never again', async () => {
    const { chain, looked, show, asked } = await confirmedIn(101)
    await show(chain.block(begin))
    expect(looked()).toBe(0)
    await show(chain.block(begin + 12), chain.block(begin + 24))
    expect(looked()).toBe(1)
    await show(chain.finalize(0), chain.finalize(0), chain.block(begin + 36), chain.reorg(3))
    expect(looked()).toBe(2)
    expect(asked()).toEqual(['pause:bridge'])
  })

  test('that a reorg takes back is decided once more, written down, and done', async () => {
    const { chain, lose, show, asked, journal } = await confirmedIn(101)
    await show(chain.block(begin), chain.block(begin + 12))
    lose()
    await show(chain.reorg(1))
    expect(asked()).toEqual(['pause:bridge', 'pause:bridge~101'])
    for (const topic of ['decided', 'done'] as const) {
      const ids = (await entriesOf(journal, topic)).map(({ id }) => id)
      expect(ids).toEqual(['deed:pause:bridge', 'deed:pause:bridge~101'])
    }
  })

  test('that was replaced before the watch saw it is missed when its number is seen', async () => {
    const { chain, lose, show, asked } = await confirmedIn(101)
    lose()
    await show(chain.block(begin))
    expect(asked()).toEqual(['pause:bridge'])
    await show(chain.block(begin + 12))
    expect(asked()).toEqual(['pause:bridge', 'pause:bridge~101'])
  })

  test('that is in a later block by now is final when that one is', async () => {
    const { chain, move, show, looked } = await confirmedIn(100)
    move(102)
    await show(chain.block(begin), chain.finalize(0), chain.block(begin + 12), chain.finalize(0))
    expect(looked()).toBe(1)
    await show(chain.block(begin + 24), chain.finalize(0), chain.block(begin + 36), chain.finalize(0))
    expect(looked()).toBe(2)
  })

  test('is asked for with the next block where nobody can tell, and is not done again for that', async () => {
    const { chain, blind, move, show, looked, asked } = await confirmedIn(100)
    blind()
    await show(chain.block(begin), chain.finalize(0))
    expect(looked()).toBe(2)
    move(100)
    await show(chain.block(begin + 12))
    expect([looked(), asked()]).toEqual([3, ['pause:bridge']])
  })

  test('and moves money is left to the next decision', async () => {
    const act = { kind: 'raiseCover', dollars: 1_000 } as const
    const { chain, lose, show, looked } = await confirmedIn(100, { ...pause, act })
    lose()
    await show(chain.block(begin), chain.finalize(0))
    expect(looked()).toBe(0)
  })

  test('on another chain is none of its signals’ business', async () => {
    const { lose, show, looked } = await confirmedIn(100)
    const other = fakeChain(2)
    lose()
    await show(other.block(begin), other.reorg(1), other.finalize(0))
    expect(looked()).toBe(0)
  })

  test.each([
    [new Map(), ['pause:bridge~101']],
    [new Map([[1, 100]]), ['pause:bridge~101']],
    [new Map([[1, 101]]), []],
  ])('is looked at after a restart that knew as final %o', async (finalized, again) => {
    const { journal } = await confirmedIn(101)
    const { chain, lose, show, asked, outbox } = await start(101, journal)
    await Outbox.resume(outbox, finalized)
    lose()
    await show(chain.block(begin), chain.block(begin + 12))
    expect(asked()).toEqual(again)
  })
})

/** A deed that was confirmed in a block, and what a chain then makes of it. */
async function confirmedIn(block: number, deed = pause) {
  const started = await start(block, memoryJournal())
  const answer = { at: begin, outputs: [], deeds: [deed], alerts: [] }
  await Outbox.send(started.outbox, [{ observed: [], answer }])
  await idle(started.outbox)
  return started
}

async function start(block: number, journal: ReturnType<typeof memoryJournal>) {
  let where: number | null | Error = block
  let looks = 0
  const confirmed: Outcome = { kind: 'confirmed', tx: '0xa', block, attempts: 1 }
  const actuator = fakeActuator(() => confirmed)
  const blockOf = async () => {
    looks += 1
    if (where instanceof Error) throw where
    return where
  }
  const outbox = Outbox.create({
    bridge,
    journal,
    actuator: { ...actuator, blockOf },
    notifiers: [],
    clock: fakeClock(begin),
    onFailure: (error) => {
      throw error
    },
  })
  const show = async (...signals: readonly ChainSignal[]) => {
    for (const signal of signals) {
      Outbox.lookAgain(outbox, begin, signal)
      await idle(outbox)
    }
  }
  return {
    ...{ outbox, journal, show, chain: fakeChain(1) },
    asked: () => actuator.asked.map(({ id }) => id),
    looked: () => looks,
    lose: () => {
      where = null
    },
    move: (to: number) => {
      where = to
    },
    blind: () => {
      where = new Error('nodes disagree')
    },
  }
}

async function idle({ running }: Outbox.Outbox): Promise<void> {
  while (running.size > 0) await Promise.all(running)
}
