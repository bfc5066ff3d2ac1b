import type { Weights } from '@cutwater/core/ladder/Weights.ts'
import * as Plan from '@cutwater/core/simulation/attack/Plan.ts'
import * as Lens from '../bench/Lens.ts'
import type { ParityStudy } from './parityStudy.ts'
import { fixed, type Row, tilted, whole } from './Row.ts'

/** What the economics need of the bench: the splits that two beliefs about the price of capital would choose. */
export type Beliefs = {
  readonly priced: Weights
  readonly free: Weights
  readonly costShare: number
  /** what a dollar of cover costs a year where its provider earns just what capital costs */
  readonly coverAtIrr: number
}

/** The concepts that the method reckons with. */
export function economicsRows(
  { priced, free, costShare, coverAtIrr }: Beliefs,
  chains: ParityStudy | undefined,
): readonly Row[] {
  const policy = whole()
  const byLens = (lens: Lens.Lens) => ({
    measured: 'the ladder tilted by it alone, against 4/4/2 held fixed',
    on: { policy: tilted(), lens },
    off: [{ policy }],
  })
  const split = (weights: Weights) => ({ recipe: Plan.recipeOfSplit(weights) })
  const unheard = 'the method’s pages name it and no rule uses it, so there is nothing to switch off'
  return [
    {
      name: 'Quick ratio',
      group: 'economics',
      options: {
        definition: 'cash and bills over what open condors can lose: a tenth of the account a trade',
        measured: 'a tenth at risk a trade, against a fifth',
        on: { policy },
        off: [{ policy: { ...policy, condor: { ...policy.condor, riskShare: 0.2 } } }],
      },
      bridge: {
        definition: 'liquid reserve and cover over claims and withdrawals due',
        measured: 'simulated: half of govern saved as reserve, against all of it spent on review',
        on: fixed,
        off: [{ ...fixed, changes: { reserveShare: 0 } }],
      },
    },
    {
      name: 'WACC',
      group: 'economics',
      options: { definition: 'what the account’s capital costs', missing: unheard },
      bridge: {
        definition: 'what staked capital and cover capital cost, by share',
        measured:
          'simulated: the split chosen with capital at its price, against the one chosen as if it were free',
        on: split(priced),
        off: [split(free)],
      },
    },
    {
      name: 'CAPM β, volatility overlay',
      group: 'economics',
      options: {
        definition: 'β to SPX, scaled by realised over long-run volatility',
        ...byLens(Lens.volatilityScale({ near: 1, mid: 1, far: 0 })),
      },
      bridge: {
        definition: 'β of the bonded asset: what it is worth when the bridge falls',
        measured: 'simulated: cover in an asset of β 0, against a fifth of it gone with the bridge',
        on: { ...fixed, changes: { coverCorrelation: 0 } },
        off: [fixed],
      },
    },
    {
      name: 'Break-even point',
      group: 'economics',
      options: {
        definition: 'whether the index moves beyond the condor’s break-evens: realised volatility less VIX',
        ...byLens(Lens.breakEven({ near: 1, mid: 0.5, far: 0 })),
      },
      bridge: {
        definition:
          'yearly security cost over value protected, above WACC less yield it triggers an auction of cover',
        measured: `simulated: static costs ${(100 * costShare).toFixed(1)}% a year against a hurdle of 8%, so the rule ${costShare > 0.08 ? 'always' : 'never'} acts`,
        on: fixed,
        off: [fixed],
      },
    },
    {
      name: 'IRR',
      group: 'economics',
      options: { definition: 'yield of a condor on its margin', missing: unheard },
      bridge: {
        definition: 'yield of a cover provider’s and a validator’s cash flows',
        measured: `simulated: cover priced so that its provider earns 12%, what his capital costs: ${(100 * coverAtIrr).toFixed(1)}% a year, against the flat 10%`,
        on: { ...fixed, changes: { coverCostPerYear: coverAtIrr } },
        off: [fixed],
      },
    },
    {
      name: 'DDM against market cap',
      group: 'economics',
      options: { definition: 'discounted dividends', missing: unheard },
      bridge: {
        definition: 'discounted premium stream over the market value of a cover share',
        missing: 'no traded cover share or bonded token on record; it needs one with a price',
      },
    },
    {
      name: 'P/CF',
      group: 'economics',
      options: { definition: 'price over cash flow', missing: unheard },
      bridge: {
        definition: 'the wrapped token’s cap over fees',
        missing: 'no fees on record; it needs the bridge’s fee income beside its token’s price',
      },
    },
    {
      name: 'Conversion and reversal',
      group: 'economics',
      options: conversions(chains),
      bridge: {
        definition: 'buy wrapped and redeem, or the reverse, after fee, gas and time',
        missing: 'no prices of the wrapped token on record',
      },
    },
    {
      name: 'Time value, theta',
      group: 'economics',
      options: {
        definition: 'calls lose time value fastest at their end: roll at half their life',
        measured: 'layers rolled at half their life, against held to expiry',
        on: { policy },
        off: [{ policy: { ...policy, hedge: { ...policy.hedge, roll: { by: 'share', value: 0 } } } }],
      },
      bridge: {
        definition: 'audits lose half their worth in a year: renew at half that time',
        measured: 'simulated: two audits a year of half the money each, against one',
        on: { ...fixed, changes: { auditIntervalSeconds: 15_778_800, auditDollars: 1_000_000 } },
        off: [fixed],
      },
    },
    {
      name: 'Second engine',
      group: 'economics',
      options: {
        definition: 'private leverage layer: five meanings on the method’s pages, no rule',
        missing: 'no rule to switch on',
      },
      bridge: {
        definition: 'a live local copy of the bridge, attacked in its place',
        missing: 'what a drill prevents shows only on a bridge that is drilled; cutwater twin runs one',
      },
    },
    {
      name: 'Steward against promoter',
      group: 'economics',
      options: {
        definition: 'further strikes and wings by skew, against symmetric wings at one deviation',
        measured: 'steward, against promoter, ladder tilted',
        on: { policy: tilted('steward') },
        off: [{ policy: tilted('promoter') }],
      },
      bridge: {
        definition: 'survival first, against fee income first: how far and how long stress moves the ladder',
        measured: 'simulated: adaptive as steward, against adaptive as promoter',
        on: { recipe: Plan.recipeOf('adaptive', 'steward') },
        off: [{ recipe: Plan.recipeOf('adaptive', 'promoter') }],
      },
    },
  ]
}

/** Whatever a conversion or a box leaves is gain without risk; all that is taken is counted. */
function conversions(chains: ParityStudy | undefined): Row['options'] {
  const definition = 'put-call parity: gaps of boxes and forwards after the spreads'
  if (chains === undefined || chains.dates === 0) return { definition, missing: 'no option chains on record' }
  const { dates, conversions, boxes, left, gain } = chains
  // With none on so many dates, a share of dates above this would have shown one in 19 of 20 cases.
  const most =
    left === 0
      ? `, so at 95% no more than ${Math.round(100 * (1 - 0.05 ** (1 / dates)))}% of all dates have one`
      : ''
  const count = (value: number) => value.toLocaleString('en-US')
  return {
    definition,
    measured: `on real chains of ${dates} dates: ${left === 0 ? 'none' : count(left)} of ${count(conversions)} conversions and ${count(boxes)} boxes leaves anything${most}`,
    found: gain,
  }
}
