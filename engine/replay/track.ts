import type { Token } from '@cutwater/core/bridge/Bridge.ts'
import type { BridgeEvent } from '@cutwater/core/bridge/BridgeEvent.ts'
import * as Event from '@cutwater/core/bridge/BridgeEvent.ts'
import { isLeg } from '@cutwater/core/bridge/Observation.ts'
import { day, startOfDay, type UnixTime } from '@cutwater/core/units/UnixTime.ts'
import { centsPerUnit, ofUnits, type Usd } from '@cutwater/core/units/Usd.ts'
import type { History } from './History.ts'
import type { Track } from './Run.ts'

/**
 * Prepares a history for scoring: what each attack leg was worth at the close of its own day.
 *
 * That close is not known yet while the day runs; it scores, and no policy sees it.
 */
export function track(history: History): Track {
  const closes = closesOf(history)
  const attackUsd = new Map<number, Usd>()
  const attackUsdById = new Map<string, Usd>()
  let end: UnixTime = 0
  for (const [position, observation] of history.observations.entries()) {
    if (!isLeg(observation)) continue
    end = Math.max(end, observation.at)
    const id = Event.id(observation)
    if (!history.attack.has(id)) continue
    const usd = dollarsOf(history, closes, observation)
    attackUsd.set(position, usd)
    attackUsdById.set(id, usd)
  }
  return { history, attackUsd, attackUsdById, end }
}

/** Closing prices by price id and day; a price point at the start of a day is the close of the day before. */
function closesOf(history: History): Map<string, Map<UnixTime, number>> {
  const closes = new Map<string, Map<UnixTime, number>>()
  for (const observation of history.observations) {
    if (observation.kind !== 'price') continue
    const byDay = closes.get(observation.priceId) ?? new Map<UnixTime, number>()
    closes.set(observation.priceId, byDay.set(startOfDay(observation.at) - day, observation.price))
  }
  return closes
}

function dollarsOf(history: History, closes: Map<string, Map<UnixTime, number>>, event: BridgeEvent): Usd {
  const token = tokenOf(history, event)
  const price = token?.priceId ? closes.get(token.priceId)?.get(startOfDay(event.at)) : undefined
  return token && price !== undefined ? ofUnits(Number(event.amount), centsPerUnit(price, token.decimals)) : 0
}

function tokenOf(history: History, event: BridgeEvent): Token | undefined {
  return history.bridge.tokens.find(({ contracts }) =>
    contracts.some(({ chain, address }) => chain === event.chain && address === event.token),
  )
}
