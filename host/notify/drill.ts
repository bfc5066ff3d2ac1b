import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import * as Check from '@cutwater/engine/doctor/Check.ts'
import type { Alert, Notifier } from '@cutwater/engine/ports/Notifier.ts'

/** Sends one alert that says it is a drill to everyone who would be told, and says who took it. */
export function drill(
  notifiers: readonly Notifier[],
  bridge: string,
  at: UnixTime,
): Promise<readonly Check.Check[]> {
  const alert = alarm(bridge, at)
  return Promise.all(
    notifiers.map(async ({ name, notify }) => {
      try {
        await notify(alert)
        return Check.ok('alarm', name, 'took the test alarm')
      } catch (cause) {
        return Check.failed('alarm', name, cause, 'a channel that takes alerts')
      }
    }),
  )
}

// Critical, so that it takes the same way to people as a theft does.
function alarm(bridge: string, at: UnixTime): Alert {
  return {
    id: `drill:${bridge}:${at}`,
    at,
    severity: 'critical',
    rule: 'Drill',
    bridge,
    chain: 'none',
    block: null,
    tx: null,
    message: null,
    usd: null,
    sentence: 'This is a drill: nothing has happened. It shows that alarms reach you.',
    done: [],
    check: ['Say that you got it, and how long it took.'],
  }
}
