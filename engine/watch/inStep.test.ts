import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ChainSignal, ChainSource } from '../ports/ChainSource.ts'
import { fakeChain } from '../testing/fakeChain.ts'
import { inStep } from './inStep.ts'

const now = 1_700_000_000

/** A source of blocks at these times. */
function sourceOf(number: number, times: readonly number[], ends = true): ChainSource {
  const chain = fakeChain(number)
  return {
    chain: number,
    follow: async function* () {
      for (const at of times) yield chain.block(at)
      if (!ends) await new Promise(() => {})
    },
    stop: () => {},
  }
}

const clock = () => {
  let seconds = now
  return {
    now: () => seconds,
    sleep: async (milliseconds: number) => {
      await new Promise((resolve) => setTimeout(resolve, 1))
      seconds += milliseconds / 1_000
    },
  }
}

/** Follows all sources at once and returns chain and time of each block in the order told. */
async function order(sources: readonly ChainSource[]): Promise<readonly (readonly [number, number])[]> {
  const told: [number, number][] = []
  await Promise.all(
    sources.map(async (source) => {
      for await (const signal of source.follow()) told.push(placed(signal))
    }),
  )
  return told
}

function placed(signal: ChainSignal): [number, number] {
  return signal.kind === 'block' ? [signal.block.chain, signal.block.at] : [0, 0]
}

const times = fc
  .array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 40 })
  .map((steps) => steps.map((_, nth) => now - 900_000 + steps.slice(0, nth + 1).reduce((a, b) => a + b, 0)))

test('law: in a catching-up no chain runs two minutes ahead of a block another still has to tell', async () => {
  await fc.assert(
    fc.asyncProperty(times, times, async (a, b) => {
      const told = await order(inStep([sourceOf(1, a), sourceOf(2, b)], clock()))
      expect(told).toHaveLength(a.length + b.length)
      told.forEach(([, at], place) => {
        for (const [, later] of told.slice(place + 1)) expect(at).toBeLessThanOrEqual(later + 120)
      })
    }),
    { numRuns: 40 },
  )
})

test('blocks of today wait for nobody', async () => {
  const silent = sourceOf(2, [], false)
  const [first] = inStep([sourceOf(1, [now - 500, now - 488]), silent], clock())
  expect(await order([first!])).toEqual([
    [1, now - 500],
    [1, now - 488],
  ])
})

test('a chain that stands still is waited for half a minute, and no longer', async () => {
  const times = clock()
  const [first] = inStep([sourceOf(1, [now - 9_000, now - 8_000]), sourceOf(2, [], false)], times)
  expect(await order([first!])).toHaveLength(2)
  expect(times.now()).toBeGreaterThanOrEqual(now + 30)
})
