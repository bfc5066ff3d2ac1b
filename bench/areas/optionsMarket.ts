import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { madeUpMarket } from '@cutwater/core/options/testing/madeUpMarket.ts'
import { prepare } from '@cutwater/core/options/view/prepare.ts'
import type { View } from '@cutwater/core/options/view/View.ts'
import { firstDay } from '@cutwater/engine/backtest/backtest.ts'
import { dataDir } from '@cutwater/host/config/dataDir.ts'
import { loadMarket } from '@cutwater/host/market/loadMarket.ts'

export type OptionsMarket = { readonly views: readonly View[]; readonly source: string }

/** Twenty years of days as a book sees them: the recorded ones where they can be found, else made-up ones. */
export function optionsMarket(): OptionsMarket {
  const data = dataDir()
  const folder = data === undefined ? undefined : join(data, 'market')
  if (folder === undefined || !existsSync(folder)) return { views: madeUp(), source: 'made-up market' }
  const views = prepare(loadMarket(folder)).filter(({ date }) => date >= firstDay)
  return { views, source: `recorded market, ${views.length} days` }
}

function madeUp(): readonly View[] {
  const days = madeUpMarket({ from: '2004-03-26', days: 4975, seed: 1, crash: { day: 1100, vix: 70 } })
  return prepare({ days, events: [], etps: [] })
}
