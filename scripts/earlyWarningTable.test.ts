import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dataDir } from '@cutwater/host/config/dataDir.ts'
import { loadHistory } from '@cutwater/host/history/loadHistory.ts'
import { expect, it } from 'vitest'
import { withTable } from './docFigures.ts'
import { page, tableOf } from './earlyWarningTable.ts'

const folder = join(dataDir() ?? '', 'nomad')
const isAtHand = dataDir() !== undefined && existsSync(join(folder, 'events.csv'))

it.skipIf(!isAtHand)(`${page} says what the recorded history gives`, () => {
  const text = readFileSync(page, 'utf8')
  expect(withTable(text, tableOf(loadHistory(folder))), 'run: npx node scripts/earlyWarningTable.ts').toBe(
    text,
  )
})
