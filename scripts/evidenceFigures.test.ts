import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dataDir } from '@cutwater/host/config/dataDir.ts'
import { describe, expect, it } from 'vitest'
import { withTable } from './docFigures.ts'
import { figuresOf, page, translation } from './evidenceFigures.ts'

const data = dataDir() ?? ''
const isAtHand =
  existsSync(join(data, 'market', 'spx_ohlc.csv')) && existsSync(join(data, 'nomad', 'events.csv'))

describe.skipIf(!isAtHand)('the evidence', () => {
  it(`in ${page} is what a translation of the record gives`, { timeout: 600_000 }, async () => {
    const text = readFileSync(page, 'utf8')
    const figures = figuresOf(await translation())
    expect(withTable(text, figures), 'run: npx node scripts/evidenceFigures.ts').toBe(text)
  })
})
