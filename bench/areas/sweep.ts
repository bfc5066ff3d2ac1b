import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { payoff } from '@cutwater/core/options/account/Instrument.ts'
import * as OptionsPolicy from '@cutwater/core/options/book/OptionsPolicy.ts'
import { legs } from '@cutwater/core/options/condor/Condor.ts'
import { termsOf } from '@cutwater/core/options/view/quote.ts'
import { byCube } from '@cutwater/engine/backtest/sweep/byCube.ts'
import * as Grid from '@cutwater/engine/backtest/sweep/Grid.ts'
import * as LegCube from '@cutwater/engine/backtest/sweep/LegCube.ts'
import type { Outcome } from '@cutwater/engine/backtest/sweep/outcome.ts'
import * as Track from '@cutwater/engine/backtest/Track.ts'
import type { Area } from '../harness.ts'
import { optionsMarket } from './optionsMarket.ts'

const shapes = Grid.parse('condor.shortDelta=0.12,0.16,0.2;condor.wing.value=0.03,0.05;gate.noneFrom=20,200')
const risks = [0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.12, 0.15]

/**
 * A sweep over condors that share their legs, against numpy with each set priced by itself, all days and legs at once.
 * Ours starts from a cube that is filled; the note has the ratio when it has to be filled first.
 */
export const sweep: Area = {
  name: 'sweep',
  prepare: async () => {
    const { views, source } = optionsMarket()
    const points = Grid.points(freeCondors, shapes).map(({ policy }) => policy)
    const sets = points.flatMap((policy) => risks.map((riskShare) => withRisk(policy, riskShare)))
    const cube = LegCube.create(views)
    const run = (from = cube) => byCube(from, sets)
    const numpy = await startNumpy(views, points, cube.interest)
    return {
      unit: 'M set-days/s',
      items: sets.length * views.length,
      target: 50,
      peer: numpy.name,
      agrees: areSame(run(), await numpy.run()),
      note: `${source}, ${sets.length} sets of ${points.length} condors; results agree to 1e-4`,
      ours: () => run(),
      theirs: () => numpy.run(),
      variants: [{ name: 'with the cube filled first', of: 'ours', run: () => run(LegCube.create(views)) }],
      close: () => numpy.close(),
    }
  },
}

const base = OptionsPolicy.of()
// Without costs, so that the baseline needs no quotes; large, so that every set can afford every condor, and one condor more or
// less, which the baseline may buy as it does not round interest, is far below what has to agree.
const freeCondors: OptionsPolicy.OptionsPolicy = {
  ...base,
  startCents: 1_000_000_000_00,
  hedge: { ...base.hedge, on: false },
  shift: { ...base.shift, on: false },
  costs: { commission: { spx: 0, vix: 0, vixFuture: 0, share: 0 }, spreadPaid: { single: 0, condor: 0 } },
}

function withRisk(policy: OptionsPolicy.OptionsPolicy, riskShare: number): OptionsPolicy.OptionsPolicy {
  return { ...policy, condor: { ...policy.condor, riskShare } }
}

type Child = ChildProcessByStdio<Writable, Readable, null>
type Numpy = {
  readonly name: string
  readonly run: () => Promise<readonly Result[]>
  readonly close: () => void
}
type Result = readonly [end: number, drawdown: number, wins: number]

async function startNumpy(
  views: LegCube.LegCube['views'],
  points: readonly OptionsPolicy.OptionsPolicy[],
  interest: Float64Array,
): Promise<Numpy> {
  const version = spawnSync('python3', ['-c', 'import numpy; print(numpy.__version__)'], { encoding: 'utf8' })
  if (version.status !== 0)
    throw new Error('the sweep is measured against numpy: apt-get install python3-numpy')
  const folder = mkdtempSync(join(tmpdir(), 'cutwater-bench-'))
  const file = join(folder, 'sets.f64')
  const { books, data } = booksOf(views, points)
  writeFileSync(file, data)
  const child: Child = spawn('python3', [join(import.meta.dirname, 'sweep.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })
  const sets = points.flatMap((_, book) => risks.map((risk) => [book, risk]))
  const start = freeCondors.startCents
  await ask(child, lines, JSON.stringify({ file, interest: [...interest], books, sets, start }))
  return {
    name: `numpy ${version.stdout.trim()}, a set at a time`,
    run: async () => JSON.parse(await ask(child, lines, 'go')),
    close: () => {
      child.stdin.end()
      rmSync(folder, { recursive: true })
    },
  }
}

function ask(child: Child, lines: Interface, line: string): Promise<string> {
  const answer = new Promise<string>((resolve) => lines.once('line', resolve))
  child.stdin.write(`${line}\n`)
  return answer
}

/** The trades of each condor, folded once, and for each leg and day what Black-76 takes. */
function booksOf(views: LegCube.LegCube['views'], points: readonly OptionsPolicy.OptionsPolicy[]) {
  const chunks: Float64Array[] = []
  let offset = 0
  const books = points.map((policy) => {
    const { closed, trades } = Track.run(views, withRisk(policy, 0.02)).book
    const all = [...closed, ...trades].sort((a, b) => a.openedAt - b.openedAt)
    const columns: number[][][] = Array.from({ length: 6 }, () => [[], [], [], []])
    const days: number[] = []
    const rows = all.map(({ openedAt, condor }) => {
      const entry = views.findIndex(({ date }) => date === openedAt)
      const found = views.findIndex(({ date }) => date >= condor.expiry)
      const end = found < 0 ? views.length : found
      const first = days.length
      let paid = 0
      for (const [leg, { instrument, sign }] of legs(condor).entries()) {
        for (let day = entry; day < end; day++) {
          const { forward, strike, volatility, years, discount } = termsOf(views[day]!, instrument)!
          for (const [column, value] of [forward, strike, volatility, years, discount, 0].entries())
            columns[column]![leg]!.push(value)
          if (leg === 0) days.push(day)
        }
        if (end < views.length)
          paid += sign * Math.round(payoff(instrument, views[end]!.day.spx.open) * 10_000)
      }
      const width = Math.max(condor.putShort - condor.putWing, condor.callWing - condor.callShort) * 10_000
      return [first, days.length, entry, end, width, paid]
    })
    const data = Float64Array.from(columns.flat(2))
    chunks.push(data)
    const book = { offset, size: days.length, days, trades: rows }
    offset += data.length
    return book
  })
  const data = new Float64Array(offset)
  let at = 0
  for (const chunk of chunks) {
    data.set(chunk, at)
    at += chunk.length
  }
  return { books, data }
}

// The baseline adds interest without rounding it to the cent, so that a condor more or less may be bought.
function areSame(ours: readonly Outcome[], theirs: readonly Result[]): boolean {
  return ours.every(({ endCents, maxDrawdown, wins }, i) => {
    const [end, drawdown, won] = theirs[i]!
    return (
      Math.abs(endCents / end - 1) < 1e-4 &&
      Math.abs(maxDrawdown - drawdown) < 1e-4 &&
      Math.abs(wins - won) <= 3
    )
  })
}
