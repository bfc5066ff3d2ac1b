import * as fc from 'fast-check'
import type { ChainSignal } from '../ports/ChainSource.ts'
import { type FakeChain, fakeChain } from '../testing/fakeChain.ts'
import { begin, inLeg, outLeg } from './live.fixture.ts'

/** What a source may show, at random: blocks with legs, true and false ones; forks above what is final; finality. */
export type Act =
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
export const act: fc.Arbitrary<Act> = fc.oneof(
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
export function signalsOf(acts: readonly Act[]): readonly ChainSignal[] {
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
