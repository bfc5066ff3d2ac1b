import { createHash } from 'node:crypto'
import type { BacktestResult } from '@cutwater/engine/backtest/BacktestResult.ts'
import { backtest } from '@cutwater/engine/backtest/backtest.ts'
import { madeUpHistory } from '@cutwater/engine/backtest/testing/madeUpHistory.ts'
import { describe, expect, it } from 'vitest'
import { backtestReport } from './backtestReport.ts'

const result = backtest(
  madeUpHistory({ from: '2019-06-03', days: 1000, seed: 11, crash: { day: 180, vix: 65 } }),
)
const page = backtestReport(result, { command: 'cutwater backtest --report r.html' })

describe('the report of a backtest', () => {
  it('stands alone, under a policy that lets nothing in but its own style and script', () => {
    expect(page).not.toMatch(/https?:|wss?:|@import|\burl\((?!#)/)
    expect(page).not.toMatch(/ style="| on\w+="/)
    for (const element of ['style', 'script']) {
      const text = new RegExp(`<${element}>([\\s\\S]*?)</${element}>`).exec(page)?.[1]
      expect(page).toContain(createHash('sha256').update(text!).digest('base64'))
    }
  })

  it('is the same to the byte for the same result', () => {
    expect(backtestReport(result, { command: 'cutwater backtest --report r.html' })).toBe(page)
  })

  it('has every variant, every claim with its verdict, every parameter, and no number that is none', () => {
    const text = page.replace(/<script[\s\S]*?<\/script>/g, '').replace(/<[^>]*>/g, ' ')
    for (const { name } of result.variants) expect(text).toContain(name)
    for (const { id, verdict } of result.claims)
      expect(text).toMatch(new RegExp(`${id} [\\s\\S]{1,400}${verdict}`))
    for (const { name } of result.parameters) expect(text).toContain(name)
    expect(text).not.toMatch(/NaN|undefined|Infinity|\[object/)
  })

  it('lets no text of the result become markup', () => {
    const poison = '<xss onload="x">'
    const claims = result.claims.map((claim) => ({ ...claim, why: poison, claimed: poison }))
    const poisoned: BacktestResult = { ...result, claims, notes: [poison], posture: poison }
    expect(backtestReport(poisoned, { command: poison })).not.toContain('<xss')
  })

  it('can be drawn of next to nothing', () => {
    const none = { ...result, variants: [], benchmarks: [], claims: [], notes: [], parameters: [] }
    expect(backtestReport(none)).toContain('No variant was run.')
  })
})
