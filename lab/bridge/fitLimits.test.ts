import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import { describe, expect, test } from 'vitest'
import { coins, places, usdOf } from './Coins.ts'
import { fitLimits } from './fitLimits.ts'

describe('limits fitted on rehearsed traffic', () => {
  const limits = fitLimits(Policy.of('adaptive', { level: 3 }), 1)

  test('are the same for the same seed, and others for another', () => {
    const again = fitLimits({ ...Policy.of('adaptive', { level: 3 }), name: 'static' }, 1)
    expect(again).toEqual(limits)
    expect(fitLimits(Policy.of('adaptive', { level: 3 }), 2)).not.toEqual(limits)
  })

  test('let one honest transfer of a common size pass without a proof, and hours of traffic with one', () => {
    for (const place of places) {
      for (const coin of coins) {
        const { unproven, total } = limits[place][coin.symbol]
        // The median is $400; the unproven allowance is the median of what came (balanced posture).
        expect(usdOf(coin, unproven) / 100).toBeGreaterThan(200)
        expect(usdOf(coin, unproven) / 100).toBeLessThan(800)
        expect(total).toBeGreaterThan(100n * unproven)
      }
    }
  })

  test('a promoter’s allowance is wider than a steward’s', () => {
    const of = (posture: 'steward' | 'promoter') => fitLimits(Policy.of('adaptive', { level: 3, posture }), 1)
    const [tight, wide] = [of('steward'), of('promoter')]
    expect(wide.north.USD.unproven).toBeGreaterThan(tight.north.USD.unproven)
  })
})
