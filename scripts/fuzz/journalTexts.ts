import * as Book from '@cutwater/core/bridge/BridgeBook.ts'
import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import * as Rng from '@cutwater/core/simulation/Rng.ts'
import { syntheticHistory } from '@cutwater/core/simulation/synthetic/syntheticHistory.ts'
import { decode, encode } from '@cutwater/engine/journal/encode.ts'
import { mutateText } from './mutate.ts'
import type { Target } from './Target.ts'

/** Bodies of a journal: what is read is what was written, however often it goes to and fro. */
export function journalTexts(): Target {
  const { bridge, observations } = syntheticHistory({ seed: 5, days: 30, scale: 0.02 })
  const state = Book.create(bridge, Policy.of('adaptive'))
  const texts = [
    ...observations.slice(0, 20).map(encode),
    encode({ alarms: state.alarms, ratchets: state.ratchets, counts: state.counts }),
    encode([1n, Number.NaN, undefined, new Map([['a', new Set([-0])]]), new Float64Array([1, Number.NaN])]),
  ]
  return {
    name: 'journal bodies',
    share: 40,
    whole: texts[0]!,
    make: (rng) => mutateText(rng, Rng.pick(rng, texts)),
    take: (input) => {
      const once = encode(decode(input))
      return encode(decode(once)) === once ? null : 'it reads as another value the second time'
    },
  }
}
