import { hour } from '../../units/UnixTime.ts'
import { families } from '../incidents/Incident.ts'
import { type Choice, type Expected, expectedAttack } from './expectedAttack.ts'
import type { Model } from './Model.ts'
import type { Plan } from './Plan.ts'

/** What an attacker who has read the policy may choose; each frees one more thing than the one before. */
export type Freedom = 'none' | 'timing' | 'pace' | 'size' | 'route'

export const freedoms: readonly Freedom[] = ['none', 'timing', 'pace', 'size', 'route']

/** The best that an attacker can do with a freedom, and what it takes; dollars for one attack that takes place. */
export type Response = Expected & {
  readonly freedom: Freedom
  /** hours since the signal was last acute; null is long ago */
  readonly hoursSinceSignal: number | null
  readonly pace: 'as recorded' | 'at once' | 'over minutes' | 'over hours' | 'over days'
  /** dollars; null is as recorded */
  readonly sizeUsd: number | null
  readonly route: string
}

/**
 * Best responses to a published plan, by search: when to strike, how fast, how much to try, which way in.
 *
 * The search is over all combinations on a grid, for the largest expected shortfall of the bridge. An attacker with
 * the freedom of route has a hole of each kind, so its figure bounds what one that has only some can do.
 */
export function bestResponses(model: Model, plan: Plan): readonly Response[] {
  const timings = plan.adapts ? [undefined, 0, 6 * hour, 24 * hour, 72 * hour] : [undefined]
  const sizes = sizeShares.map((share) => share * model.lockedUsd)
  const routes = families.map((_, family) => family)
  const free = {
    none: [[undefined], [undefined], [undefined], [undefined]],
    timing: [timings, [undefined], [undefined], [undefined]],
    pace: [timings, [undefined, ...paces], [undefined], [undefined]],
    size: [timings, [undefined, ...paces], [undefined, ...sizes], [undefined]],
    route: [timings, [undefined, ...paces], [undefined, ...sizes], [undefined, ...routes]],
  } as const
  return freedoms.map((freedom) => {
    const [when, how, much, way] = free[freedom]
    let best: Response | undefined
    for (const since of when)
      for (const pace of how)
        for (const lossUsd of much)
          for (const family of way) {
            const tried = respond(model, plan, freedom, { since, pace, lossUsd, family })
            if (best === undefined || tried.shortfallUsd > best.shortfallUsd) best = tried
          }
    return best!
  })
}

type Tried = {
  readonly since: number | undefined
  readonly pace: (typeof paces)[number] | undefined
  readonly lossUsd: number | undefined
  readonly family: number | undefined
}

const paces = [
  { name: 'at once', firstShare: 1, spanSeconds: 1 },
  { name: 'over minutes', firstShare: 0.05, spanSeconds: 600 },
  { name: 'over hours', firstShare: 0.01, spanSeconds: 6 * hour },
  { name: 'over days', firstShare: 0.001, spanSeconds: 72 * hour },
] as const

const sizeShares: readonly number[] = [0.001, 0.003, 0.01, 0.03, 0.1, 0.25, 0.5, 1]

function respond(
  model: Model,
  plan: Plan,
  freedom: Freedom,
  { since, pace, lossUsd, family }: Tried,
): Response {
  const choice: Choice = {
    ...(since === undefined ? {} : { sinceSignalSeconds: since }),
    ...(pace === undefined ? {} : { pace }),
    ...(lossUsd === undefined ? {} : { lossUsd }),
    ...(family === undefined ? {} : { family }),
  }
  return {
    freedom,
    ...expectedAttack(model, plan, choice),
    hoursSinceSignal: since === undefined ? null : since / hour,
    pace: pace?.name ?? 'as recorded',
    sizeUsd: lossUsd === undefined ? null : lossUsd / 100,
    route: family === undefined ? 'as recorded' : families[family]!,
  }
}
