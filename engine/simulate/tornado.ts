import type { PolicyName } from '@cutwater/core/bridge/BridgePolicy.ts'
import * as Assumptions from '@cutwater/core/simulation/attack/Assumptions.ts'
import * as Model from '@cutwater/core/simulation/attack/Model.ts'
import * as Plan from '@cutwater/core/simulation/attack/Plan.ts'
import type { Study } from './compare.ts'
import { runMany } from './runMany.ts'
import { totalOf } from './totalOf.ts'

/** How one assumption moves the main answer. */
export type Bar = {
  readonly name: Assumptions.Name
  readonly low: number
  readonly high: number
  /** the ladder's advantage at the least and at the most that one might assume */
  readonly atLow: Advantage
  readonly atHigh: Advantage
  /** whether either end turns the answer */
  readonly flips: boolean
}

/** What the static ladder saves against the cheapest policy of one wall, in percent of the ladder's total cost. */
export type Advantage = { readonly percent: number; readonly cheapestWall: PolicyName }

export type Tornado = { readonly asAssumed: Advantage; readonly bars: readonly Bar[] }

const walls: readonly PolicyName[] = ['none', 'rigid', 'near-only', 'mid-only', 'far-only']

/**
 * Moves every assumption to both ends of its range, alone, on the same paths; the widest bar first.
 *
 * @param onProgress called with assumptions done, of all
 */
export async function tornado(
  study: Study,
  names: readonly Assumptions.Name[] = Assumptions.list().map(({ name }) => name),
  onProgress?: (done: number, total: number) => void,
): Promise<Tornado> {
  const asAssumed = await advantage(study)
  const bars: Bar[] = []
  const rows = Assumptions.list(study.model.assumptions).filter(({ name }) => names.includes(name))
  for (const [done, { name, low, high }] of rows.entries()) {
    onProgress?.(done, rows.length)
    const [atLow, atHigh] = [await moved(study, name, low), await moved(study, name, high)]
    const isAnswer = (percent: number) => percent > 0 === asAssumed.percent > 0
    bars.push({
      name,
      low,
      high,
      atLow,
      atHigh,
      flips: !isAnswer(atLow.percent) || !isAnswer(atHigh.percent),
    })
  }
  onProgress?.(rows.length, rows.length)
  return { asAssumed, bars: bars.sort((a, b) => widthOf(b) - widthOf(a)) }
}

async function moved(study: Study, name: Assumptions.Name, value: number): Promise<Advantage> {
  const assumptions = Assumptions.withChanges({ [name]: value }, study.model.assumptions)
  return advantage({ ...study, model: Model.of({ ...study.model, assumptions }) })
}

/** The same for one model. */
export async function advantage({ model, crew, paths, seed }: Study): Promise<Advantage> {
  const plans = (['static', ...walls] as const).map((policy) => Plan.of(Plan.recipeOf(policy), model))
  const { tallies } = await runMany({ job: { model, plans, seed }, paths, crew })
  const [ladder, ...others] = tallies.map((tally) => totalOf(tally, model))
  const least = Math.min(...others)
  const cheapestWall = walls[others.indexOf(least)]!
  return { percent: ladder! > 0 ? (100 * (least - ladder!)) / ladder! : 0, cheapestWall }
}

function widthOf({ atLow, atHigh }: Bar): number {
  return Math.abs(atHigh.percent - atLow.percent)
}
