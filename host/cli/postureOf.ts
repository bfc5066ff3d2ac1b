import * as Posture from '@cutwater/core/ladder/Posture.ts'
import { choice } from '@cutwater/core/units/nearest.ts'
import { flagInvalid } from './numberOf.ts'

/** The posture a flag was given; a clear error otherwise. */
export function postureOf(text: string): Posture.PostureName {
  const name = Posture.names.find((candidate) => candidate === text)
  if (name !== undefined) return name
  throw flagInvalid('--posture', text, choice(text, Posture.names))
}
