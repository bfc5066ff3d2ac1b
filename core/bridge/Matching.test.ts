import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BridgeEvent, isOut } from './BridgeEvent.ts'
import * as Matching from './Matching.ts'
import { keyOf } from './MessageId.ts'
import { alpha, begin, beta, gold, inLeg, outLeg, silver, type Transfer } from './testing/sampleBridge.ts'

const finality = alpha.finalitySeconds
const deposit: Transfer = { token: gold, from: alpha, to: beta, amount: 100n, message: '5', at: begin }
const out = outLeg(deposit)
const into = inLeg(deposit)

describe('an in leg', () => {
  it('is matched when its out leg exists, agrees and was final', () => {
    const route = routeWith(out)
    expect(takeIn(route, into, finality)).toEqual({ outcome: 'matched', out, differs: [] })
  })

  it('is early by a second less than finality, and uses its out leg up all the same', () => {
    const route = routeWith(out)
    const early = { ...into, at: out.at + finality - 1 }
    expect(takeIn(route, early, finality)).toEqual({ outcome: 'early', out, differs: [] })
    expect(Matching.openCount(route)).toBe(0)
  })

  it.each<[readonly Matching.Field[], Partial<BridgeEvent>]>([
    [['amount'], { amount: 101n }],
    [['beneficiary'], { beneficiary: 'mallory' }],
    [['token'], { token: 'silver-2' }],
    [['beneficiary', 'token', 'amount'], { amount: 1n, token: null, beneficiary: 'mallory' }],
  ])('that differs in %j is a mismatch that says so, and uses nothing up', (differs, change) => {
    const route = routeWith(out)
    expect(takeIn(route, { ...into, ...change }, finality)).toEqual({
      outcome: 'mismatch',
      out,
      differs,
    })
    expect(takeIn(route, into, finality).outcome).toBe('matched')
  })

  it('whose message was answered before is settled', () => {
    const route = routeWith(out)
    takeIn(route, into, finality)
    expect(takeIn(route, into, finality).outcome).toBe('settled')
    expect(takeIn(route, { ...into, amount: 1n }, finality).outcome).toBe('settled')
  })

  it('whose message is beyond everything its source has sent is ahead', () => {
    const route = routeWith(out)
    expect(takeIn(route, { ...into, message: '6' }, finality).outcome).toBe('ahead')
    expect(takeIn(Matching.create(), { ...into, message: '0' }, finality).outcome).toBe('ahead')
  })

  it('whose message is older but was never sent is unknown, and so is any text that is no number', () => {
    const route = routeWith(out)
    expect(takeIn(route, { ...into, message: '4' }, finality).outcome).toBe('unknown')
    expect(takeIn(route, { ...into, message: '0xabc' }, finality).outcome).toBe('unknown')
  })
})

describe('a message id that is used twice', () => {
  const later = { ...out, at: out.at + 50, tx: 'second' }

  it('holds both out legs; each answers one in leg, those that were final first', () => {
    const route = routeWith(later, out)
    const first = takeIn(route, { ...into, at: out.at + finality }, finality)
    expect([first.outcome, first.out]).toEqual(['matched', out])
    const second = takeIn(route, { ...into, at: out.at + finality }, finality)
    expect([second.outcome, second.out]).toEqual(['early', later])
    expect(takeIn(route, into, finality).outcome).toBe('settled')
  })

  it('finds the one that agrees, whichever came first', () => {
    for (const legs of [
      [out, { ...later, amount: 7n }],
      [{ ...later, amount: 7n }, out],
    ]) {
      const route = routeWith(...legs)
      expect(takeIn(route, { ...into, amount: 7n, at: into.at + 50 }, finality).outcome).toBe('matched')
      expect(Matching.openCount(route)).toBe(1)
      expect(takeIn(route, into, finality).outcome).toBe('matched')
    }
  })

  it('names the fields of the one that comes closest', () => {
    const route = routeWith({ ...out, amount: 7n, beneficiary: 'bob' }, { ...later, amount: 8n })
    expect(takeIn(route, into, finality).differs).toEqual(['amount'])
  })

  it('can be sent again after it was settled', () => {
    const route = routeWith(out)
    takeIn(route, into, finality)
    takeOut(route, { ...later })
    expect(takeIn(route, { ...into, at: into.at + 50 }, finality).outcome).toBe('matched')
  })
})

describe('the laws of matching', () => {
  it('law: an out leg backs at most one in leg, and what is matched agrees in every field and was final', () => {
    fc.assert(
      fc.property(traffic, (events) => {
        const route = Matching.create()
        const backed = new Set<BridgeEvent>()
        for (const [event, verdict] of verdictsOf(route, events)) {
          if (verdict.outcome !== 'matched' && verdict.outcome !== 'early') continue
          const source = verdict.out!
          expect(backed.has(source)).toBe(false)
          backed.add(source)
          const { message, beneficiary, token, amount } = event
          expect(source).toMatchObject({ message, beneficiary, token, amount })
          expect(source.at + finality <= event.at).toBe(verdict.outcome === 'matched')
        }
        expect(Matching.openCount(route) + backed.size).toBe(events.filter(({ kind }) => isOut(kind)).length)
      }),
      { numRuns: 300 },
    )
  })

  it('law: a mismatch names exactly the fields that differ from an out leg that is still there', () => {
    fc.assert(
      fc.property(traffic, (events) => {
        const route = Matching.create()
        for (const [event, verdict] of verdictsOf(route, events)) {
          if (verdict.outcome !== 'mismatch') continue
          for (const field of ['beneficiary', 'token', 'amount'] as const) {
            expect(verdict.differs.includes(field)).toBe(verdict.out![field] !== event[field])
          }
          expect(verdict.differs.length).toBeGreaterThan(0)
          expect(takeIn(route, verdict.out!, 0).outcome).toBe('matched')
          takeOut(route, verdict.out!)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('law: what a message turns out to be does not depend on what other messages do meanwhile', () => {
    fc.assert(
      fc.property(traffic, (events) => {
        const together = [...verdictsOf(Matching.create(), events)]
        for (const message of new Set(events.map((event) => event.message))) {
          const isMine = ({ message: other }: BridgeEvent) => other === message
          const alone = [...verdictsOf(Matching.create(), events.filter(isMine))]
          const among = together.filter(([event]) => isMine(event))
          expect(among.map(knownOf)).toEqual(alone.map(knownOf))
        }
      }),
      { numRuns: 300 },
    )
  })

  it('law: when everything is answered nothing is remembered but which ids were sent', () => {
    const honest = fc.array(fc.record({ amount: fc.bigInt(1n, 9n), delay: fc.nat(500) }), { maxLength: 60 })
    fc.assert(
      fc.property(honest, (wished) => {
        const route = Matching.create()
        const transfers = wished.map(({ amount, delay }, i) => {
          return { ...deposit, amount, message: String(i), latencySeconds: finality + delay }
        })
        for (const transfer of transfers) takeOut(route, outLeg(transfer))
        for (const leg of transfers.map(inLeg).sort((a, b) => a.at - b.at)) {
          expect(takeIn(route, leg, finality).outcome).toBe('matched')
        }
        expect(Matching.openCount(route)).toBe(0)
        expect(route.sent.bounds.length).toBeLessThanOrEqual(2)
        expect(route.sent.recent.places.size).toBe(0)
      }),
    )
  })

  it('law: an in leg is matched where isAnswered has announced it, and only then', () => {
    fc.assert(
      fc.property(traffic, (events) => {
        const route = Matching.create()
        for (const event of events) {
          if (isOut(event.kind)) takeOut(route, event)
          else {
            const announced = isAnswered(route, event)
            const { outcome } = takeIn(route, event, finality)
            expect(outcome === 'matched').toBe(announced)
          }
        }
      }),
    )
  })
})

/** Legs of few messages with few values, so that ids repeat, fields collide and in legs come without a source. */
const traffic: fc.Arbitrary<BridgeEvent[]> = fc
  .array(
    fc
      .record({
        isOut: fc.boolean(),
        message: fc.constantFrom('0', '1', '2', '3', '0xaa', '0xbb'),
        amount: fc.bigInt(1n, 2n),
        token: fc.constantFrom(gold, silver),
        beneficiary: fc.constantFrom('alice', 'bob'),
        wait: fc.nat(700),
      })
      .map(({ isOut: out, wait, ...parts }) => {
        const transfer: Transfer = { ...deposit, ...parts, latencySeconds: 0 }
        return { event: out ? outLeg(transfer) : inLeg(transfer), wait }
      }),
    { maxLength: 60 },
  )
  .map((legs) => {
    let at = begin
    return legs.map(({ event, wait }) => {
      at += wait
      return { ...event, at }
    })
  })

/** Each in leg with its verdict, at the moment it is given. */
function* verdictsOf(route: Matching.RouteMatching, events: readonly BridgeEvent[]): Generator<Judged> {
  for (const event of events) {
    if (isOut(event.kind)) takeOut(route, event)
    else yield [event, takeIn(route, event, finality)]
  }
}

type Judged = readonly [BridgeEvent, Matching.Verdict]

// Whether an id is ahead of the source is a fact about the whole route; everything else is the message's own.
function knownOf([, verdict]: Judged) {
  return verdict.outcome === 'ahead' ? { ...verdict, outcome: 'unknown' } : verdict
}

function routeWith(...outs: readonly BridgeEvent[]): Matching.RouteMatching {
  const route = Matching.create()
  for (const each of outs) takeOut(route, each)
  return route
}

function takeOut(route: Matching.RouteMatching, leg: BridgeEvent): void {
  Matching.takeOut(route, leg, keyOf(leg.message))
}

function takeIn(route: Matching.RouteMatching, leg: BridgeEvent, finalitySeconds: number): Matching.Verdict {
  return Matching.takeIn(route, leg, keyOf(leg.message), finalitySeconds)
}

function isAnswered(route: Matching.RouteMatching, leg: BridgeEvent): boolean {
  return Matching.isAnswered(route, leg, keyOf(leg.message), finality)
}
