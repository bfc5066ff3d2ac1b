import type { Model } from '@cutwater/core/simulation/attack/Model.ts'
import * as Tally from '@cutwater/core/simulation/attack/Tally.ts'

/** What paths come to: mean cost and the price of the tail, dollars a year. */
export function totalOf(tally: Tally.Tally, { years, assumptions }: Model): number {
  return Tally.mean(tally, 'cost') / years + assumptions.riskLoad * Tally.tail(tally).mean
}
