import type { ChainSignal, ChainSource, Standing } from '@cutwater/engine/ports/ChainSource.ts'
import type { Sightings } from './Sightings.ts'

/**
 * Tells what a source shows of its chain, going on after what was told last; ends with the source.
 *
 * Killed anywhere and begun again, it tells each block once: what follows is written only right after what came before.
 *
 * @throws CutwaterError `OBSERVER_OVERTAKEN`
 */
export async function observe(
  source: ChainSource,
  sightings: Sightings,
  onTold: (signal: ChainSignal, standing: Standing | null) => void = () => {},
): Promise<void> {
  const last = await sightings.newest(source.chain)
  let [standing, nth] = [last?.standing ?? null, last?.nth ?? 0]
  for await (const signal of source.follow(standing ?? undefined)) {
    standing = standingAfter(standing, signal)
    nth = (await sightings.add(source.chain, { signal, standing }, nth)).nth
    onTold(signal, standing)
  }
}

function standingAfter(before: Standing | null, signal: ChainSignal): Standing | null {
  switch (signal.kind) {
    case 'block':
      return { ...before, number: signal.block.number, hash: signal.block.hash }
    case 'reorg':
      return { ...before, ...signal.to }
    case 'finalize':
      return before && { ...before, final: Math.max(signal.number, before.final ?? signal.number) }
    case 'trouble':
      return before
  }
}
