import * as DecayingProtection from '../../finance/DecayingProtection.ts'
import { day } from '../../units/UnixTime.ts'
import { assumptions } from './Assumptions.ts'
import type { FeedName } from './Feed.ts'
import * as Measures from './Measures.ts'
import * as Signal from './Signal.ts'
import type { View } from './View.ts'

/**
 * What is left of protection that wears away, `Π 2^(−age ÷ half-life)` over the newest audit, key rotation, drill and
 * review of the running code, of those that are fed; theta is what a day takes of it. On a fixed scale: 1 − what is left.
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
    const value = DecayingProtection.left(parts)
    const theta = DecayingProtection.theta(parts)
    const ages = parts
      .map(({ says, ageSeconds }) => `${says} ${Math.round(ageSeconds / day)} days ago`)
      .join(', ')
    const missing = kinds.length - parts.length
    const rest = missing === 0 ? '' : `; ${missing} of ${kinds.length} kinds are unknown`
    const says = `${Signal.percent(value)} of protection is left and a day takes ${Signal.percent(theta)}: ${ages}${rest}`
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

function newestOf({ measures, at }: View, name: FeedName): number | null {
  let newest: number | null = null
  for (const { answer } of Measures.readAll(measures, name, at)) {
    if (answer.known && answer.value > 0) newest = Math.max(newest ?? 0, answer.asOf)
  }
  return newest
}
