import type { BridgeEvent } from '@cutwater/core/bridge/BridgeEvent.ts'
import * as Event from '@cutwater/core/bridge/BridgeEvent.ts'
import { isLeg, type Observation } from '@cutwater/core/bridge/Observation.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import type { History } from './History.ts'
import type { Attack } from './ReplayResult.ts'

/** The same past with the attack changed; everything honest stays as it was. */
export function withAttack(history: History, attack: Attack): History {
  switch (attack) {
    case 'recorded':
      return history
    case 'split':
      return changed(history, split)
    case 'slow':
      return changed(history, (event, first) => [{ ...event, at: first + (event.at - first) * slowdown }])
    case 'deceived':
      return changed(history, (event, _first, index) => forge(history, event, index))
  }
}

/** How many releases one release is cut into. */
export const pieces = 10

// No transaction or block has as many logs: each costs gas.
const longestLog = 1_000_000

/** How many times longer the slow attack takes. */
export const slowdown = 10

type Change = (event: BridgeEvent, first: UnixTime, index: number) => readonly BridgeEvent[]

function changed(history: History, change: Change): History {
  const isAttack = (observation: Observation): observation is BridgeEvent =>
    isLeg(observation) && history.attack.has(Event.id(observation))
  const legs = history.observations.filter(isAttack)
  const first = legs[0]?.at ?? 0
  const others = history.observations.filter((observation) => !isAttack(observation))
  const changedLegs = legs.flatMap((leg, index) => change(leg, first, index))
  const inLegs = changedLegs.filter((leg) => !Event.isOut(leg.kind))
  return {
    ...history,
    observations: [...others, ...changedLegs].sort(compareObservations),
    attack: new Set(inLegs.map(Event.id)),
  }
}

// Ten releases of a tenth each, the last with the rest; places past the end of any log keep their ids apart.
function split(event: BridgeEvent): readonly BridgeEvent[] {
  const part = event.amount / BigInt(pieces)
  return Array.from({ length: pieces }, (_, i) => ({
    ...event,
    index: (event.index + 1) * longestLog + i,
    amount: i < pieces - 1 ? part : event.amount - part * BigInt(pieces - 1),
  }))
}

// The watchers are shown an out leg that does not exist: each release gets a message of its own and a source that
// agrees with it and is final just in time.
function forge(history: History, event: BridgeEvent, index: number): readonly BridgeEvent[] {
  const source = history.bridge.chains.find((chain) => chain.id === event.peer)
  const message = `forged-${index}`
  const out: BridgeEvent = {
    ...event,
    kind: event.kind === 'mint' ? 'lock' : 'burn',
    at: event.at - (source?.finalitySeconds ?? 0),
    chain: event.peer,
    peer: event.chain,
    block: null,
    message,
    tokenSource: contractOn(history, event),
    sender: event.beneficiary,
  }
  return [out, { ...event, message }]
}

function contractOn(history: History, event: BridgeEvent): string | null {
  const isHere = ({ chain, address }: { chain: number; address: string }) =>
    chain === event.chain && address === event.token
  const token = history.bridge.tokens.find(({ contracts }) => contracts.some(isHere))
  return token?.contracts.find((contract) => contract.chain === event.peer)?.address ?? null
}

/** The one order of observations: by time; within a second prices, then orders, then legs in their own order. */
export function compareObservations(a: Observation, b: Observation): number {
  if (a.at !== b.at) return a.at - b.at
  const isLegA = isLeg(a)
  const isLegB = isLeg(b)
  if (isLegA && isLegB) return Event.compare(a, b)
  return Number(isLegA) - Number(isLegB)
}
