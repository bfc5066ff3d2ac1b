import type { PricePoint } from '@cutwater/core/bridge/Observation.ts'
import { expect, test } from 'vitest'
import type { Price, PriceSource } from '../ports/PriceSource.ts'
import * as LiveBook from './LiveBook.ts'
import { begin, bridge, policy } from './live.fixture.ts'
import * as Prices from './Prices.ts'

const told: PricePoint[] = []

/** Sources asked once every 60 s, and a book that takes what they say. */
function priced(...sources: readonly PriceSource['read'][]) {
  const prices = Prices.create(
    sources.map((read, nth) => ({ name: `source ${nth}`, read })),
    60,
  )
  const live = LiveBook.create(bridge, policy())
  told.length = 0
  const ask = (now: number, at = begin) =>
    Prices.ask(prices, { now, at }, live, async (points) => {
      told.push(...points)
      LiveBook.apply(live, { kind: 'prices', points })
    })
  return { ask, live }
}

const gold = (price: number): Price => ({ priceId: 'gold', price })

test('the first answer is waited for, and is known from the first block on', async () => {
  const { ask, live } = priced(async () => [gold(2)])
  await ask(1_000)
  expect(told).toEqual([{ kind: 'price', at: begin, priceId: 'gold', price: 2 }])
  expect(live.book.cents[0]).toBe(2e-4)
})

test('later ones are asked for as often as they should be, and delay nothing', async () => {
  let asked = 0
  const { ask } = priced(() => {
    asked += 1
    return asked === 1 ? Promise.resolve([gold(2)]) : new Promise(() => {})
  })
  await ask(1_000)
  await ask(1_059)
  expect(asked).toBe(1)
  await ask(1_060)
  expect(asked).toBe(2)
})

test('a price that stays is not told again, and never from before what the book knows', async () => {
  let price = 2
  const { ask, live } = priced(async () => [gold(price)])
  await ask(0)
  await ask(60)
  price = 3
  live.book.now = begin + 500
  await ask(120, begin + 100)
  await new Promise((resolve) => setImmediate(resolve))
  expect(told.map((point) => [point.price, point.at])).toEqual([
    [2, begin],
    [3, begin + 500],
  ])
})

test('a source that fails leaves the others, and the price before', async () => {
  const { ask } = priced(
    async () => {
      throw new Error('nobody answers')
    },
    async () => [gold(4)],
  )
  await ask(0)
  expect(told).toMatchObject([{ price: 4 }])
})
