import * as Book from '@cutwater/core/bridge/BridgeBook.ts'
import { step } from '@cutwater/core/bridge/step.ts'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Block, ChainSignal } from '../ports/ChainSource.ts'
import { type FakeChain, fakeChain } from '../testing/fakeChain.ts'
import * as LiveBook from './LiveBook.ts'
import { begin, bridge, inLeg, outLeg, policy, prices, textOf } from './live.fixture.ts'
import { outputId } from './outputId.ts'

// What a source may show, at random: blocks with legs, true and false ones; forks above what is final; finality.
type Act =
  | { readonly kind: 'grow'; readonly chain: 0 | 1; readonly blocks: number; readonly legs: readonly Leg[] }
  | { readonly kind: 'fork'; readonly chain: 0 | 1; readonly depth: number }
  | { readonly kind: 'finalize'; readonly behind: number }
  | { readonly kind: 'trouble'; readonly chain: 0 | 1 }

type Leg = {
  readonly isOut: boolean
  readonly message: number
  readonly coins: number
  readonly isGold: boolean
}

const chain = fc.constantFrom(0 as const, 1 as const)
const leg: fc.Arbitrary<Leg> = fc.record({
  isOut: fc.boolean(),
  message: fc.nat(4),
  coins: fc.constantFrom(1, 1_000, 4_000_000),
  isGold: fc.boolean(),
})
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('grow' as const),
      chain,
      blocks: fc.constantFrom(1, 1, 2, 60),
      legs: fc.array(leg, { maxLength: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('fork' as const), chain, depth: fc.nat(70) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('finalize' as const), behind: fc.nat(6) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('trouble' as const), chain }) },
)

/** Signals of two chains on one clock; a fork never goes below what was said to be final. */
function signalsOf(acts: readonly Act[]): readonly ChainSignal[] {
  const chains = [fakeChain(1), fakeChain(2)]
  const final = [99, 99]
  let at = begin
  const signalOf = (act: Act): readonly ChainSignal[] => {
    const chain = chains['chain' in act ? act.chain : 0]!
    switch (act.kind) {
      case 'grow':
        return Array.from({ length: act.blocks }, (_, nth) => {
          at += 17
          return chain.block(at, nth === 0 ? act.legs.map((leg) => legOf(chain, leg, at)) : [])
        })
      case 'fork': {
        const unfinal = chain.blocks.filter(({ number }) => number > final[act.chain]!).length
        return [chain.reorg(Math.min(act.depth, unfinal))]
      }
      case 'finalize':
        return chains.map((each, nth) => {
          const signal = each.finalize(act.behind)
          if (signal.kind === 'finalize') final[nth] = Math.max(final[nth]!, signal.number)
          return signal
        })
      case 'trouble':
        return [{ kind: 'trouble', chain: chain.chain, at, name: 'SourceStale', what: 'it stands still' }]
    }
  }
  return acts.flatMap(signalOf)
}

function legOf({ chain }: FakeChain, { isOut, message, coins, isGold }: Leg, at: number) {
  const here = chain as 1 | 2
  const token = isGold ? ('GOLD' as const) : ('SILVER' as const)
  const from = isOut ? here : here === 1 ? 2 : 1
  return (isOut ? outLeg : inLeg)({ token, from, message, coins }, at)
}

/** The book of what stands in the end, in the order in which it came, straight from the core. */
function bookOfCanonical(signals: readonly ChainSignal[]): Book.BridgeBook {
  let standing: (Block | Extract<ChainSignal, { kind: 'trouble' }>)[] = []
  for (const signal of signals) {
    if (signal.kind === 'block') standing.push(signal.block)
    if (signal.kind === 'trouble') standing.push(signal)
    if (signal.kind === 'reorg') {
      const gone = new Set(signal.dropped)
      standing = standing.filter((each) => !('hash' in each && gone.has(each.hash)))
    }
  }
  const book = Book.create(bridge, policy(), true)
  for (const point of prices) step(book, point)
  for (const each of standing) {
    if ('kind' in each) step(book, each)
    else {
      for (const observation of each.observations) step(book, observation)
      step(book, { kind: 'head', chain: each.chain, at: each.at })
    }
  }
  return book
}

function liveBookOf(signals: readonly ChainSignal[]): LiveBook.LiveBook {
  const live = LiveBook.create(bridge, policy())
  LiveBook.apply(live, { kind: 'prices', points: prices })
  for (const signal of signals) LiveBook.apply(live, signal)
  return live
}

describe('a chain that is reorganised', () => {
  test('whatever forks there were, above what is final, the book is that of the blocks that stand', () => {
    let compacted = 0
    let forked = 0
    fc.assert(
      fc.property(fc.array(act, { minLength: 10, maxLength: 40 }), (acts) => {
        const signals = signalsOf(acts)
        const live = liveBookOf(signals)
        expect(textOf(live.book)).toBe(textOf(bookOfCanonical(signals)))
        const steps = signals.filter(({ kind }) => kind === 'block' || kind === 'trouble').length + 1
        const dropped = signals.flatMap((signal) => (signal.kind === 'reorg' ? signal.dropped : [])).length
        if (live.tail.length < steps - dropped) compacted += 1
        if (dropped > 0) forked += 1
      }),
      { numRuns: 150 },
    )
    // The property is about these two: it must have met them.
    expect(compacted).toBeGreaterThan(10)
    expect(forked).toBeGreaterThan(10)
  })

  test('what a reorg puts out was never put out before, by any block that still can be taken back', () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 5, maxLength: 25 }), (acts) => {
        const live = liveBookOf([])
        for (const signal of signalsOf(acts)) {
          const told = new Set(live.tail.flatMap((taken) => taken.told))
          const outputs = LiveBook.apply(live, signal)
          if (signal.kind !== 'reorg') continue
          for (const output of outputs) expect(told).not.toContain(outputId(output))
        }
      }),
      { numRuns: 80 },
    )
  })

  const gold = { token: 'GOLD' as const, from: 1 as const, message: 1, coins: 5_000_000 }

  test('a source that cannot name what it dropped is believed by the block it goes back to', () => {
    const alpha = fakeChain(1)
    const signals = [alpha.block(begin), alpha.block(begin + 12, [outLeg(gold, begin + 12)])]
    const reorg = alpha.reorg(1)
    const forgetful = { ...reorg, dropped: [] } as ChainSignal
    const after = alpha.block(begin + 13)
    expect(textOf(liveBookOf([...signals, forgetful, after]).book)).toBe(
      textOf(liveBookOf([...signals, reorg, after]).book),
    )
  })

  test('a release whose source is reorganised away is found when the reorg comes', () => {
    const [alpha, beta] = [fakeChain(1), fakeChain(2)]
    const live = liveBookOf([
      // Chains of one-second blocks or faster have several blocks of one time.
      alpha.block(begin + 300),
      alpha.block(begin + 300, [outLeg({ ...gold, message: 2 }, begin + 300)]),
      beta.block(begin + 300, [inLeg({ ...gold, message: 2 }, begin + 300)]),
    ])
    const outputs = LiveBook.apply(live, alpha.reorg(1))
    const found = outputs.flatMap((output) => (output.type === 'finding' ? [output.finding.name] : []))
    expect(found).toContain('ReleaseWithoutSource')
    // Another reorg of the other chain finds nothing that is new.
    expect(LiveBook.apply(live, beta.reorg(0))).toEqual([])
  })

  test('finality is not taken back', () => {
    const alpha = fakeChain(1)
    const live = liveBookOf([alpha.block(begin), alpha.block(begin + 12), alpha.finalize(0)])
    LiveBook.apply(live, { kind: 'finalize', chain: 1, number: 99 })
    expect(live.finalized.get(1)).toBe(101)
  })
})
