import { expect, test } from 'vitest'
import * as Life from './Life.ts'

test('a rest ends by its bell, by its time, or by the end of all', async () => {
  const { clock, wakeAll } = handClock()
  const life = Life.create(clock)
  const bell = Life.createBell()
  const byBell = life.rest(1_000, bell)
  bell.ring()
  await byBell
  const byTime = life.rest(900)
  await wakeAll()
  await wakeAll()
  await byTime
  const byEnd = life.rest(1_000, bell)
  life.end()
  await byEnd
  await life.rest(1_000, bell)
  expect(life.isOver()).toBe(true)
})

test('a bell rung while nobody rests wakes the next rest, once', async () => {
  const { clock } = handClock()
  const life = Life.create(clock)
  const bell = Life.createBell()
  bell.ring()
  bell.ring()
  await life.rest(1_000, bell)
  expect(await isOpen(life.rest(1_000, bell))).toBe(true)
})

test('a sleep that ends after its rest was rung awake does not disturb the next rest', async () => {
  const { clock, wakeAll } = handClock()
  const life = Life.create(clock)
  const bell = Life.createBell()
  const first = life.rest(400, bell)
  bell.ring()
  await first
  const second = life.rest(400, bell)
  await wakeAll(1)
  expect(await isOpen(second)).toBe(true)
  bell.ring()
  await second
})

/** Sleeps end when the test says so, oldest first. */
function handClock() {
  const sleepers: (() => void)[] = []
  return {
    clock: { now: () => 0, sleep: () => new Promise<void>((resolve) => sleepers.push(resolve)) },
    wakeAll: async (count = sleepers.length) => {
      for (const wake of sleepers.splice(0, count)) wake()
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

async function isOpen(promise: Promise<void>): Promise<boolean> {
  const turn = new Promise<'open'>((resolve) => setImmediate(() => resolve('open')))
  return (await Promise.race([promise, turn])) === 'open'
}
