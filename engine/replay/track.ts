import type { Token } from '@cutwater/core/bridge/Bridge.ts'
import type { BridgeEvent } from '@cutwater/core/bridge/BridgeEvent.ts'
import * as Event from '@cutwater/core/bridge/BridgeEvent.ts'
import { isLeg } from '@cutwater/core/bridge/Observation.ts'
import { day, startOfDay, type UnixTime } from '@cutwater/core/units/UnixTime.ts'
import { centsPerUnit, ofUnits, type Usd } from '@cutwater/core/units/Usd.ts'
import type { History } from './History.ts'
import type { Track } from './Run.ts'

/**
 * Prepares a history for scoring: what each attack leg was worth at the close of its own day, or at the last
 * close before where the prices end earlier.
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

type Close = { readonly day: UnixTime; readonly price: number }

/** Closing prices by price id, oldest first; a price point at the start of a day is the close of the day before. */
function closesOf(history: History): Map<string, Close[]> {
  const closes = new Map<string, Close[]>()
  for (const observation of history.observations) {
    if (observation.kind !== 'price') continue
    const { priceId, at, price } = observation
    const series = closes.get(priceId) ?? []
    series.push({ day: startOfDay(at) - day, price })
    closes.set(priceId, series)
  }
  return closes
}

function dollarsOf(history: History, closes: Map<string, Close[]>, event: BridgeEvent): Usd {
  const token = tokenOf(history, event)
  const own = startOfDay(event.at)
  const price = closes.get(token?.priceId ?? '')?.findLast((close) => close.day <= own)?.price
  return token && price !== undefined ? ofUnits(Number(event.amount), centsPerUnit(price, token.decimals)) : 0
}

function tokenOf(history: History, event: BridgeEvent): Token | undefined {
  return history.bridge.tokens.find(({ contracts }) =>
    contracts.some(({ chain, address }) => chain === event.chain && address === event.token),
  )
}
