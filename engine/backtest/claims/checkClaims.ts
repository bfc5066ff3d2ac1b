import type { Claim } from '../BacktestResult.ts'
import type { Evidence } from './Evidence.ts'
import { costClaims, drawdownClaims } from './hedgeClaims.ts'
import { optionClaims } from './optionClaims.ts'
import { otherClaims } from './otherClaims.ts'
import { shiftClaims, winClaims } from './winClaims.ts'

/** Every numeric claim of the method, C1 to C25, held against what was measured. */
export function checkClaims(evidence: Evidence): readonly Claim[] {
  const claims = [drawdownClaims, costClaims, optionClaims, winClaims, shiftClaims, otherClaims].flatMap(
    (check) => check(evidence),
  )
  return claims.sort((a, b) => numberOf(a) - numberOf(b))
}

function numberOf({ id }: Claim): number {
  return Number(id.slice(1))
}
