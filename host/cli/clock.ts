import type { Clock } from '@cutwater/engine/ports/Clock.ts'

/** This machine's. */
export const clock: Clock = {
  now: () => Math.floor(Date.now() / 1_000),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
}
