import type { Observation } from '@cutwater/core/bridge/Observation.ts'
import type { Output } from '@cutwater/core/bridge/Output.ts'
import * as Rng from '@cutwater/core/simulation/Rng.ts'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ChainSignal } from '../ports/ChainSource.ts'
import { type FakeChain, fakeChain } from '../testing/fakeChain.ts'
import { answerOf } from './answerOf.ts'
import * as LiveBook from './LiveBook.ts'
import { begin, bridge, inLeg, other, outLeg, policy, prices } from './live.fixture.ts'

const finality = { 1: 120, 2: 60 } as const
const seconds = { 1: 12, 2: 5 } as const
const horizon = 1_800

type Traffic = {
  readonly seed: number
  readonly transfers: number
  readonly forks: number
  readonly lag: number
}

const traffic: fc.Arbitrary<Traffic> = fc.record({
  seed: fc.nat(1_000_000),
  transfers: fc.integer({ min: 1, max: 40 }),
  forks: fc.integer({ min: 0, max: 12 }),
  lag: fc.constantFrom(0, 1, 20, 1_000),
})

/** Honest transfers as two chains log them, on both chains' own blocks: released once their source is final. */
function logsOf(rng: Rng.Rng, transfers: number): Record<1 | 2, Map<number, Observation[]>> {
  const logs = { 1: new Map<number, Observation[]>(), 2: new Map<number, Observation[]>() }
  const blockAt = (chain: 1 | 2, at: number) =>
    begin + Math.ceil((at - begin) / seconds[chain]) * seconds[chain]
  const log = (chain: 1 | 2, at: number, observation: Observation) =>
    logs[chain].set(at, [...(logs[chain].get(at) ?? []), observation])
  for (let nth = 0; nth < transfers; nth++) {
    const from = Rng.pick(rng, [1, 2] as const)
    const token = Rng.pick(rng, ['GOLD', 'SILVER'] as const)
    // Large sums, so that an accusation would be a hard one.
    const transfer = { token, from, message: nth, coins: 1_000_000 + nth }
    const out = blockAt(from, begin + Rng.integer(rng, horizon))
    const back = blockAt(other(from), out + finality[from] + Rng.integer(rng, 300))
    log(from, out, outLeg(transfer, out))
    log(other(from), back, inLeg(transfer, back))
  }
  return logs
}

/** One chain as its source shows it: now and then a fork, shorter than finality, in which some legs are missing. */
function showChain(
  rng: Rng.Rng,
  chain: FakeChain,
  logs: Map<number, Observation[]>,
  forks: number,
): ChainSignal[] {
  const id = chain.chain as 1 | 2
  const length = Math.floor((horizon + 900) / seconds[id])
  const longest = Math.floor((finality[id] - 1) / seconds[id])
  const forkAt = new Set(Array.from({ length: forks }, () => Rng.integer(rng, length)))
  const signals: ChainSignal[] = []
  for (let nth = 0; nth < length; nth++) {
    if (forkAt.has(nth)) {
      const depth = 1 + Rng.integer(rng, longest)
      for (let ahead = 0; ahead < depth; ahead++) {
        const at = begin + (nth + ahead) * seconds[id]
        signals.push(
          chain.block(
            at,
            (logs.get(at) ?? []).filter(() => Rng.chance(rng, 0.5)),
          ),
        )
      }
      signals.push(chain.reorg(depth))
    }
    const at = begin + nth * seconds[id]
    signals.push(chain.block(at, logs.get(at) ?? []))
    if (nth % 10 === 0) signals.push(chain.finalize(Math.ceil(finality[id] / seconds[id])))
  }
  return signals
}

/** Both chains in one order: each its own, with one as far behind the other as chance has it. */
function interleave(rng: Rng.Rng, one: readonly ChainSignal[], two: readonly ChainSignal[], lag: number) {
  const queues = [[...one], [...two]]
  const order: ChainSignal[] = []
  while (queues[0]!.length > 0 || queues[1]!.length > 0) {
    const queue = Rng.pick(
      rng,
      queues.filter(({ length }) => length > 0),
    )
    order.push(...queue.splice(0, 1 + Rng.integer(rng, 1 + lag)))
  }
  return order
}

function watchAll(signals: readonly ChainSignal[], level: 1 | 3 = 1) {
  const live = LiveBook.create(bridge, policy(level))
  LiveBook.apply(live, { kind: 'prices', points: prices })
  const outputs: Output[] = []
  const answers = signals.map((signal) => {
    const now = LiveBook.apply(live, signal)
    outputs.push(...now)
    return answerOf(live, now, begin)
  })
  const names = outputs.flatMap((output) => (output.type === 'finding' ? [output.finding.name] : []))
  return { live, outputs, names, deeds: answers.flatMap(({ deeds }) => deeds), answers }
}

const accusations = [
  'ReleaseWithoutSource',
  'FieldMismatch',
  'Replay',
  'IdAheadOfSource',
  'BackingGap',
  'FinalityBreach',
]

describe('honest live traffic', () => {
  test('with forks, late heads and in legs seen before their out legs accuses nobody and leads to no deed', () => {
    let waited = 0
    fc.assert(
      fc.property(
        traffic,
        fc.constantFrom(1 as const, 3 as const),
        ({ seed, transfers, forks, lag }, level) => {
          const rng = Rng.create(seed)
          const logs = logsOf(rng, transfers)
          const [alpha, beta] = ([1, 2] as const).map((id) => showChain(rng, fakeChain(id), logs[id], forks))
          const signals = interleave(rng, alpha!, beta!, lag)
          const { names, deeds, live } = watchAll(signals, level)
          expect(names.filter((name) => accusations.includes(name))).toEqual([])
          expect(deeds).toEqual([])
          expect(live.book.pending).toEqual([])
          const { deposits, withdrawals } = live.book.counts.matched
          expect(deposits + withdrawals).toBe(transfers)
          waited += lag
        },
      ),
      { numRuns: 100 },
    )
    expect(waited).toBeGreaterThan(0)
  })

  test('a source that stands still accuses nobody, however long', () => {
    fc.assert(
      fc.property(traffic, ({ seed, transfers, forks }) => {
        const rng = Rng.create(seed)
        const logs = logsOf(rng, transfers)
        const [alpha, beta] = ([1, 2] as const).map((id) => showChain(rng, fakeChain(id), logs[id], forks))
        const seen = alpha!.slice(0, Rng.integer(rng, alpha!.length))
        const { names, deeds } = watchAll([...seen, ...beta!])
        expect(names.filter((name) => accusations.includes(name))).toEqual([])
        expect(deeds).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  test('one forged release among it is found, once its source has been seen past it, and not before', () => {
    fc.assert(
      fc.property(traffic, fc.nat(), ({ seed, transfers, forks, lag }, where) => {
        const rng = Rng.create(seed)
        const logs = logsOf(rng, transfers)
        const forged = { token: 'SILVER' as const, from: 1 as const, message: 9_999, coins: 3_000_000 }
        const at = begin + (1 + (where % 300)) * seconds[2]
        logs[2].set(at, [...(logs[2].get(at) ?? []), inLeg(forged, at)])
        const [alpha, beta] = ([1, 2] as const).map((id) => showChain(rng, fakeChain(id), logs[id], forks))
        const signals = interleave(rng, alpha!, beta!, lag)
        const live = LiveBook.create(bridge, policy())
        LiveBook.apply(live, { kind: 'prices', points: prices })
        const found = new Set<string | null>()
        for (const signal of signals) {
          for (const output of LiveBook.apply(live, signal)) {
            if (output.type !== 'finding' || !accusations.includes(output.finding.name)) continue
            found.add(output.finding.tx)
            expect(live.book.heads[0]).toBeGreaterThanOrEqual(at)
          }
        }
        expect([...found]).toEqual([inLeg(forged, at).tx])
      }),
      { numRuns: 80 },
    )
  })
})
