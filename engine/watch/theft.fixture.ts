import { memoryJournal } from '../journal/memoryJournal.ts'
import type { ChainSignal } from '../ports/ChainSource.ts'
import { fakeActuator } from '../testing/fakeActuator.ts'
import { fakeChain } from '../testing/fakeChain.ts'
import { fakeClock } from '../testing/fakeClock.ts'
import { fakeNotifier } from '../testing/fakeNotifier.ts'
import { fakeSources } from '../testing/fakeSources.ts'
import { begin, bridge, inLeg, outLeg, policy, prices } from './live.fixture.ts'
import { entriesOf } from './story.fixture.ts'
import { type WatchOptions, watch } from './watch.ts'

/** A transfer of gold. */
export const gold = (message: number, coins: number, from: 1 | 2 = 1) => {
  return { token: 'GOLD' as const, from, message, coins }
}

/** Gold of $10M is locked on Alpha and minted on Beta; then a release on Alpha that nothing stands behind. */
export function theft(coins = 3_000_000): {
  readonly signals: ChainSignal[]
  readonly alpha: ReturnType<typeof fakeChain>
  readonly beta: ReturnType<typeof fakeChain>
} {
  const [alpha, beta] = [fakeChain(1), fakeChain(2)]
  const signals = [
    alpha.block(begin, [outLeg(gold(1, 10_000_000), begin)]),
    beta.block(begin + 200, [inLeg(gold(1, 10_000_000), begin + 200)]),
    alpha.block(begin + 204),
    alpha.block(begin + 300, [inLeg(gold(66, coins, 2), begin + 300)]),
    alpha.block(begin + 312),
    beta.block(begin + 301),
  ]
  return { signals, alpha, beta }
}

type Options = Partial<Omit<WatchOptions, 'sources'>> & {
  readonly signals: readonly ChainSignal[]
  readonly isEndless?: boolean
}

/** A watch over these signals, with ports that remember. */
export async function run({ signals, isEndless = false, ...rest }: Options) {
  const journal = rest.journal ?? memoryJournal()
  const actuator = fakeActuator()
  const notifier = fakeNotifier()
  const clock = fakeClock(begin)
  const from = (await entriesOf(journal, 'observed').catch(() => [])).filter(
    ({ id }) => !id.startsWith('prices:'),
  )
  const { sources, taken } = fakeSources([1, 2], { signals, isEndless, from: from.length })
  const running = await watch({
    bridge,
    policy: policy(),
    actuator,
    notifiers: [notifier],
    clock,
    prices,
    ...rest,
    journal,
    sources,
  })
  return { journal, actuator, notifier, clock, running, taken }
}

/** The same, when its sources have ended. */
export async function runToEnd(options: Options) {
  const all = await run(options)
  await all.running.ended
  return all
}
