import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expectFinite } from '@cutwater/engine/backtest/BacktestResult.fixture.ts'
import type { BacktestResult } from '@cutwater/engine/backtest/BacktestResult.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dataDir } from '../config/dataDir.ts'
import { cutwater, jsonOf, newFolder, removeFolder } from './cutwater.fixture.ts'

const folder = join(dataDir() ?? '', 'market')
const isAtHand = dataDir() !== undefined && existsSync(join(folder, 'spx_ohlc.csv'))

describe.skipIf(!isAtHand)(
  'the recorded market, skipped where CUTWATER_DATA has no market/spx_ohlc.csv',
  () => {
    let result: BacktestResult
    let written: string
    const page = newFolder()
    beforeAll(async () => {
      result = JSON.parse(await jsonOf('backtest', '--report', join(page, 'report.html')))
      written = readFileSync(join(page, 'report.html'), 'utf8')
    }, 120_000)
    afterAll(() => removeFolder(page))

    it('rebuilds VXTH: its calls’ returns from roll to roll correlate 0.99 with the published index over 200 rolls', () => {
      const { overlayCorrelation, rolls, fittedSpread } = result.replicas.vxth
      expect(rolls).toBeGreaterThanOrEqual(200)
      expect(overlayCorrelation).toBeGreaterThanOrEqual(0.99)
      expect(fittedSpread).toBeGreaterThan(0)
      expect(fittedSpread).toBeLessThan(0.5)
    })

    it('rebuilds CNDR: monthly returns correlate 0.90 from 2008 and 0.85 before', () => {
      const { correlation, correlationBefore2008, months, monthsBefore2008 } = result.replicas.cndr
      expect(correlation).toBeGreaterThanOrEqual(0.9)
      expect(correlationBefore2008).toBeGreaterThanOrEqual(0.85)
      expect(months).toBeGreaterThan(180)
      expect(monthsBefore2008).toBeGreaterThan(180)
    })

    it('keeps its books over two decades', () => {
      expect(result.invariants.first).toEqual([])
      expect(result.invariants.violations).toBe(0)
      expect(result.invariants.checks).toBeGreaterThan(1e5)
    })

    it('knows the benchmarks: the drawdown of the S&P 500 from 2007 to 2009, and that of VXTH', () => {
      const of = (name: string) => result.benchmarks.find((each) => each.name === name)!
      // 1565.15 on 2007-10-09 to 676.53 on 2009-03-09: closes of the S&P 500.
      expect(of('SPX').maxDrawdown).toBeCloseTo(1 - 676.53 / 1565.15, 4)
      // A public repository's note on Cboe's own history of VXTH: -43.3%.
      expect(of('VXTH').maxDrawdown).toBeCloseTo(0.433, 2)
    })

    it('has a verdict on each of C1 to C25', () => {
      expect(result.claims.map(({ id }) => id)).toEqual(Array.from({ length: 25 }, (_, i) => `C${i + 1}`))
    })

    it('lets out no NaN, and draws a page without one', () => {
      expectFinite(result)
      expect(written).not.toMatch(/NaN|undefined/)
    })

    it('plans from the example files', async () => {
      const at = (name: string) => join(import.meta.dirname, '../../examples/options', name)
      const plan = JSON.parse(
        await jsonOf(
          'plan',
          at('policy.yaml'),
          '--positions',
          at('holdings.yaml'),
          '--market',
          at('market.yaml'),
        ),
      )
      expectFinite(plan)
      expect(plan.date).toBe('2024-01-04')
      expect(plan.greeks.map(({ owner }: { owner: string }) => owner)).toEqual([
        'condors',
        'near',
        'mid',
        'far',
      ])
    })

    it('sweeps a grid', async () => {
      const { sets } = JSON.parse(
        await jsonOf(
          'backtest',
          '--from',
          '2018-01-01',
          '--sweep',
          'hedge.on=false;shift.on=false;condor.shortDelta=0.1,0.16;gate.on=true,false',
        ),
      )
      expect(sets).toHaveLength(4)
    })
  },
)

it.each([
  [['backtest', '--from', '2020'], 'a date, such as 2020-03-16'],
  [['backtest', '--from', '2021-01-01', '--to', '2020-01-01'], 'not after --to'],
  [['backtest', '--variants', 'hegde'], '"hedge"'],
  [['backtest', '--sweep', 'gate'], 'key=value'],
  [['backtest', 'no-such-policy.yaml'], 'FILE_MISSING'],
  [['claims', '--data', 'no-such-folder'], 'FILE_MISSING'],
  [['plan', '--positions', 'no-such-file.yaml'], 'FILE_MISSING'],
])('%s is refused in one line', async (args, right) => {
  const { out, err, code } = await cutwater(...args)
  expect({ out, code }).toEqual({ out: '', code: 2 })
  expect(err).toMatch(/^cutwater: .*\n$/)
  expect(err).toContain(right)
})
