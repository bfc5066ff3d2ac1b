import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import type { Clock } from '../ports/Clock.ts'

/** A clock that stands still until somebody sleeps, which takes no time but moves it on. */
export type FakeClock = Clock & {
  /** every sleep there was, milliseconds */
  readonly sleeps: number[]
}

export function fakeClock(start: UnixTime = 1_700_000_000): FakeClock {
  const sleeps: number[] = []
  let milliseconds = start * 1_000
  return {
    sleeps,
    now: () => Math.floor(milliseconds / 1_000),
    sleep: async (pause) => {
      sleeps.push(pause)
      milliseconds += pause
    },
  }
}
