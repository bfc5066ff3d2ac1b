import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as Bow from '@cutwater/core/options/surface/Bow.ts'
import * as IndexSmile from '@cutwater/core/options/surface/IndexSmile.ts'
import { dataDir } from '@cutwater/host/config/dataDir.ts'
import { describe, expect, it } from 'vitest'
import { withTable } from './docFigures.ts'
import { bowOf, fitShape, isWhole, samplesOf } from './fitSurface.ts'
import { page, textOf } from './surfaceErrors.ts'

const folder = join(dataDir() ?? '', 'market')
const isAtHand = dataDir() !== undefined && existsSync(join(folder, 'spx_option_chains.csv'))

describe.skipIf(!isAtHand)('the surface and the recorded chains', () => {
  it(`the figures in ${page} are what the chains give`, { timeout: 120_000 }, () => {
    const text = readFileSync(page, 'utf8')
    expect(withTable(text, textOf(folder)), 'run: npx node scripts/surfaceErrors.ts --write').toBe(text)
  })

  it('the constants of the surface are what the fit gives, rounded', { timeout: 120_000 }, () => {
    const whole = samplesOf(folder).filter(isWhole)
    const { bow: _, ...shape } = fitShape(whole)
    for (const [name, value] of Object.entries(shape))
      expect(IndexSmile.fitted[name as keyof typeof shape], name).toBeCloseTo(value, 2)
    for (const [i, value] of bowOf(whole).bow.entries())
      expect(Bow.at(Bow.fitted, Bow.knots[i]!), `bow at ${Bow.knots[i]}`).toBeCloseTo(value, 2)
  })
})
