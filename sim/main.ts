import { parseArgs } from 'node:util'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { type Report, run, usualSteps } from './run.ts'

const help = `Plays whole bridges in made-up time, with faults, and checks what must hold; the same seed is the same run.

  npm run sim -- --seed 7 --steps 4000      one seed, so many things happening before the faults cease
  npm run sim -- --seeds 1..10000 --json    many; prints { seeds, violations, ... }
  npm run sim -- --seed 7 --trace           every line of what happened

A violation is told with its seed, step, invariant, the last events and the command that shows it again.`

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string' },
    steps: { type: 'string' },
    trace: { type: 'boolean' },
    json: { type: 'boolean' },
    help: { type: 'boolean' },
  },
})
if (values.help) console.log(help)
else await main().catch(refuse)

async function main(): Promise<void> {
  const steps = numberOf('steps', values.steps ?? String(usualSteps))
  const [first, last] = rangeOf()
  const began = performance.now()
  const broken: Report[] = []
  let [told, happened] = [began, 0]
  for (let seed = first; seed <= last; seed++) {
    const report = await run(seed, { steps, isWhole: values.trace === true })
    happened += report.steps
    if (report.trace !== null) console.log(report.trace.join('\n'))
    if (report.violations.length > 0) {
      broken.push(report)
      console.error(storyOf(report, steps))
    }
    if (performance.now() - told < 2_000) continue
    told = performance.now()
    console.error(`seed ${seed} of ${first}..${last}, ${broken.length} violated`)
  }
  const seeds = last - first + 1
  const seconds = (performance.now() - began) / 1_000
  const violations = broken.reduce((sum, each) => sum + each.violations.length, 0)
  const result = {
    seeds,
    violations,
    broken: broken.map(({ seed }) => seed),
    steps: happened,
    seconds: Number(seconds.toFixed(1)),
  }
  console.log(
    values.json
      ? JSON.stringify(result)
      : `${seeds} seeds, ${violations} violations; ${happened} steps in ${result.seconds} s`,
  )
  if (violations > 0) process.exitCode = 1
}

function storyOf({ seed, violations }: Report, steps: number): string {
  return violations
    .map(({ step, invariant, what, last }) =>
      [
        `seed ${seed}, step ${step}: "${invariant}" is violated: ${what}`,
        ...last.map((line) => `  ${line}`),
        `  again: npm run sim -- --seed ${seed} --steps ${steps}`,
      ].join('\n'),
    )
    .join('\n')
}

function rangeOf(): readonly [number, number] {
  if (values.seeds === undefined) {
    const seed = numberOf('seed', values.seed ?? '1')
    return [seed, seed]
  }
  const [first = '', last = ''] = values.seeds.split('..')
  const range = [numberOf('seeds', first), numberOf('seeds', last)] as const
  if (range[0] > range[1]) throw refused('seeds', values.seeds, 'the smaller seed first')
  return range
}

function numberOf(name: string, text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw refused(name, text, name === 'seeds' ? 'two whole numbers, as in 1..10000' : 'a whole number')
}

function refused(name: string, text: string, right: string): CutwaterError {
  return new CutwaterError('OPTION_INVALID', `--${name} is "${text}"`, { right })
}

function refuse(error: unknown): void {
  if (!(error instanceof CutwaterError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
