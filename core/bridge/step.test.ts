import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Layer from '../ladder/Layer.ts'
import * as Weights from '../ladder/Weights.ts'
import { day, hour } from '../units/UnixTime.ts'
import type { BridgeBook } from './BridgeBook.ts'
import * as Book from './BridgeBook.ts'
import { type BridgeEvent, compare } from './BridgeEvent.ts'
import * as Policy from './BridgePolicy.ts'
import type { Level } from './guard/GuardSettings.ts'
import { isLeg, type Observation } from './Observation.ts'
import type { Output } from './Output.ts'
import { advance, step } from './step.ts'
import { wishes } from './testing/arbitraries.fixture.ts'
import {
  alpha,
  begin,
  beta,
  forgery,
  gamma,
  gold,
  inLeg,
  lead,
  legs,
  price,
  sampleBook,
  sampleBridge,
  silver,
  whole,
} from './testing/sampleBridge.ts'
import { honest, inOrder } from './testing/traffic.ts'

describe('the book sees no further than now', () => {
  it('law: the outputs of a prefix are the prefix of the outputs', () => {
    fc.assert(
      fc.property(level, history, fc.nat(), (guardLevel, observations, cut) => {
        const length = cut % (observations.length + 1)
        const all = outputsOf(guardLevel, observations)
        expect(outputsOf(guardLevel, observations.slice(0, length))).toEqual(all.slice(0, length))
      }),
    )
  })

  it('law: whatever happens later changes nothing before it', () => {
    fc.assert(
      fc.property(level, history, history, fc.nat(), (guardLevel, observations, poison, cut) => {
        const length = cut % (observations.length + 1)
        const past = observations.slice(0, length)
        const now = past.at(-1)?.at ?? begin
        const future = poison.filter(({ at }) => at > now)
        const poisoned = outputsOf(guardLevel, [...past, ...future])
        expect(poisoned.slice(0, length)).toEqual(outputsOf(guardLevel, observations).slice(0, length))
      }),
    )
  })

  it('law: nothing that is put out is later than what was seen, but for the end of a pause', () => {
    fc.assert(
      fc.property(level, history, (guardLevel, observations) => {
        for (const [i, outputs] of outputsOf(guardLevel, observations).entries()) {
          for (const output of outputs) expect(timeOf(output)).toBeLessThanOrEqual(observations[i]!.at)
        }
      }),
    )
  })
})

describe('the order inside one second', () => {
  it('law: is that of the events themselves: a shuffled file gives the same outputs', () => {
    const shuffled = history.chain((observations) => {
      const legsOnly = observations.filter(isLeg)
      return fc.tuple(fc.constant(legsOnly), fc.shuffledSubarray(legsOnly, { minLength: legsOnly.length }))
    })
    fc.assert(
      fc.property(level, shuffled, (guardLevel, [one, other]) => {
        const sorted = (events: readonly BridgeEvent[]) => events.toSorted(compare)
        expect(outputsOf(guardLevel, sorted(other))).toEqual(outputsOf(guardLevel, sorted(one)))
      }),
    )
  })

  it('an out leg comes before the in leg that answers it, where finality is at once', () => {
    const book = sampleBook('none', {}, sampleBridge([alpha, beta, gamma]))
    const [out, into] = legs({ token: gold, from: gamma, to: beta, amount: 1n, message: '0', at: begin })
    expect(into.at).toBe(out.at)
    for (const event of [into, out].sort(compare)) step(book, event)
    expect(book.counts.matched.deposits).toBe(1)
  })
})

describe('looking more often', () => {
  it('law: changes nothing: time that passes in steps and time that passes at once end alike', () => {
    fc.assert(
      fc.property(level, history, (guardLevel, observations) => {
        const seldom = create(guardLevel)
        const often = create(guardLevel)
        const calm = observations.flatMap((observation) => [...copied(step(seldom, observation))])
        const busy = observations.flatMap((observation) => {
          const between: Output[] = []
          for (let at = Math.max(often.now, begin) + hour / 2; at < observation.at; at += hour / 2) {
            between.push(...copied(advance(often, at)))
          }
          return [...between, ...copied(step(often, observation))]
        })
        expect(busy).toEqual(calm)
        expect(isDeepStrictEqual({ ...often, out: [] }, { ...seldom, out: [] })).toBe(true)
      }),
      { numRuns: 50 },
    )
  })
})

describe('nothing is lost', () => {
  it('law: every leg that is held is let go once, or waits in its lane, or is kept for people', () => {
    fc.assert(
      fc.property(level, history, (guardLevel, observations) => {
        const book = create(guardLevel)
        const held: unknown[] = []
        const released: unknown[] = []
        for (const observation of observations) {
          for (const output of step(book, observation)) {
            if (output.type === 'held') held.push(output.held)
            if (output.type === 'released') released.push(output.held)
          }
        }
        const lanes = book.guard.lanes.flatMap((lane) => (lane === null ? [] : [...lane.queue, ...lane.kept]))
        const now = new Set<unknown>(lanes)
        expect(new Set(released).size).toBe(released.length)
        for (const leg of held) expect(Number(released.includes(leg)) + Number(now.has(leg))).toBe(1)
        for (const leg of released) expect(held).toContain(leg)
      }),
    )
  })

  it('law: every in leg is counted once, as matched, early or without source', () => {
    fc.assert(
      fc.property(level, history, (guardLevel, observations) => {
        const book = create(guardLevel)
        for (const observation of observations) step(book, observation)
        const { matched, early, withoutSource, legs: all } = book.counts
        const judged = [...Object.values(matched), ...Object.values(early), ...Object.values(withoutSource)]
        const events = observations.filter(isLeg)
        expect(all).toBe(events.length)
        const into = events.filter(({ kind }) => kind === 'mint' || kind === 'release')
        expect(judged.reduce((sum, count) => sum + count, 0)).toBe(into.length)
      }),
    )
  })
})

describe('the ladder in the book', () => {
  it('law: the weights stay within their bounds and sum to one at every step; without conviction they stay put', () => {
    const policy = fc.constantFrom<Policy.PolicyName>(
      'adaptive',
      'static',
      'near-only',
      'mid-only',
      'far-only',
    )
    const posture = fc.constantFrom('steward', 'balanced', 'promoter' as const)
    fc.assert(
      fc.property(policy, posture, history, (name, temper, observations) => {
        const book = Book.create(sampleBridge(), Policy.of(name, { posture: temper }))
        const { base, bounds, conviction } = book.policy
        for (const observation of observations) {
          step(book, observation)
          expect(Math.abs(Weights.sum(book.weights) - 1)).toBeLessThanOrEqual(1e-12)
          for (const layer of Layer.layers) {
            expect(book.weights[layer]).toBeGreaterThanOrEqual(bounds.floor[layer])
            expect(book.weights[layer]).toBeLessThanOrEqual(bounds.cap[layer])
            expect(book.stress[layer]).toBeGreaterThanOrEqual(0)
            expect(book.stress[layer]).toBeLessThanOrEqual(1)
          }
          if (conviction === 0) expect(book.weights).toEqual(base)
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('the book is plain data', () => {
  it('law: at any moment it holds nothing but objects, arrays, maps, sets, typed arrays and simple values', () => {
    fc.assert(
      fc.property(level, history, (guardLevel, observations) => {
        const book = create(guardLevel)
        for (const observation of observations) step(book, observation)
        expect(strange(book, 'book')).toEqual([])
      }),
      { numRuns: 20 },
    )
  })

  it('law: a copy of it goes on as the book itself does', () => {
    fc.assert(
      fc.property(level, history, fc.nat(), (guardLevel, observations, cut) => {
        const length = cut % (observations.length + 1)
        const book = create(guardLevel)
        for (const observation of observations.slice(0, length)) step(book, observation)
        const copy = structuredClone(book)
        const rest = observations.slice(length)
        expect(rest.map((observation) => copied(step(copy, observation)))).toEqual(
          rest.map((observation) => copied(step(book, observation))),
        )
      }),
    )
  })
})

describe('an order of people', () => {
  it('stops the bridge, and the pause is put out', () => {
    const book = create(2)
    const outputs = step(book, { kind: 'order', at: begin, action: 'pause', reason: 'a call at night' })
    expect(outputs).toMatchObject([
      { type: 'paused', pause: { scope: { kind: 'bridge' }, until: Number.POSITIVE_INFINITY } },
    ])
  })
})

const level = fc.constantFrom<Level>(0, 1, 2, 3)

type Extra = { readonly at: number; readonly make: (at: number) => Observation }

/**
 * Days of transfers with whatever else may happen among them: thefts small and large, legs that come too early or
 * twice, tokens nobody knows, prices, an order.
 */
const history: fc.Arbitrary<Observation[]> = fc
  .tuple(wishes(fc.bigInt(1n, 10n ** 14n), 40), fc.array(extra(), { maxLength: 12 }))
  .map(([wished, extras]) => {
    const bridge = sampleBridge()
    const events: Observation[] = inOrder(honest(bridge, wished))
    const end = (events.at(-1)?.at ?? begin) + hour
    const others = extras.map(({ at, make }) => make(begin + (at % (end - begin))))
    return [price(gold, 1), price(silver, 20), ...events, ...others].sort(byTime)
  })

function extra(): fc.Arbitrary<Extra> {
  const lane = fc.record({ token: fc.constantFrom(gold, silver, lead), isOut: fc.boolean() })
  const dollars = fc.constantFrom(1, 900, 20_000, 3_000_000)
  const made = fc.oneof(
    fc.tuple(lane, dollars, fc.nat(40)).map(([{ token, isOut }, usd, id]) => (at: number): Observation => {
      const [from, to] = isOut ? [alpha, beta] : [beta, alpha]
      return forgery({ token, from, to, amount: whole(token, usd), message: String(id), at })
    }),
    fc.nat(40).map((id) => (at: number): Observation => {
      const leg = inLeg({
        token: gold,
        from: alpha,
        to: beta,
        amount: 5n,
        message: String(id),
        at,
        latencySeconds: 0,
      })
      return { ...leg, token: 'tin-2', tx: `tin-${id}-${at}` }
    }),
    fc.constantFrom(0.5, 1, 2).map(
      (usd) =>
        (at: number): Observation =>
          price(gold, usd, at),
    ),
    fc.constant((at: number): Observation => ({ kind: 'order', at, action: 'pause', reason: 'night' })),
  )
  return fc.record({ at: fc.nat(30 * day), make: made })
}

function byTime(a: Observation, b: Observation): number {
  if (a.at !== b.at) return a.at - b.at
  return isLeg(a) && isLeg(b) ? compare(a, b) : Number(isLeg(a)) - Number(isLeg(b))
}

function create(guardLevel: Level): BridgeBook {
  return sampleBook('adaptive', { level: guardLevel, guard: { warmLegs: 5, coldFloorUsd: 1_000_000 } })
}

function outputsOf(guardLevel: Level, observations: readonly Observation[]): Output[][] {
  const book = create(guardLevel)
  return observations.map((observation) => copied(step(book, observation)))
}

// A pause is renewed in place, so what was put out is kept as it was.
function copied(outputs: readonly Output[]): Output[] {
  return outputs.map((output) =>
    output.type === 'paused' || output.type === 'renewed'
      ? { ...output, pause: { ...output.pause } }
      : output,
  )
}

function timeOf(output: Output): number {
  switch (output.type) {
    case 'finding':
      return output.finding.at
    case 'held':
      return output.held.since
    case 'paused':
    case 'renewed':
      return output.pause.decidedAt
    case 'decision':
      return output.decision.at
    case 'limits':
      return output.change.at
    default:
      return output.at
  }
}

/** Where a value holds something that no snapshot could keep. */
function strange(value: unknown, path: string): string[] {
  if (typeof value === 'function' || typeof value === 'symbol') return [path]
  if (typeof value !== 'object' || value === null) return []
  const prototype = Object.getPrototypeOf(value)
  if (ArrayBuffer.isView(value)) return []
  if (value instanceof Map) return [...value].flatMap(([key, item]) => strange([key, item], `${path}.${key}`))
  if (value instanceof Set) return [...value].flatMap((item) => strange(item, `${path}.${item}`))
  if (prototype !== Object.prototype && prototype !== Array.prototype) return [path]
  return Object.entries(value).flatMap(([key, item]) => strange(item, `${path}.${key}`))
}
