import { coins, other, type Place, places } from '../bridge/Coins.ts'
import { isBackedIn, type Logs, readLogs } from '../bridge/gap.ts'
import type { Twin } from '../bridge/Twin.ts'
import type { World } from '../World.ts'

/**
 * The last block from `first` on in which a twin paid the attacker what nothing backs; `first - 1` when it never did.
 *
 * What was stolen may be carried on over the bridge afterwards as anybody's money is: that moves it, and loses no more.
 */
export async function lastMoveAt(world: World, twin: Twin, first: number): Promise<number> {
  const [north, south] = await Promise.all(places.map((place) => readLogs(world, twin, place)))
  const logs = { north: north!, south: south! }
  const blocks = places.flatMap((place) => {
    const thefts = [...unbacked(twin, logs, place), ...pastTheMessages(twin, logs[place], place)]
    return thefts.filter(({ to }) => to === world.accounts.attacker.address).map(({ block }) => block)
  })
  return Math.max(first - 1, ...blocks.filter((block) => block >= first))
}

type Move = { readonly to: string; readonly block: number }

function unbacked({ ends }: Twin, logs: Readonly<Record<Place, Logs>>, place: Place): Move[] {
  const source = other(place)
  const known = new Set<string>()
  return logs[place].settled.flatMap(({ id, beneficiary, token, block }) => {
    const isAgain = known.has(id)
    known.add(id)
    const coin = coins.find(({ symbol }) => ends[place].tokens[symbol] === token)!
    if (!isAgain && isBackedIn(logs[source], ends[source], id, coin)) return []
    return [{ to: beneficiary, block }]
  })
}

// Code that was put in the escrow's place pays without a word.
function pastTheMessages({ ends }: Twin, { moves, settled }: Logs, place: Place): Move[] {
  const told = new Set(settled.map(({ tx }) => tx))
  return moves.filter(({ from, tx }) => from === ends[place].escrow && !told.has(tx))
}
