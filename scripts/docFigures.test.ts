import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dataDir } from '@cutwater/host/config/dataDir.ts'
import { loadHistory } from '@cutwater/host/history/loadHistory.ts'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Figure, figureOf, figuresOf, pages, picture, tablesOf, withTable } from './docFigures.ts'
import { drawCutwater } from './drawCutwater.ts'
import { cellsOf, page } from './guardSensitivity.ts'
import { millions } from './millions.ts'

const data = dataDir()
const nomad = data === undefined ? undefined : join(data, 'nomad')

const again = 'run: npx node scripts/docFigures.ts'

describe('the figures in the documents', () => {
  describe.skipIf(nomad === undefined)('are what a replay of the recorded history gives', () => {
    let figures: readonly Figure[] = []
    beforeAll(() => {
      figures = figuresOf(loadHistory(nomad!))
    })

    it.each(pages)('%s', (page) => {
      const text = readFileSync(page, 'utf8')
      expect(withTable(text, tablesOf(figures).get(page)!), again).toBe(text)
    })

    it(picture, () => {
      expect(drawCutwater(figures), again).toBe(readFileSync(picture, 'utf8'))
    })

    it(`${page}, where all settings are ours`, () => {
      const { recorded: limit } = figureOf(figures, 'adaptive', 2)
      const { recorded: prove, deceived } = figureOf(figures, 'adaptive', 3)
      const ours = readFileSync(page, 'utf8').match(/(?<=^\| \w+ \| \*\*[\d.]+\*\* \| ).*(?= \|$)/gm)
      const expected = cellsOf(limit, prove, deceived).join(' | ')
      expect(new Set(ours), 'run: npx node scripts/guardSensitivity.ts --write').toEqual(new Set([expected]))
    })
  })

  it('stand between two marks, and nothing else moves', () => {
    const text = 'a\n<!-- figures -->\nold\n<!-- end of figures -->\nb'
    expect(withTable(text, 'new')).toBe('a\n<!-- figures -->\nnew\n<!-- end of figures -->\nb')
    expect(() => withTable('a', 'new')).toThrow('the text lacks')
  })

  it('are in a picture that needs nothing from elsewhere', () => {
    expect(existsSync(picture)).toBe(true)
    const drawn = readFileSync(picture, 'utf8')
    expect(drawn).not.toMatch(/href|@import|url\(|<script|NaN/)
    expect(drawn).toMatch(/^<svg [\s\S]*<title[\s\S]*<\/svg>\n$/)
  })

  it('show millions with the digits that matter', () => {
    expect([159_577_684.91, 12_300_000, 9_949_999, 2_297_085.89, 61_400, 0].map(millions)).toEqual([
      '$159.6M',
      '$12.3M',
      '$9.95M',
      '$2.30M',
      '$0.06M',
      '$0',
    ])
  })
})
