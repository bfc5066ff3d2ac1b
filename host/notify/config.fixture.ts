import * as Rng from '@cutwater/core/simulation/Rng.ts'
import type { Notifier } from '@cutwater/engine/ports/Notifier.ts'
import { type FakeClock, fakeClock } from '@cutwater/engine/testing/fakeClock.ts'
import * as NotifyConfig from './NotifyConfig.ts'

/** Secrets as an operator's environment holds them; no test may find one anywhere else. */
export const environment = {
  SIGNING_SECRET: 'whsec_3f9a1c77e2b84d51',
  PAGER_KEY: 'f0e1d2c3b4a5968778695a4b3c2d1e0f',
  SLACK_PATH: 'services/T0SECRET1/B0SECRET2/s3cr3tT0k3nOfSlack',
}

/** Few tries, and a time-out that no answer on loopback comes near to, however busy the machine. */
export const tries = {
  most: 3,
  timeoutMilliseconds: 20_000,
  firstPauseMilliseconds: 100,
  longestPauseMilliseconds: 30_000,
}

export type Written = { readonly type: string; readonly [key: string]: string }

/** The notifiers of a list as it stands in a file, on a clock that takes no time. */
export function notifiersOf(
  list: readonly Written[],
  world: Partial<NotifyConfig.World> = {},
): { readonly notifiers: readonly Notifier[]; readonly clock: FakeClock } {
  const clock = fakeClock()
  const notifiers = NotifyConfig.fromConfig(NotifyConfig.schema.parse(list), {
    place: (path) => `bridge.yaml:${path.join('/')}`,
    environment,
    clock,
    rng: Rng.create(7),
    terminal: { write: () => true },
    tries,
    ...world,
  })
  return { notifiers, clock }
}
