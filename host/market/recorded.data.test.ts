import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as halfSpread from '@cutwater/core/options/costs/halfSpread.ts'
import * as OptionChain from '@cutwater/core/options/market/OptionChain.ts'
import * as ChainSlice from '@cutwater/core/options/surface/ChainSlice.ts'
import { fromChain } from '@cutwater/core/options/surface/fromChain.ts'
import * as Smile from '@cutwater/core/options/surface/Smile.ts'
import * as SpxSurface from '@cutwater/core/options/surface/SpxSurface.ts'
import * as VixForward from '@cutwater/core/options/surface/VixForward.ts'
import * as VixVolatility from '@cutwater/core/options/surface/VixVolatility.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { dataDir } from '../config/dataDir.ts'
import { loadMarket, tableNames } from './loadMarket.ts'
import { readChains } from './readChains.ts'

const folder = join(dataDir() ?? '', 'market')
const isAtHand = dataDir() !== undefined && existsSync(join(folder, tableNames.chains))

const tenors = [1, 3, 7, 14, 30, 45, 60, 93, 184, 365].map((days) => days / 365)
const deviations = [-4, -3, -2, -1, 0, 1, 2, 3]

describe.skipIf(!isAtHand)(
  'recorded markets, skipped where CUTWATER_DATA has no market/spx_option_chains.csv',
  () => {
    let days: ReturnType<typeof loadMarket>['days']
    let chains: ReturnType<typeof readChains>
    beforeAll(() => {
      days = loadMarket(folder).days
      chains = readChains(join(folder, tableNames.chains))
    })

    test('no volatility of any day is anything but a number above zero', () => {
      for (const day of days) {
        const surface = SpxSurface.fromIndices(day)
        for (const years of tenors)
          for (const moneyness of [0.5, 0.8, 1, 1.2, 2]) {
            const volatility = SpxSurface.volatility(surface, { years, strike: day.spx.close * moneyness })
            if (!(volatility > 0 && volatility < 10)) expect.fail(`${volatility} on ${day.date}`)
          }
        for (const { expiry, settle } of day.futures) {
          expect(VixForward.at(day, expiry)).toEqual({ level: settle, basis: 'listed' })
          if (expiry === day.date) continue
          const years = (expiry - day.date) / 31_536_000
          const volatility = VixVolatility.volatility(day, { years, strike: settle * 1.3, forward: settle })
          if (volatility !== undefined && !(volatility > 0 && volatility < 20))
            expect.fail(`VIX: ${volatility} on ${day.date}`)
        }
      }
    })

    // Beyond 93 days calls far out of the money can be: on a few days of steep inversion, docs/options-surface.md.
    test('up to 93 days no calendar spread of four deviations down to three up can be had for nothing', () => {
      for (const day of days) {
        const surface = SpxSurface.fromIndices(day)
        const smiles = tenors
          .filter((years) => years <= 93 / 365)
          .map((years) => SpxSurface.smile(surface, years))
        for (const [i, near] of smiles.slice(0, -1).entries())
          for (const z of deviations) {
            const k = z * Math.sqrt(near.theta)
            const [less, more] = [Smile.totalVariance(near, k), Smile.totalVariance(smiles[i + 1]!, k)]
            if (more < less * (1 - 1e-9)) expect.fail(`${day.date}: ${less} at ${z} falls to ${more}`)
          }
      }
    })

    test('the surface of indices is within a point and a half of real chains at 0.20 delta, in the mean', () => {
      const byDate = new Map(days.map((day) => [day.date, day]))
      const misses: number[] = []
      for (const chain of chains.values()) {
        const day = byDate.get(chain.date)
        if (day === undefined || Math.abs(chain.spot / day.spx.close - 1) > 0.001) continue
        const surface = SpxSurface.fromIndices(day)
        for (const slice of ChainSlice.ofChain(chain, day.billYield)) {
          if (slice.years < 20 / 365 || slice.years > 65 / 365) continue
          const smile = SpxSurface.smile(surface, slice.years)
          for (const { strike, delta, volatility } of slice.options)
            if (delta > 0.15 && delta < 0.25)
              misses.push(Smile.volatility(smile, Math.log(strike / slice.forward), slice.years) - volatility)
        }
      }
      const meanMiss = misses.reduce((sum, each) => sum + Math.abs(each), 0) / misses.length
      expect(misses.length).toBeGreaterThan(1_000)
      expect(meanMiss).toBeLessThan(0.015)
    })

    test('a surface fitted to a chain is within half a point of it at the money', () => {
      const chain = [...chains.values()].at(-1)!
      const surface = fromChain(chain, 0.054)
      const slice = ChainSlice.ofChain(chain, 0.054).find(({ years }) => years > 25 / 365)!
      const near = slice.options.filter(({ delta }) => delta > 0.4)
      for (const { strike, volatility } of near) {
        const smile = SpxSurface.smile(surface, slice.years)
        const fitted = Smile.volatility(smile, Math.log(strike / slice.forward), slice.years)
        expect(Math.abs(fitted - volatility)).toBeLessThan(0.005)
      }
    })

    test('half-spreads of the model lie within a factor of two of most quotes', () => {
      const byDate = new Map(days.map((day) => [day.date, day]))
      const ratios = [...chains.values()].flatMap((chain) => {
        const spot = byDate.get(chain.date)?.spx.close ?? chain.spot
        return ChainSlice.ofChain(chain, 0.02)
          .filter(({ years }) => years < 0.5)
          .flatMap(({ years, options }) =>
            options
              .filter(({ delta, bid, ask }) => delta > 0.03 && ask > bid)
              .map((option) => {
                const quoted = { date: chain.date, spot, mid: OptionChain.mid(option), years }
                return OptionChain.halfSpread(option) / halfSpread.spx(quoted)
              }),
          )
      })
      const within = ratios.filter((each) => each > 0.5 && each < 2).length / ratios.length
      expect(within).toBeGreaterThan(0.85)
    })
  },
)
