import type { Level } from '@cutwater/core/bridge/guard/GuardSettings.ts'
import { flagInvalid } from './numberOf.ts'

/** The guard level a flag was given; a clear error otherwise. */
export function levelOf(text: string): Level {
  const level = ([0, 1, 2, 3] as const).find((candidate) => String(candidate) === text)
  if (level !== undefined) return level
  throw flagInvalid('--level', text, '0, 1, 2 or 3')
}
