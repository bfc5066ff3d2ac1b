import * as Book from '@cutwater/core/bridge/BridgeBook.ts'
import { step } from '@cutwater/core/bridge/step.ts'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Block, ChainSignal } from '../ports/ChainSource.ts'
import { fakeChain } from '../testing/fakeChain.ts'
import { act, signalsOf } from './anySignals.fixture.ts'
import * as LiveBook from './LiveBook.ts'
import { begin, bridge, inLeg, outLeg, policy, prices, textOf } from './live.fixture.ts'
import { outputId } from './outputId.ts'

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
