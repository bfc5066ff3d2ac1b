import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { choice } from '@cutwater/core/units/nearest.ts'
import { depositWithoutTransfer } from './depositWithoutTransfer.ts'
import { keyTheftManySmall, keyTheftOneRelease } from './keyTheft.ts'
import { replay } from './replay.ts'
import type { Scenario } from './Scenario.ts'
import { skippedSignature } from './skippedSignature.ts'
import { zeroRoot } from './zeroRoot.ts'

/** Every attack the lab knows. */
export const scenarios: readonly Scenario[] = [
  zeroRoot,
  keyTheftOneRelease,
  keyTheftManySmall,
  skippedSignature,
  depositWithoutTransfer,
  replay,
]

/** The scenarios of a name: one of them, or `all`. */
export function find(name: string): readonly Scenario[] {
  if (name === 'all') return scenarios
  const found = scenarios.find((scenario) => scenario.name === name)
  if (found !== undefined) return [found]
  throw new CutwaterError('SCENARIO_UNKNOWN', `there is no scenario "${name}"`, {
    right: choice(name, ['all', ...scenarios.map((scenario) => scenario.name)]),
  })
}
