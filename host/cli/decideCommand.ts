import { Command } from 'commander'
import { sightedSource } from '../nats/sightings/sightedSource.ts'
import { clock } from './clock.ts'
import { openSightings } from './openSightings.ts'
import * as WatchFile from './WatchFile.ts'
import { type Flags, run, withFlags } from './watchCommand.ts'

/** `cutwater decide`: a watch whose chains are told by observers, on whatever machines those are. */
export function decideCommand(): Command {
  return withFlags(new Command('decide'))
    .description(
      'judge a bridge, tell people and act on its guard, by what `cutwater observe` tells of its chains',
    )
    .addHelpText('after', examples)
    .action(decide)
}

const examples = `
Examples:
  $ cutwater observe bridge.yaml --chain Ethereum       # on some machine, and on another to stand by
  $ cutwater observe bridge.yaml --chain Optimism
  $ cutwater decide bridge.yaml --act                   # on two: one decides, the other waits for its lease

The journal must be in nats://host:port/name; what observers tell is kept beside it.`

async function decide(path: string, flags: Flags): Promise<void> {
  const { journal } = WatchFile.read(path)
  const { sightings, close } = await openSightings(flags.journal ?? journal)
  try {
    await run(path, flags, (chains) => chains.map((chain) => sightedSource(chain, sightings, clock)))
  } finally {
    await close()
  }
}
