import type { Alert, Notifier } from '@cutwater/engine/ports/Notifier.ts'

/** From what may wait to what may not. */
export const severities = [
  'low',
  'medium',
  'high',
  'critical',
] as const satisfies readonly Alert['severity'][]

/** A notifier that is told only what is at least so severe. */
export function atLeast(least: Alert['severity'], { name, notify }: Notifier): Notifier {
  const isEnough = ({ severity }: Alert) => severities.indexOf(severity) >= severities.indexOf(least)
  return {
    name,
    notify: async (alert) => {
      if (isEnough(alert)) await notify(alert)
    },
  }
}
