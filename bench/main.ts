import { parseArgs } from 'node:util'
import { backtest } from './areas/backtest.ts'
import { fullStep } from './areas/fullStep.ts'
import { impliedVolatility } from './areas/impliedVolatility.ts'
import { macd } from './areas/macd.ts'
import { matching } from './areas/matching.ts'
import { journalMoment, journalOpen } from './areas/millionJournaled.ts'
import { journalPage } from './areas/millionShown.ts'
import { simulationAgents, simulationMoving, simulationStill } from './areas/monteCarlo.ts'
import { optionPrice } from './areas/optionPrice.ts'
import { rsi } from './areas/rsi.ts'
import { rsiStream } from './areas/rsiStream.ts'
import { sweep } from './areas/sweep.ts'
import { tilt } from './areas/tilt.ts'
import type { Area, Row } from './harness.ts'
import { measure, table } from './harness.ts'

const areas: readonly Area[] = [
  rsi,
  macd,
  rsiStream,
  tilt,
  matching,
  fullStep,
  optionPrice,
  impliedVolatility,
  backtest,
  sweep,
  simulationMoving,
  simulationStill,
  simulationAgents,
]

/** Those that take minutes to prepare: run when they are named. */
const longAreas: readonly Area[] = [journalOpen, journalMoment, journalPage]

const help = `Measures Cutwater against its peers, side by side in one process.

  npm run bench                       all areas but the long ones, as a table
  npm run bench -- --only rsi,tilt    some of them
  npm run bench -- --json             the result as JSON

Each area first checks that both sides give the same results; a disagreement ends with exit code 1.
Areas: ${areas.map((area) => area.name).join(', ')}
Long ones: ${longAreas.map((area) => area.name).join(', ')}`

const { values } = parseArgs({
  options: { json: { type: 'boolean' }, only: { type: 'string' }, help: { type: 'boolean' } },
})
if (values.help) console.log(help)
else await run(values.only?.split(','), values.json === true)

async function run(only: readonly string[] | undefined, json: boolean): Promise<void> {
  const all = [...areas, ...longAreas]
  const unknown = only?.find((name) => !all.some((area) => area.name === name))
  if (unknown !== undefined) {
    console.error(`there is no area "${unknown}"; expected one of ${all.map((area) => area.name).join(', ')}`)
    process.exitCode = 2
    return
  }
  const rows: Row[] = []
  const chosen = only === undefined ? areas : all.filter(({ name }) => only.includes(name))
  for (const area of chosen) rows.push(await rowOf(area))
  console.log(json ? JSON.stringify({ areas: rows }, null, 2) : table(rows))
  if (rows.some((row) => !row.agrees)) process.exitCode = 1
}

async function rowOf({ name, prepare }: Area): Promise<Row> {
  console.error(`${name} …`)
  const contest = await prepare()
  try {
    return await measure(name, contest)
  } finally {
    contest.close?.()
  }
}
