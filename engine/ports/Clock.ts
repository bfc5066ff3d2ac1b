import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'

/** The time and waiting, as arguments: real in the host, made up in tests. */
export type Clock = {
  now(): UnixTime
  sleep(milliseconds: number): Promise<void>
}
