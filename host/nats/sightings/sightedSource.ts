import type { ChainId } from '@cutwater/core/bridge/BridgeEvent.ts'
import type { ChainSignal, ChainSource, Standing } from '@cutwater/engine/ports/ChainSource.ts'
import type { Clock } from '@cutwater/engine/ports/Clock.ts'
import type { Following, Sighting, Sightings } from './Sightings.ts'

export type SightedChain = { readonly id: ChainId; readonly name: string; readonly staleSeconds: number }

export type SightedSource = ChainSource & {
  /** how high observers have told the chain to be */
  status(): readonly { readonly height: number | null }[]
}

/**
 * A chain as its observers tell it. Where none is heard of, that is a finding of its own, as is a chain that stands still:
 * nobody is accused by what was not seen.
 */
export function sightedSource(chain: SightedChain, sightings: Sightings, clock: Clock): SightedSource {
  let height: number | null = null
  let isStopped = false
  const stopping = Promise.withResolvers<'stopped'>()
  const rise = ({ standing }: Sighting): void => {
    height = Math.max(height ?? 0, standing?.number ?? 0)
  }

  async function* follow(after?: Standing): AsyncGenerator<ChainSignal> {
    const newest = await sightings.newest(chain.id)
    if (newest !== undefined) rise(newest)
    const following = await sightings.follow(chain.id, after?.nth ?? 0)
    // A journal that was begun by a watch of its own knows the block, and no number.
    let isFound = after === undefined || after.nth !== undefined
    try {
      for await (const heard of listen(following)) {
        if (heard === 'silence') yield silence()
        else if (isFound) yield { ...heard.signal, nth: heard.nth }
        else isFound = heard.standing?.number === after!.number && heard.standing.hash === after!.hash
        if (heard !== 'silence') rise(heard)
      }
    } finally {
      await following.close()
    }
  }

  /** What is told, and each time that nothing was for so long, until it is told again. */
  async function* listen(following: Following): AsyncGenerator<Sighting | 'silence'> {
    const told = following[Symbol.asyncIterator]()
    let next = told.next()
    let isSilent = false
    while (!isStopped) {
      const waits = new AbortController()
      const silent = pause(chain.staleSeconds * 1_000, waits.signal)
      const heard = await Promise.race([next, stopping.promise, ...(isSilent ? [] : [silent])])
      waits.abort()
      if (heard === 'stopped') return
      if (heard === 'silence') {
        isSilent = true
        yield 'silence'
        continue
      }
      if (heard.done) return
      isSilent = false
      yield heard.value
      next = told.next()
    }
  }

  function silence(): ChainSignal {
    const what = `no observer has told anything of ${chain.name} for ${chain.staleSeconds} s`
    return { kind: 'trouble', chain: chain.id, at: clock.now(), name: 'SourceStale', what }
  }

  const stop = (): void => {
    isStopped = true
    stopping.resolve('stopped')
  }
  return { chain: chain.id, follow, stop, status: () => [{ height }] }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<'silence'> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('silence'), milliseconds)
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
  })
}
