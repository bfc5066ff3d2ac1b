import * as OptionsPolicy from '@cutwater/core/options/book/OptionsPolicy.ts'
import * as Track from '@cutwater/engine/backtest/Track.ts'
import { type Area, budget } from '../harness.ts'
import { optionsMarket } from './optionsMarket.ts'

/**
 * Twenty years of one parameter set, day by day, after loading: condors, gate, ladder, both time shifts, and the books
 * checked every day. There is no peer that does the same, so it is held against a budget.
 */
export const backtest: Area = {
  name: 'backtest',
  prepare: async () => {
    const { views, source } = optionsMarket()
    const policy = OptionsPolicy.of()
    const { account } = Track.run(views, policy).book
    return {
      unit: 'M days/s',
      items: views.length,
      target: 1,
      peer: `a budget of ${budgetMs} ms`,
      agrees: account.audit.violations.length === 0,
      note: `${source}; agrees when no check of the books fails`,
      ours: () => Track.run(views, policy),
      theirs: budget(budgetMs),
      variants: [{ name: 'condors alone', of: 'ours', run: () => Track.run(views, condorsAlone(policy)) }],
    }
  },
}

function condorsAlone(policy: OptionsPolicy.OptionsPolicy): OptionsPolicy.OptionsPolicy {
  return { ...policy, hedge: { ...policy.hedge, on: false }, shift: { ...policy.shift, on: false } }
}

const budgetMs = 50
