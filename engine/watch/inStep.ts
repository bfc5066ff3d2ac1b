import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import type { ChainSignal, ChainSource } from '../ports/ChainSource.ts'
import type { Clock } from '../ports/Clock.ts'

/** A block older than this belongs to a catching-up; how far one chain may run ahead of another meanwhile, seconds. */
const catchingUp = { olderThanSeconds: 600, aheadSeconds: 120 }

/** Seconds without a block after which nobody waits for a chain any more. */
const patienceSeconds = 30

/**
 * Sources that catch up side by side: none tells blocks of March while another is still in January, so that the book
 * sees what it would have seen then. Blocks of today wait for nobody.
 */
export function inStep(sources: readonly ChainSource[], clock: Clock): readonly ChainSource[] {
  if (sources.length < 2) return sources
  const chains = sources.map((): Standing => ({ at: null, movedAt: clock.now(), isOver: false }))
  const pace: Pace = { chains, clock, wakes: new Set() }
  return sources.map((source, index) => ({
    chain: source.chain,
    follow: (after) => follow(pace, index, source.follow(after)),
    stop: () => {
      leave(pace, index)
      source.stop()
    },
  }))
}

/** How far a chain has been told. */
type Standing = { at: UnixTime | null; movedAt: UnixTime; isOver: boolean }

type Pace = {
  readonly chains: readonly Standing[]
  readonly clock: Clock
  readonly wakes: Set<() => void>
}

async function* follow(
  pace: Pace,
  index: number,
  signals: AsyncIterable<ChainSignal>,
): AsyncGenerator<ChainSignal> {
  const own = pace.chains[index]!
  try {
    for await (const signal of signals) {
      if (signal.kind === 'block') {
        const { at } = signal.block
        // Its next block is known and waits for others: that is no standing still.
        own.at = Math.max(own.at ?? at, at - catchingUp.aheadSeconds)
        while (!own.isOver && mustWait(pace, own, at)) await moved(pace)
        Object.assign(own, { at, movedAt: pace.clock.now() })
        wake(pace)
      }
      yield signal
    }
  } finally {
    leave(pace, index)
  }
}

function mustWait({ chains, clock }: Pace, own: Standing, at: UnixTime): boolean {
  const now = clock.now()
  if (at >= now - catchingUp.olderThanSeconds) return false
  return chains.some(
    (each) =>
      each !== own &&
      !each.isOver &&
      (each.at ?? Number.NEGATIVE_INFINITY) < at - catchingUp.aheadSeconds &&
      now - each.movedAt < patienceSeconds,
  )
}

function moved({ wakes, clock }: Pace): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      wakes.delete(wake)
      resolve()
    }
    wakes.add(wake)
    void clock.sleep(lookMilliseconds).then(wake)
  })
}

const lookMilliseconds = 1_000

function wake({ wakes }: Pace): void {
  for (const each of [...wakes]) each()
}

function leave(pace: Pace, index: number): void {
  pace.chains[index]!.isOver = true
  wake(pace)
}
