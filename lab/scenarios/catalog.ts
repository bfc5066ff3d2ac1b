import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { choice } from '@cutwater/core/units/nearest.ts'
import { ammSandwich } from './ammSandwich.ts'
import { craftedCall } from './craftedCall.ts'
import { depositWithoutTransfer } from './depositWithoutTransfer.ts'
import { flashLoanVote } from './flashLoanVote.ts'
import { fraudUnchallenged } from './fraudUnchallenged.ts'
import { insiderUpgrade } from './insiderUpgrade.ts'
import { keyTheftManySmall, keyTheftOneRelease } from './keyTheft.ts'
import { oracleManipulation } from './oracleManipulation.ts'
import { poisonedRpcAll, poisonedRpcOne, poisonedRpcState } from './poisonedRpc.ts'
import { probeThenDrain } from './probeThenDrain.ts'
import { reorgDoubleSpend } from './reorgDoubleSpend.ts'
import { replay } from './replay.ts'
import type { Scenario } from './Scenario.ts'
import { skippedSignature } from './skippedSignature.ts'
import { slowBleed } from './slowBleed.ts'
import { zeroRoot } from './zeroRoot.ts'

/** Every attack the lab knows. */
export const scenarios: readonly Scenario[] = [
  zeroRoot,
  keyTheftOneRelease,
  keyTheftManySmall,
  skippedSignature,
  depositWithoutTransfer,
  replay,
  craftedCall,
  insiderUpgrade,
  poisonedRpcOne,
  poisonedRpcAll,
  poisonedRpcState,
  probeThenDrain,
  slowBleed,
  reorgDoubleSpend,
  fraudUnchallenged,
  oracleManipulation,
  ammSandwich,
  flashLoanVote,
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
