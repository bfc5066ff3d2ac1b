import * as DecayingProtection from '../../finance/DecayingProtection.ts'
import { day } from '../../units/UnixTime.ts'
import { assumptions } from './Assumptions.ts'
import type { FeedName } from './Feed.ts'
import * as Measures from './Measures.ts'
import * as Signal from './Signal.ts'
import type { View } from './View.ts'

/**
 * What is left of protection that wears away, `Π 2^(−age ÷ half-life)` over the newest audit, key rotation, drill and
 * review of the running code, of those that are fed, times a quarter where code has changed since the newest of audit and
 * review: they read something else. Theta is what a day takes of it. On a fixed scale: 1 − what is
 * left.
 */
export const protection: Signal.Signal<null> = {
  name: 'protection',
  concept: 'Time value of protection (theta)',
  unit: 'share left',
  layer: 'far',
  presses: { near: 0, mid: 0, far: 2 },
  acute: 'scale',
  ...Signal.forgetful,
  step(_, view) {
    const parts = kinds.flatMap(({ name, says, halfLifeSeconds }) => {
      const newest = newestOf(view, name)
      return newest === null
        ? []
        : [{ says, halfLifeSeconds, newest, ageSeconds: Math.max(0, view.at - newest) }]
    })
    if (parts.length === 0) return { why: 'no audit, key rotation, drill or code review is known' }
    const changed = unreadChange(view)
    const readable = changed === null ? 1 : assumptions.unreadCode
    const value = readable * DecayingProtection.left(parts)
    const theta = readable * DecayingProtection.theta(parts)
    const ages = parts
      .map(({ says, ageSeconds }) => `${says} ${Math.round(ageSeconds / day)} days ago`)
      .join(', ')
    const missing = kinds.length - parts.length
    const rest = missing === 0 ? '' : `; ${missing} of ${kinds.length} kinds are unknown`
    const unread =
      changed === null
        ? ''
        : `; code changed ${daysSince(view, changed)} days ago and nobody has read it since`
    const says = `${Signal.percent(value)} of protection is left and a day takes ${Signal.percent(theta)}: ${ages}${rest}${unread}`
    return { value, asOf: Math.max(...parts.map(({ newest }) => newest)), says, scale: 1 - value }
  },
}

const kinds: readonly { readonly name: FeedName; readonly says: string; readonly halfLifeSeconds: number }[] =
  [
    { name: 'audit', says: 'audited', halfLifeSeconds: assumptions.auditHalfLife },
    { name: 'keyRotation', says: 'keys rotated', halfLifeSeconds: assumptions.keyHalfLife },
    { name: 'drill', says: 'drilled', halfLifeSeconds: assumptions.drillHalfLife },
    { name: 'codeReview', says: 'code reviewed', halfLifeSeconds: assumptions.codeHalfLife },
  ]

/** When code changed after whoever read it; null where all that runs has been read, or no change is known. */
function unreadChange(view: View): number | null {
  const changed = newestOf(view, 'codeChange')
  const read = Math.max(newestOf(view, 'audit') ?? 0, newestOf(view, 'codeReview') ?? 0)
  return changed !== null && changed > read ? changed : null
}

function daysSince({ at }: View, then: number): number {
  return Math.round(Math.max(0, at - then) / day)
}

function newestOf({ measures, at }: View, name: FeedName): number | null {
  let newest: number | null = null
  for (const { answer } of Measures.readAll(measures, name, at)) {
    if (answer.known && answer.value > 0) newest = Math.max(newest ?? 0, answer.asOf)
  }
  return newest
}
