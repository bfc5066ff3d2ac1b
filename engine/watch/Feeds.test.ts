import { hour } from '@cutwater/core/units/UnixTime.ts'
import { expect, test } from 'vitest'
import { memoryJournal } from '../journal/memoryJournal.ts'
import type { ChainSignal } from '../ports/ChainSource.ts'
import { fakeActuator } from '../testing/fakeActuator.ts'
import { fakeChain } from '../testing/fakeChain.ts'
import { type FakeFeeds, fakeFeeds } from '../testing/fakeFeeds.ts'
import { fakeSources } from '../testing/fakeSources.ts'
import { begin, bridge, outLeg, policy, prices } from './live.fixture.ts'
import { entriesOf } from './story.fixture.ts'
import { watch } from './watch.ts'

const lock = outLeg({ token: 'GOLD', from: 1, message: 1, coins: 1_000_000 }, begin)
const price = { name: 'wrappedPrice', of: 'GOLD', value: 0.97, unit: 'canonical per wrapped' }

/** A watch over an hour of blocks, one every ten minutes by every clock. */
async function watched(feeds: FakeFeeds, journal = memoryJournal(), from = 0) {
  const alpha = fakeChain(1)
  const signals: ChainSignal[] = Array.from({ length: 9 }, (_, i) =>
    alpha.block(begin + i * 600, i === 0 ? [lock] : []),
  )
  let blocks = from
  const running = await watch({
    bridge,
    policy: policy(),
    sources: fakeSources([1, 2], { signals, from }).sources,
    journal,
    actuator: fakeActuator(),
    notifiers: [],
    clock: { now: () => begin + blocks * 600, sleep: async () => {} },
    prices,
    feeds: [feeds],
    feedSeconds: 1_800,
    onSignal: () => {
      blocks += 1
    },
  })
  await running.ended
  return { live: running.live, journal }
}

test('feeds are asked as often as they should be, journaled, and heard when the hour closes', async () => {
  const feeds = fakeFeeds([price])
  const { live, journal } = await watched(feeds)
  expect(feeds.asked).toEqual([1, 4, 7].map((block) => begin + block * 600))
  const ids = (await entriesOf(journal, 'observed')).map(({ id }) => id)
  expect(ids.filter((id) => id.startsWith('readings:'))).toHaveLength(3)
  expect(live.book.now).toBeGreaterThan(begin + hour)
  const implied = live.book.board!.readings.find(({ name }) => name === 'impliedLoss')!
  expect(implied.value).toBeCloseTo(-Math.log(1 - 0.03 / 0.49) * 365.25, 9)
})

test('a watch that begins again remembers what it heard', async () => {
  const { journal, live } = await watched(fakeFeeds([price]))
  const again = await watched(fakeFeeds([]), journal, 9)
  expect(again.live.book.measures).toEqual(live.book.measures)
  expect(again.live.book.board).toEqual(live.book.board)
})

test('a feed that fails stops nothing, and what it says later counts', async () => {
  const feeds = fakeFeeds([price], (nth) => (nth < 3 ? new Error('nothing answers') : undefined))
  const { live } = await watched(feeds)
  expect(feeds.asked).toHaveLength(3)
  expect(live.book.measures.size).toBe(1)
})
