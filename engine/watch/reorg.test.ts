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
import * as Standby from './Standby.ts'

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

function liveBookOf(signals: readonly ChainSignal[], pace?: Standby.Pace): LiveBook.LiveBook {
  const live = LiveBook.create(bridge, policy(), pace)
  LiveBook.apply(live, { kind: 'prices', points: prices })
  for (const signal of signals) LiveBook.apply(live, signal)
  return live
}

const paces = fc.record({
  pieces: fc.integer({ min: 1, max: 400 }),
  steps: fc.integer({ min: 1, max: 8 }),
  blocksBehind: fc.nat(3),
})

/** How the book gets back behind a reorg: from a standby that is near enough, or not, or is still being made. */
function wayBack(live: LiveBook.LiveBook, signal: Extract<ChainSignal, { kind: 'reorg' }>) {
  if (live.standby.copying.work.todo.length > 0) return 'unready'
  const { chain, to } = signal
  const first = live.tail.findIndex(
    (taken) => taken.chain === chain && taken.block !== null && taken.block.number > to.number,
  )
  return first >= 0 && first < live.standby.folded ? 'deep' : 'shallow'
}

describe('a chain that is reorganised', () => {
  const gold = { token: 'GOLD' as const, from: 1 as const, message: 1, coins: 5_000_000 }

  test('whatever forks there were, above what is final, the book is that of the blocks that stand', () => {
    const met = { compacted: 0, shallow: 0, deep: 0, unready: 0 }
    fc.assert(
      fc.property(fc.array(act, { minLength: 10, maxLength: 40 }), paces, (acts, pace) => {
        const signals = signalsOf(acts)
        const live = liveBookOf([], pace)
        for (const signal of signals) {
          if (signal.kind === 'reorg') met[wayBack(live, signal)] += 1
          LiveBook.apply(live, signal)
        }
        expect(textOf(live.book)).toBe(textOf(bookOfCanonical(signals)))
        const steps = signals.filter(({ kind }) => kind === 'block' || kind === 'trouble').length + 1
        const dropped = signals.flatMap((signal) => (signal.kind === 'reorg' ? signal.dropped : [])).length
        if (live.tail.length < steps - dropped) met.compacted += 1
      }),
      { numRuns: 150 },
    )
    // The property is about these: it must have met them.
    for (const count of Object.values(met)) expect(count).toBeGreaterThan(10)
  })

  test('law: whatever is ready when a reorg comes, and however deep it goes, the same is put out', () => {
    fc.assert(
      fc.property(paces, fc.integer({ min: 1, max: 9 }), fc.nat(9), (pace, before, after) => {
        const story = (pace: Standby.Pace) => {
          const [alpha, beta] = [fakeChain(1), fakeChain(2)]
          const at = begin + 300
          const quiet = (blocks: number) => Array.from({ length: blocks }, () => alpha.block(at))
          const sent = [...quiet(before), alpha.block(at, [outLeg(gold, at)]), ...quiet(after)]
          const live = liveBookOf([...sent, beta.block(at, [inLeg(gold, at)])], pace)
          return LiveBook.apply(live, alpha.reorg(after + 1))
        }
        const outputs = story(pace)
        expect(outputs).toEqual(story(Standby.usual))
        expect(outputs.map((output) => output.type === 'finding' && output.finding.name)).toContain(
          'ReleaseWithoutSource',
        )
      }),
    )
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
