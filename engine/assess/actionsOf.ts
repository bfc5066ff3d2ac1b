import { layerNames } from '@cutwater/core/bridge/decide.ts'
import type { Lint } from '@cutwater/core/bridge/setup/lint.ts'
import type { Action, Economics, LayerState, SignalState } from './Assessment.ts'
import { isSaid } from './Assessment.ts'
import type { LastDrill } from './LastDrill.ts'

export type Standing = {
  readonly layers: readonly LayerState[]
  readonly signals: readonly SignalState[]
  readonly economics: Economics
  readonly lint: readonly Lint[]
  readonly drill: LastDrill | null
}

/**
 * The three next things to do, first things first: what is plainly wrong, what is acute, where money saves most, and
 * what nobody knows.
 */
export function actionsOf(standing: Standing): readonly Action[] {
  return [
    ...mend(standing),
    ...tighten(standing),
    ...attack(standing),
    ...acute(standing),
    ...spend(standing),
    ...cover(standing),
    ...tell(standing),
  ].slice(0, 3)
}

function mend({ lint }: Standing): readonly Action[] {
  return lint
    .filter(({ severity }) => severity === 'high')
    .map(({ what, right }) => ({
      what: `change it to ${right}`,
      because: what,
      costUsdPerYear: null,
      effect: 'one public way to lose everything is closed',
    }))
}

// What a drill let through is open now, whatever the model says.
function tighten({ drill }: Standing): readonly Action[] {
  if (drill === null || drill.through.length === 0) return []
  return [
    {
      what: 'tighten what has been loosened: cutwater twin names it, and the policy asks for less',
      because: `in a drill ${drill.through.join(', ')} took more than the policy would let pass`,
      costUsdPerYear: null,
      effect: 'the next drill lets none of them through',
    },
  ]
}

function attack({ economics: { corruption } }: Standing): readonly Action[] {
  if (!isSaid(corruption) || corruption.marginUsd >= 0) return []
  const { operatorsNeeded, costUsd, profitUsd, marginUsd } = corruption
  return [
    {
      what: 'raise stake, spread keys over more operators, or tighten what leaves before a stop',
      because: `corrupting ${operatorsNeeded === 1 ? 'one operator' : `${operatorsNeeded} operators`} costs ${usd(costUsd)} and brings ${usd(profitUsd)}`,
      costUsdPerYear: null,
      effect: `safe once ${usd(-marginUsd)} more stand against it`,
    },
  ]
}

function acute({ signals }: Standing): readonly Action[] {
  return signals
    .filter(({ presses, rank, value }) => presses && value !== null && rank >= 0.95)
    .sort((a, b) => b.rank - a.rank)
    .slice(0, 1)
    .map(({ sentence, layer, name }) => ({
      what: `look at ${name}, and keep the ${layerNames[layer]} layer where the tilt has put it`,
      because: sentence.replace(/\.$/, ''),
      costUsdPerYear: null,
      effect: `the ${layerNames[layer]} layer answers what is acute now`,
    }))
}

/** Another tenth of the budget into the layer where a dollar saves most. */
function spend({ layers, economics: { budgetUsdPerYear, year } }: Standing): readonly Action[] {
  const best = layers.reduce((a, b) => (b.marginal > a.marginal ? b : a))
  const amount = budgetUsdPerYear / 10
  if (!isSaid(year) || amount < 1 || best.marginal <= 0) return []
  const pays =
    best.marginal >= 1
      ? 'it pays for itself'
      : 'it does not pay for itself: the budget is enough where expected loss is all that counts'
  return [
    {
      what: `put the next ${usd(amount)} a year into ${best.name}`,
      because: `a dollar there saves $${best.marginal.toFixed(2)}, more than elsewhere`,
      costUsdPerYear: amount,
      effect: `about ${usd(best.marginal * amount)} a year less expected loss of users, who carry ${usd(year.shortfallUsd)}; ${pays}`,
    },
  ]
}

function cover({ economics: { cover: priced } }: Standing): readonly Action[] {
  if (!isSaid(priced) || priced.fundUsd < 1) return []
  return [
    {
      what: `raise cover or a fund of ${usd(priced.fundUsd)}`,
      because: `the worst year of a hundred takes ${usd(priced.tailUsd)} and ${usd(priced.inForceUsd)} are covered`,
      costUsdPerYear: priced.premiumUsd,
      effect: `users are paid in 99 years of 100; without the guard’s bound it would cost ${usd(priced.unboundedPremiumUsd)} a year`,
    },
  ]
}

function tell({ lint }: Standing): readonly Action[] {
  const unknown = lint.filter(({ severity }) => severity === 'unknown')
  if (unknown.length === 0) return []
  return [
    {
      what: 'say in facts.yaml what nobody has said',
      because: unknown.map(({ what }) => what).join('; '),
      costUsdPerYear: null,
      effect: `${unknown.length} checks of the setup can be made`,
    },
  ]
}

function usd(dollars: number): string {
  return `$${Math.round(dollars).toLocaleString('en-US')}`
}
