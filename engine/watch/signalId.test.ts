import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ChainSignal } from '../ports/ChainSource.ts'
import { fakeChain } from '../testing/fakeChain.ts'
import { begin } from './live.fixture.ts'
import { type Seen, signalId } from './signalId.ts'

const act = fc.constantFrom('block', 'again', 'finalize', 'trouble')

test('no id comes twice, though blocks are dropped and come back, and doubts repeat', () => {
  fc.assert(
    fc.property(fc.array(act, { minLength: 5, maxLength: 40 }), (acts) => {
      const alpha = fakeChain(1)
      const seen: Seen = new Map()
      const ids = acts.flatMap((each) => signalsOf(each, alpha)).map((signal) => signalId(seen, signal))
      expect(new Set(ids).size).toBe(ids.length)
    }),
  )
})

test('what is remembered for them does not grow with what has come', () => {
  const seen: Seen = new Map()
  const alpha = fakeChain(1)
  for (let nth = 0; nth < 500; nth++)
    for (const kind of ['block', 'again', 'finalize', 'trouble'] as const)
      for (const signal of signalsOf(kind, alpha)) signalId(seen, signal)
  expect(seen.size).toBe(3)
})

function signalsOf(kind: string, alpha: ReturnType<typeof fakeChain>): readonly ChainSignal[] {
  switch (kind) {
    case 'block':
      return [alpha.block(begin)]
    case 'again': {
      const block = alpha.block(begin)
      return [block, alpha.reorg(1), block, alpha.reorg(1)]
    }
    case 'finalize':
      return [alpha.finalize(0), alpha.finalize(0)]
    default:
      return [{ kind: 'trouble', chain: 1, at: begin, name: 'SourceStale', what: 'it stands still' }]
  }
}
