import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { backtest } from '@cutwater/engine/backtest/backtest.ts'
import { dataDir } from '@cutwater/host/config/dataDir.ts'
import { loadMarket } from '@cutwater/host/market/loadMarket.ts'
import { describe, expect, it } from 'vitest'
import { withTable } from './docFigures.ts'
import { figuresOf, page } from './optionsFigures.ts'

const folder = join(dataDir() ?? '', 'market')
const isAtHand = dataDir() !== undefined && existsSync(join(folder, 'spx_ohlc.csv'))

describe.skipIf(!isAtHand)('the figures of the options book', () => {
  it(`in ${page} are what a backtest of the recorded market gives`, { timeout: 120_000 }, () => {
    const text = readFileSync(page, 'utf8')
    expect(
      withTable(text, figuresOf(backtest(loadMarket(folder)))),
      'run: npx node scripts/optionsFigures.ts',
    ).toBe(text)
  })
})
