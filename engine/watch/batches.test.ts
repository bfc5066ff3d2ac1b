import { expect, test } from 'vitest'
import { memoryJournal } from '../journal/memoryJournal.ts'
import type { ChainSource } from '../ports/ChainSource.ts'
import type { Entry, Journal } from '../ports/Journal.ts'
import { fakeActuator } from '../testing/fakeActuator.ts'
import { fakeChain } from '../testing/fakeChain.ts'
import { fakeClock } from '../testing/fakeClock.ts'
import { begin, bridge, policy, prices } from './live.fixture.ts'
import { runToEnd, theft } from './theft.fixture.ts'
import { watch } from './watch.ts'

test('what is due by the time signals are written is written with them', async () => {
  const { journal, batches } = spied()
  const sources = [1, 2].map((chain) => sourceOf(chain))
  const ports = { journal, actuator: fakeActuator(), notifiers: [], clock: fakeClock(begin) }
  const running = await watch({ bridge, policy: policy(), prices, sources, ...ports, gather })
  await running.ended
  const kinds = batches.map((batch) => batch.map(({ id }) => id.split(':').slice(0, 2).join(':')))
  // The prices are written before anybody is followed; then both chains have a block due whenever one has.
  expect(kinds.slice(1)).toEqual(Array.from({ length: 3 }, () => ['block:1', 'block:2']))
})

test('an observation and its answer are one batch, so that no kill comes between them', async () => {
  const { journal, batches } = spied()
  await runToEnd({ signals: theft().signals, journal })
  const answers = batches.filter((batch) => batch.some(({ topic }) => topic === 'found'))
  expect(answers.length).toBeGreaterThan(0)
  for (const batch of answers) expect(batch[0]!.topic).toBe('observed')
  const pausing = batches.find((batch) => batch.some(({ id }) => id.startsWith('deed:pause')))!
  expect(pausing.map(({ topic }) => topic).slice(0, 2)).toEqual(['observed', 'found'])
})

function spied(journal = memoryJournal()): {
  readonly journal: Journal
  readonly batches: (readonly Entry[])[]
} {
  const batches: (readonly Entry[])[] = []
  const append = async (entries: readonly Entry[]) => {
    batches.push(entries)
    return await journal.append(entries)
  }
  return { journal: { ...journal, append }, batches }
}

/** Leaves all others their turn. */
async function gather(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await null
}

function sourceOf(chain: number): ChainSource {
  const { block } = fakeChain(chain)
  async function* follow() {
    for (let nth = 0; nth < 3; nth++) yield block(begin + nth)
  }
  return { chain, follow, stop: () => {} }
}
