import { hour, type UnixTime } from '../../units/UnixTime.ts'
import type { ChainId } from '../BridgeEvent.ts'
import type { Limit, LimitsSet } from '../Observation.ts'

/** The limits that guards on chain have, by chain, token and direction. */
export type ChainLimits = Map<string, ChainLimit>

export type ChainLimit = {
  readonly chain: ChainId
  readonly token: string
  readonly direction: 'in' | 'out'
  /** what people set, through the timelock or by hand: full room, to be tightened from */
  base: Pair
  now: Pair
  /** what was asked for last, and when: it is not asked for again while it is on its way */
  asked: Pair
  askedAt: UnixTime
  changedAt: UnixTime
  proposedAt: UnixTime
}

export type Pair = { readonly unproven: Limit; readonly total: Limit }

/** What is to become of one token's limits on one chain. */
export type Change = Pair & {
  /** tightening is done at once; loosening is only proposed: the role that acts cannot do it */
  readonly kind: 'tighten' | 'loosen'
  readonly chain: ChainId
  readonly token: string
  readonly direction: 'in' | 'out'
  readonly at: UnixTime
  readonly because: string
}

/**
 * A transaction on every chain for every small move of a weight would cost more than it saves: a limit moves by a
 * tenth at least, and no sooner than an hour after it moved, unless a hard finding makes it acute. Loosening waits as
 * long as a pause lasts, so that it is not proposed to people who have just been woken.
 */
export const friction = { leastShare: 0.1, tightenSeconds: hour, loosenSeconds: 6 * hour }

/** Whether the limits of a token are known already. */
export function knows(limits: ChainLimits, limit: Pick<LimitsSet, 'chain' | 'token' | 'direction'>): boolean {
  return limits.has(keyOf(limit))
}

/** Takes limits as a chain tells them. What was not asked for was set by people, and is the new base. */
export function take(limits: ChainLimits, set: LimitsSet): void {
  const { chain, token, direction, unproven, total, at } = set
  const key = keyOf(set)
  const told: Pair = { unproven, total }
  const known = limits.get(key)
  if (known === undefined) {
    const never = Number.NEGATIVE_INFINITY
    const times = { askedAt: never, changedAt: never, proposedAt: never }
    limits.set(key, { chain, token, direction, base: told, now: told, asked: told, ...times })
    return
  }
  const { base, now, asked } = known
  const baseOf = (part: keyof Pair) => {
    const isOurs = isSame(told[part], asked[part]) || isSame(told[part], now[part])
    return isOurs ? base[part] : told[part]
  }
  known.base = { unproven: baseOf('unproven'), total: baseOf('total') }
  known.now = told
  known.changedAt = at
}

/**
 * What is to change so that the limits on chain follow the tilt: each is its base times `tightness`.
 *
 * @param tightness 1 is full room, less is tighter
 */
export function follow(
  limits: ChainLimits,
  tightness: number,
  at: UnixTime,
  { isAcute, because }: { readonly isAcute: boolean; readonly because: string },
): readonly Change[] {
  const changes: Change[] = []
  for (const limit of limits.values()) {
    // Out legs take nothing but what their sender has.
    if (limit.direction === 'out') continue
    const target = {
      unproven: scaled(limit.base.unproven, tightness),
      total: scaled(limit.base.total, tightness),
    }
    const kind = moveOf(limit, target, at, isAcute)
    if (kind === null) continue
    if (kind === 'tighten') Object.assign(limit, { asked: target, askedAt: at })
    else limit.proposedAt = at
    const { chain, token, direction } = limit
    changes.push({ kind, chain, token, direction, ...target, at, because })
  }
  return changes
}

function keyOf({ chain, token, direction }: Pick<LimitsSet, 'chain' | 'token' | 'direction'>): string {
  return `${chain}:${token}:${direction}`
}

function moveOf(limit: ChainLimit, target: Pair, at: UnixTime, isAcute: boolean): Change['kind'] | null {
  const { now, asked, askedAt, changedAt, proposedAt } = limit
  const moves = parts.map((part) => moved(now[part], target[part]))
  if (moves.includes('tighter')) {
    const isAsked = parts.every(
      (part, nth) => moves[nth] !== 'tighter' || moved(asked[part], target[part]) === null,
    )
    const isOnItsWay = isAsked && at - askedAt < friction.tightenSeconds
    const isDue = isAcute || at - Math.max(changedAt, askedAt) >= friction.tightenSeconds
    return isDue && !isOnItsWay ? 'tighten' : null
  }
  const isDue = at - Math.max(changedAt, proposedAt) >= friction.loosenSeconds
  return moves.includes('looser') && isDue ? 'loosen' : null
}

const parts = ['unproven', 'total'] as const satisfies readonly (keyof Pair)[]

function moved(now: Limit, target: Limit): 'tighter' | 'looser' | null {
  const [from, to] = [Number(now.capacity), Number(target.capacity)]
  if (to < from * (1 - friction.leastShare)) return 'tighter'
  return to > from * (1 + friction.leastShare) ? 'looser' : null
}

// In parts of a million: exact for any number of units, and the same on every machine.
function scaled({ capacity, windowSeconds }: Limit, share: number): Limit {
  return { capacity: (capacity * BigInt(Math.round(share * 1e6))) / 1_000_000n, windowSeconds }
}

function isSame(a: Limit, b: Limit): boolean {
  return a.capacity === b.capacity
}
