import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { verdicts } from '@cutwater/engine/translate/Translation.ts'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { cutwater, jsonOf, newFolder, removeFolder } from './cutwater.fixture.ts'

let folder: string
beforeAll(() => {
  folder = newFolder()
  mkdirSync(join(folder, 'empty'))
  vi.stubEnv('CUTWATER_DATA', join(folder, 'empty'))
})
afterAll(() => {
  vi.unstubAllEnvs()
  removeFolder(folder)
})

const small = ['--paths', '1000', '--resamples', '2', '--workers', '1']

describe('cutwater translate without recorded data', () => {
  test('says what is missing, gives no verdict without two measurements, and answers from the incidents', async () => {
    const { out, err, code } = await cutwater('translate', ...small, '--json')
    expect({ err, code }).toEqual({ err: '', code: 0 })
    const { inputs, concepts, counts, split, breakEvenSignal, singleLayer, adversary, tornado } =
      JSON.parse(out)
    expect(inputs).toMatchObject({ market: null, record: null })
    expect(concepts.length).toBeGreaterThanOrEqual(29)
    for (const { name, options, bridge, verdict, why } of concepts) {
      expect(verdict, name).toBe('cannot be measured here')
      expect(options, name).toMatchObject({ effect: null, low: null, high: null })
      if (bridge.effect !== null)
        expect(bridge.low <= bridge.effect && bridge.effect <= bridge.high).toBe(true)
      expect(why.length, name).toBeGreaterThan(20)
    }
    expect(Object.keys(counts)).toEqual(verdicts)
    expect(split.low <= split.regretOf442Pct && split.regretOf442Pct <= split.high).toBe(true)
    expect(breakEvenSignal).toMatchObject({ hitRate: 0.5, recordHitRate: 14 / 77 })
    expect(singleLayer.map(({ name }: { name: string }) => name)).toContain('near-only')
    expect(adversary.ratio).toBeGreaterThan(1)
    expect(tornado.bars).toHaveLength(50)
    for (const { name, atLowPct, atHighPct } of tornado.bars)
      for (const { value, low, high } of [atLowPct, atHighPct])
        expect(low <= value && value <= high, name).toBe(true)
    expect(tornado.bars.filter(({ flips }: { flips: boolean }) => flips)).toHaveLength(tornado.flips.length)
    expect(await jsonOf('translate', ...small, '--workers', '2'), 'the same for any number of workers').toBe(
      out,
    )
  }, 120_000)

  test('prints every concept and the four answers, and writes a page that stands alone', async () => {
    const file = join(folder, 'deep', 'evidence.html')
    const { out } = await cutwater('translate', ...small, '--report', file)
    const page = readFileSync(file, 'utf8')
    for (const id of ['method', 'signal', 'economics', 'splits', 'signals', 'layers', 'breaks'])
      expect(page).toContain(`<section id="${id}">`)
    expect(page).not.toMatch(/(?:src|href)="(?!#|data:)|NaN|Infinity|undefined/)
    expect(out).toContain(`Report: ${file}`)
    for (const said of [
      /A\/D line/,
      /Steward against promoter/,
      /best split/,
      /rigid layer/,
      /analogy break/,
    ])
      expect(out).toMatch(said)
    expect(out).toMatch(/no market data: the options side is not measured/)
  }, 120_000)
})

test.each([
  [['--value', '-1'], /--value/],
  [['--paths', '10'], /--paths/],
  [['--market', '/nowhere'], /nowhere/],
])('a mistake is one line: %j', async (flags, said) => {
  const { err, code } = await cutwater('translate', ...flags)
  expect(code).toBe(2)
  expect(err).toMatch(said)
  expect(err.trim().split('\n')).toHaveLength(1)
})
