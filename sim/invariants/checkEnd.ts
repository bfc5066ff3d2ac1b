import type { BridgeBook } from '@cutwater/core/bridge/BridgeBook.ts'
import * as BridgePolicy from '@cutwater/core/bridge/BridgePolicy.ts'
import type { Finding } from '@cutwater/core/bridge/findings/Finding.ts'
import { decode, encode } from '@cutwater/engine/journal/encode.ts'
import type { Deed, Outcome } from '@cutwater/engine/ports/Actuator.ts'
import type { Recorded } from '@cutwater/engine/ports/Journal.ts'
import * as LiveBook from '@cutwater/engine/watch/LiveBook.ts'
import * as Chain from '../chain/Chain.ts'
import * as State from '../chain/State.ts'
import { isDone } from '../process/actuator.ts'
import { acting } from '../process/supervise.ts'
import * as Setting from '../Setting.ts'
import * as World from '../World.ts'
import { checkEvents } from './checkEvents.ts'
import { signalsOf } from './signalsOf.ts'

/** What must hold when faults have ceased and the system has come to rest. */
export function checkEnd(world: World.World): void {
  const live = acting(world).watch?.live
  if (live === undefined) {
    World.violate(world, 'settled', 'nobody watches in the end')
    return
  }
  checkEvents(world, live)
  checkFold(world, live)
  checkAlarms(world)
  checkAccusations(world)
  checkSettled(world)
}

/** The state is the fold of the journal: folded anew, it is the same to the last byte. */
function checkFold(world: World.World, live: LiveBook.LiveBook): void {
  const { setting, disk } = world
  const anew = LiveBook.create(setting.bridge, BridgePolicy.of('adaptive', { level: setting.level }))
  for (const signal of signalsOf(disk.entries)) LiveBook.apply(anew, signal)
  const [state, fold] = [textOf(live), textOf(anew)]
  if (state === fold) return
  let at = 0
  while (state[at] === fold[at]) at += 1
  const around = (text: string) => text.slice(Math.max(0, at - 60), at + 60)
  World.violate(world, 'fold', `the state has ${around(state)}, its fold ${around(fold)}`)
}

// Where the final part ends, and what is ready, is a matter of pace; that the rest leads to the book is not.
function textOf(live: LiveBook.LiveBook): string {
  const { book, base: _, tail: __, ...rest } = LiveBook.toPlain(live)
  const again = LiveBook.restore(live)
  return encode([rest, withoutOutputs(book), withoutOutputs(again.book)])
}

// What the last step put out is no part of how a book goes on.
function withoutOutputs(book: BridgeBook): BridgeBook {
  return { ...book, out: [] }
}

/** Whatever was to be told has been told; and of every theft that stands, somebody was to be told. */
function checkAlarms(world: World.World): void {
  const { disk, told, chains } = world
  for (const { topic, id } of disk.entries) {
    const isTold = topic !== 'decided' || !id.startsWith('alert:') || told.has(id.slice('alert:'.length))
    if (!isTold) World.violate(world, 'told', `nobody was told ${id}`)
  }
  for (const chain of chains) {
    for (const id of theftsOn(world, chain)) {
      const alarm = `${chain.setting.id}:${id}:0:ReleaseWithoutSource`
      if (!told.has(alarm)) World.violate(world, 'told', `nobody was told of the theft ${alarm}`)
    }
  }
}

/** From so many dollars on a theft is worth waking somebody, whatever else is locked here. */
const alarmingUsd = 100_000

function theftsOn({ setting }: World.World, chain: Chain.Chain): readonly string[] {
  const final = chain.blocks.filter(({ number }) => number <= Chain.finalNumber(chain))
  return final.flatMap(({ txs }) =>
    txs.flatMap(({ id, body }) => {
      if (body.kind !== 'leg' || body.isHonest) return []
      return Setting.dollarsOf(setting, body.leg.token!, body.leg.amount) > alarmingUsd ? [id] : []
    }),
  )
}

const accusations = ['ReleaseWithoutSource', 'FieldMismatch', 'Replay', 'IdAheadOfSource', 'FinalityBreach']

/** No honest transfer is accused, whatever anybody saw of it and when. */
function checkAccusations(world: World.World): void {
  for (const { topic, id, body } of world.disk.entries) {
    if (topic !== 'found') continue
    const { name, tx } = decode(body) as Finding
    if (tx === null || !accusations.includes(name)) continue
    const accused = world.sent.get(tx.replace(/:held$/, ''))
    if (accused?.body.kind !== 'leg' || !accused.body.isHonest) continue
    World.violate(world, 'honest', `an honest transfer is accused: ${id}`)
  }
}

/** Everything decided is over, and what was confirmed is so still. */
function checkSettled(world: World.World): void {
  const { entries } = world.disk
  const done = new Map(entries.flatMap((entry) => (entry.topic === 'done' ? [[entry.id, entry]] : [])))
  for (const { topic, id, body } of entries) {
    if (topic !== 'decided' || !/^(?:deed|alert):/.test(id)) continue
    const end: Recorded | undefined = done.get(id)
    if (end === undefined) World.violate(world, 'settled', `${id} was decided, and never ended`)
    else if (id.startsWith('deed:')) checkKept(world, decode(body) as Deed, decode(end.body) as Outcome)
  }
}

function checkKept(world: World.World, deed: Deed, outcome: Outcome): void {
  const { act, chain, id } = deed
  if (outcome.kind !== 'confirmed' || world.scheduled.some((each) => each.chain === chain)) return
  const { state, at } = Chain.tip(World.chainOf(world, chain))
  // A pause may have run out by now; what was never there is another thing.
  const isKept = act.kind === 'pause' ? state.pausedUntil.has(State.pauseKey(act)) : isDone(state, deed, at)
  if (!isKept) World.violate(world, 'kept', `${id} was confirmed, and is not so any more`)
}
