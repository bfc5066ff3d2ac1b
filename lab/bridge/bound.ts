import * as Guard from '@cutwater/contracts/generated/Guard.ts'
import type { BridgePolicy } from '@cutwater/core/bridge/BridgePolicy.ts'
import * as Severity from '@cutwater/core/bridge/findings/Severity.ts'
import * as Bucket from '@cutwater/core/bridge/guard/Bucket.ts'
import { reactionSeconds } from '@cutwater/core/bridge/guard/GuardSettings.ts'
import type { Usd } from '@cutwater/core/units/Usd.ts'
import type { World } from '../World.ts'
import { type Coin, coins, type Place, places, usdOf } from './Coins.ts'
import { directions } from './deployTwins.ts'
import type { Limits, LimitsByPlace } from './fitLimits.ts'
import * as Scale from './Scale.ts'
import type { Twin } from './Twin.ts'

/**
 * The most that may be lost, in cents, from the limits that stand on chain: `h·V + Σ min(V_token, Σ (C + r·D))`, h
 * the share below which a loss is not yet hard, C and r the limit that stands, D the reaction time. The same as
 * core/bridge/guard/Guard.boundUsd, read from the contracts instead of the book.
 *
 * @param deceived whether the watchers are: then the total limit stands alone at every level
 */
export async function boundUsd(
  world: World,
  twin: Twin,
  policy: BridgePolicy,
  deceived: boolean,
): Promise<Usd> {
  const found = await Promise.all(
    places.map(async (place) => {
      const entries = coins.map(async ({ symbol }) => {
        const [unproven, total] = await limitsOf(world, twin, place, symbol)
        const limits: Limits = {
          unproven: unproven.capacity,
          unprovenWindowSeconds: unproven.window,
          total: total.capacity,
          totalWindowSeconds: total.window,
        }
        return [symbol, limits] as const
      })
      return Object.fromEntries(await Promise.all(entries)) as LimitsByPlace[Place]
    }),
  )
  return boundOf({ north: found[0]!, south: found[1]! }, policy, deceived, world.scale)
}

/** The same of limits that need not stand anywhere; all there is where the guard limits nothing. */
export function boundOf(
  limits: LimitsByPlace,
  { guard }: BridgePolicy,
  deceived: boolean,
  scale = Scale.own,
): Usd {
  const seconds = reactionSeconds(guard)
  const level = scale.level ?? guard.level
  const usesUnproven = level === 3 && !deceived
  const lockedIn = (coin: Coin) => usdOf(coin, scale.locked[coin.symbol])
  const lockedUsd = coins.reduce((sum, coin) => sum + lockedIn(coin), 0)
  if (level < 2) return lockedUsd
  let bound = Severity.shares.high * lockedUsd
  for (const coin of coins) {
    const passes = places.map((place) => {
      const { unproven, unprovenWindowSeconds, total, totalWindowSeconds } = limits[place][coin.symbol]
      return usesUnproven
        ? Bucket.bound(usdOf(coin, unproven), unprovenWindowSeconds, seconds)
        : Bucket.bound(usdOf(coin, total), totalWindowSeconds, seconds)
    })
    bound += Math.min(lockedIn(coin), passes[0]! + passes[1]!)
  }
  return Math.ceil(Math.min(lockedUsd, bound))
}

function limitsOf(world: World, { ends }: Twin, place: Place, symbol: keyof Twin['ends'][Place]['tokens']) {
  const { guard, tokens } = ends[place]
  return world.chains[place].client.readContract({
    address: guard,
    abi: Guard.abi,
    functionName: 'limitsOf',
    args: [tokens[symbol], directions.in],
  })
}
