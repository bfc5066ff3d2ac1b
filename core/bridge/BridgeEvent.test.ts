import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Event from './BridgeEvent.ts'
import { wishes } from './testing/arbitraries.fixture.ts'
import { alpha, beta, gamma, legs, sampleBridge } from './testing/sampleBridge.ts'
import { honest } from './testing/traffic.ts'

const event: Event.BridgeEvent = {
  kind: 'lock',
  at: 1_600_000_000,
  chain: 1,
  peer: 2,
  tx: '0xab',
  index: 0,
  block: 7,
  message: '0',
  tokenSource: null,
  token: null,
  sender: null,
  beneficiary: 'alice',
  amount: 1n,
}

describe('the order of events', () => {
  it.each<[string, Partial<Event.BridgeEvent>]>([
    ['time', { at: event.at + 1 }],
    ['out legs before in legs', { kind: 'mint', chain: 0, block: 0, tx: '0x00' }],
    ['chain', { chain: 2, block: 0, tx: '0x00' }],
    ['block', { block: 8, tx: '0x00' }],
    ['transaction', { tx: '0xac', index: -1 }],
    ['place in the log', { index: 1 }],
  ])('goes by %s', (_, later) => {
    expect(Event.compare(event, { ...event, ...later })).toBeLessThan(0)
    expect(Event.compare({ ...event, ...later }, event)).toBeGreaterThan(0)
  })

  it('a block that is not known counts as the first', () => {
    expect(Event.compare({ ...event, block: null }, { ...event, block: 0 })).toBe(0)
    expect(Event.compare({ ...event, block: null }, event)).toBeLessThan(0)
  })

  it('law: events come to one order, from whatever order they were in', () => {
    const bridge = sampleBridge([alpha, beta, gamma])
    const shuffled = wishes()
      .map((wished) => honest(bridge, wished).flatMap(legs))
      .chain((events) =>
        fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
      )
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        expect(one.toSorted(Event.compare).map(Event.id)).toEqual(other.toSorted(Event.compare).map(Event.id))
      }),
    )
  })
})

describe('an event', () => {
  it('goes out by lock and burn, and comes in by mint and release', () => {
    expect((['lock', 'burn', 'mint', 'release'] as const).map(Event.isOut)).toEqual([
      true,
      true,
      false,
      false,
    ])
  })

  it('is known by its chain, transaction and place in the log, whatever else is said of it', () => {
    const told: Event.BridgeEvent = { ...event, amount: 5n, at: 0, message: '9' }
    expect(Event.id(told)).toBe(Event.id(event))
    for (const other of [{ chain: 2 }, { tx: '0xac' }, { index: 1 }]) {
      expect(Event.id({ ...event, ...other })).not.toBe(Event.id(event))
    }
  })
})
