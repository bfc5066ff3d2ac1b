import type { Bridge } from '@cutwater/core/bridge/Bridge.ts'
import type { BridgeEvent } from '@cutwater/core/bridge/BridgeEvent.ts'
import * as Event from '@cutwater/core/bridge/BridgeEvent.ts'
import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import { isLeg, type Observation } from '@cutwater/core/bridge/Observation.ts'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareObservations, pieces, slowdown, withAttack } from './attacks.ts'
import type { History } from './History.ts'
import * as Run from './Run.ts'
import { attacks } from './replay.ts'
import { track } from './track.ts'

const start = 1_700_000_000
const home = '0xaa'
const away = '0xbb'

const bridge: Bridge = {
  name: 'small',
  synthetic: true,
  chains: [
    { id: 1, name: 'Home', finalitySeconds: 90 },
    { id: 2, name: 'Away', finalitySeconds: 7 },
  ],
  tokens: [
    {
      symbol: 'USDC',
      decimals: 6,
      home: 1,
      priceId: 'usdc',
      contracts: [
        { chain: 1, address: home },
        { chain: 2, address: away },
      ],
    },
  ],
}

const address = fc.constantFrom('0xcafe', '0xdead', '0xbeef')

// Few blocks, transactions and ids, so that much falls together; logs of one transaction at any place.
const leg: fc.Arbitrary<BridgeEvent> = fc
  .record({
    isHome: fc.boolean(),
    isOut: fc.boolean(),
    at: fc.integer({ min: start, max: start + 400 }),
    tx: fc.constantFrom('0x1', '0x2', '0x3'),
    index: fc.oneof(fc.nat(12), fc.nat(9_999), fc.constantFrom(1_000, 2_000, 3_000)),
    message: fc.nat(5).map(String),
    isMapped: fc.boolean(),
    sender: fc.option(address, { nil: null }),
    beneficiary: address,
    amount: fc.oneof(fc.bigInt(0n, 12n), fc.bigInt(0n, 10n ** 24n)),
  })
  .map(({ isHome, isOut, isMapped, tx, ...rest }) => ({
    ...rest,
    // No two chains share a transaction: its hash commits to its chain.
    tx: `${tx}${isHome ? 'a' : 'b'}`,
    kind: isOut ? (isHome ? 'lock' : 'burn') : isHome ? 'release' : 'mint',
    chain: isHome ? 1 : 2,
    peer: isHome ? 2 : 1,
    block: null,
    tokenSource: isOut ? tokenOn(isHome, isMapped) : null,
    token: tokenOn(isHome !== isOut, isMapped),
  }))

const price: fc.Arbitrary<Observation> = fc.record({
  kind: fc.constant('price' as const),
  at: fc.integer({ min: start, max: start + 400 }),
  priceId: fc.constant('usdc'),
  price: fc.double({ min: 0.5, max: 2, noNaN: true }),
})

const history: fc.Arbitrary<History> = fc
  .record({
    legs: fc.uniqueArray(leg, { selector: Event.id, maxLength: 40 }),
    prices: fc.array(price, { maxLength: 3 }),
    isAttack: fc.infiniteStream(fc.boolean()),
  })
  .map(({ legs, prices, isAttack }) => ({
    bridge,
    observations: [...prices, ...legs].sort(compareObservations),
    attack: new Set(legs.filter((each) => !Event.isOut(each.kind) && isAttack.next().value).map(Event.id)),
    source: 'made up',
  }))

describe('withAttack', () => {
  test.each(attacks)('%s leaves every honest observation as it was, in its order', (attack) => {
    fc.assert(
      fc.property(history, (before) => {
        const after = withAttack(before, attack)
        const forged = new Set(
          attack === 'deceived' ? attackLegs(after).map(({ message }) => message) : undefined,
        )
        const isHonest = (each: Observation) =>
          !isLeg(each) || (!after.attack.has(Event.id(each)) && !forged.has(each.message))
        expect(after.observations.filter(isHonest)).toEqual(before.observations.filter(honestIn(before)))
        expect(after.bridge).toBe(before.bridge)
        expect(after.source).toBe(before.source)
      }),
    )
  })

  test.each(attacks)(
    '%s gives every event an id of its own and keeps the order of observations',
    (attack) => {
      fc.assert(
        fc.property(history, (before) => {
          const { observations, attack: labels } = withAttack(before, attack)
          const ids = observations.filter(isLeg).map(Event.id)
          expect(new Set(ids).size).toBe(ids.length)
          expect(new Set(ids)).toEqual(new Set([...ids, ...labels]))
          for (let i = 1; i < observations.length; i++) {
            expect(compareObservations(observations[i - 1]!, observations[i]!)).toBeLessThanOrEqual(0)
          }
        }),
      )
    },
  )

  test('recorded is the history itself', () => {
    fc.assert(fc.property(history, (before) => withAttack(before, 'recorded') === before))
  })

  test('split conserves value: ten parts of a release sum to it, at its time, to its receiver', () => {
    fc.assert(
      fc.property(history, (before) => {
        const after = withAttack(before, 'split')
        expect(after.attack.size).toBe(before.attack.size * pieces)
        expect(sumsOf(after)).toEqual(sumsOf(before))
        expect(parts(after)).toEqual(parts(before))
      }),
    )
    // What may differ between the parts: their place in the log and their share of the amount.
    function parts(of: History): readonly string[] {
      const each = attackLegs(of).map((event) => JSON.stringify({ ...event, index: 0, amount: '' }))
      return [...new Set(each)].sort()
    }
    // The parts of a release have all but place and amount in common; releases alike in all that are summed.
    function sumsOf(of: History): ReadonlyMap<string, bigint> {
      const sums = new Map<string, bigint>()
      for (const event of attackLegs(of)) {
        const key = JSON.stringify({ ...event, index: 0, amount: '' })
        sums.set(key, (sums.get(key) ?? 0n) + event.amount)
      }
      return sums
    }
  })

  test('split: no two parts of a release differ by more than the rest of a division by ten', () => {
    fc.assert(
      fc.property(leg, (event) => {
        const release: BridgeEvent = { ...event, kind: 'release' }
        const amounts = attackLegs(withAttack(only(release), 'split')).map(({ amount }) => amount)
        expect(amounts).toHaveLength(10)
        expect(amounts.slice(0, 9)).toEqual(new Array(9).fill(release.amount / 10n))
        expect(amounts[9]).toBe(release.amount / 10n + (release.amount % 10n))
      }),
    )
  })

  test('slow stretches the time since the first attack leg by ten and changes nothing else', () => {
    fc.assert(
      fc.property(history, (before) => {
        const legs = attackLegs(before)
        const first = legs[0]?.at ?? 0
        const stretched = legs.map((event) => ({ ...event, at: first + slowdown * (event.at - first) }))
        expect(slowdown).toBe(10)
        expect(attackLegs(withAttack(before, 'slow'))).toEqual(stretched.sort(Event.compare))
        expect(withAttack(before, 'slow').attack).toEqual(before.attack)
      }),
    )
  })

  test('deceived: every attack leg finds an out leg that agrees and was final, and no other verdict changes', () => {
    fc.assert(
      fc.property(history, (before) => {
        const honest = countsOf(withoutAttack(before))
        const deceived = countsOf(withAttack(before, 'deceived'))
        const kinds = attackLegs(before).map(({ kind }) => kind)
        expect(deceived.matched.withdrawals - honest.matched.withdrawals).toBe(countOf(kinds, 'release'))
        expect(deceived.matched.deposits - honest.matched.deposits).toBe(countOf(kinds, 'mint'))
        expect(deceived.withoutSource).toEqual(honest.withoutSource)
        expect(deceived.early).toEqual(honest.early)
      }),
    )
  })

  test('deceived: what is released, to whom and when stays as it was', () => {
    fc.assert(
      fc.property(history, (before) => {
        const after = withAttack(before, 'deceived')
        const bare = (event: BridgeEvent) => ({ ...event, message: '' })
        expect(attackLegs(after).map(bare)).toEqual(attackLegs(before).map(bare))
        expect(after.observations.length).toBe(before.observations.length + before.attack.size)
      }),
    )
  })
})

describe('compareObservations', () => {
  test('puts a price before the legs of its second, and legs in their own order', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(leg, price)), (observations) => {
        const sorted = [...observations].sort(compareObservations)
        const legs = sorted.filter(isLeg)
        expect(legs).toEqual([...legs].sort(Event.compare))
        sorted.slice(1).forEach((next, i) => {
          const previous = sorted[i]!
          expect(previous.at).toBeLessThanOrEqual(next.at)
          if (previous.at === next.at && isLeg(previous)) expect(isLeg(next)).toBe(true)
        })
      }),
    )
  })
})

function tokenOn(isHome: boolean, isMapped: boolean): string {
  return isMapped ? (isHome ? home : away) : '0x5'
}

function attackLegs({ observations, attack }: History): readonly BridgeEvent[] {
  return observations.filter(isLeg).filter((event) => attack.has(Event.id(event)))
}

function honestIn({ attack }: History): (each: Observation) => boolean {
  return (each) => !isLeg(each) || !attack.has(Event.id(each))
}

function withoutAttack(history: History): History {
  return { ...history, observations: history.observations.filter(honestIn(history)), attack: new Set() }
}

function only(event: BridgeEvent): History {
  return { bridge, observations: [event], attack: new Set([Event.id(event)]), source: 'made up' }
}

function countsOf(history: History) {
  return Run.follow(Run.start(history, Policy.of('none')), track(history)).book.counts
}

function countOf<T>(items: readonly T[], item: T): number {
  return items.filter((each) => each === item).length
}
