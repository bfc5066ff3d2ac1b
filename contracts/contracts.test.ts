import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { root, runForge } from './script/forge.ts'
import { readAll, renderAll } from './script/generateAbis.ts'

// Forge compiles and runs everything once; each of its tests then shows here under its own name. The whole takes
// about a minute on two cores, several when they are busy. More runs: FOUNDRY_PROFILE=deep.
const forgeTimeout = 20 * 60_000

type TestResult = {
  readonly status: 'Success' | 'Failure' | 'Skipped'
  readonly reason: string | null
  readonly counterexample: unknown
}
type Suites = Readonly<Record<string, { readonly test_results: Readonly<Record<string, TestResult>> }>>
type Suite = { readonly name: string; readonly key: string; readonly tests: readonly string[] }

const suites = findSuites(join(root, 'contracts', 'test'))
let results: Suites = {}

beforeAll(async () => {
  const run = await runForge(['test', '--json'])
  results = parseResults(run.stdout, run.stderr)
}, forgeTimeout)

describe.each(suites)('forge $name', ({ key, tests }) => {
  it.each(tests)('%s', (test) => {
    const suite = results[key]?.test_results ?? {}
    const name = Object.keys(suite).find((signature) => signature.split('(')[0] === test)
    const failures = (name ? [[name, suite[name]!] as const] : Object.entries(suite)).filter(([, one]) =>
      isFailure(one),
    )
    expect(name, `not run by Forge${failures.map(describeFailure).join('')}`).toBeDefined()
    expect(failures.map(describeFailure)).toEqual([])
  })
})

describe('forge', () => {
  it('runs no suite and no test that is not listed here', () => {
    const listed = suites.flatMap(({ key, tests }) => tests.map((test) => `${key} ${test}`)).sort()
    const run = Object.entries(results)
      .flatMap(([key, suite]) =>
        Object.keys(suite.test_results).map((test) => `${key} ${test.split('(')[0]}`),
      )
      .sort()
    expect(run).toEqual(listed)
  })
})

describe('contracts/generated', () => {
  it(
    'is what the sources compile to; renew it with: node contracts/script/generateAbis.ts',
    async () => {
      const { code, stdout, stderr } = await runForge(['build'])
      expect(code, stdout + stderr).toBe(0)
      const now = readAll()
      const right = renderAll()
      expect([...now.keys()].sort()).toEqual([...right.keys()].sort())
      expect([...right.keys()].filter((name) => now.get(name) !== right.get(name))).toEqual([])
    },
    forgeTimeout,
  )
})

function findSuites(folder: string): Suite[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.t.sol'))
    .sort()
    .map((path) => {
      const text = readFileSync(join(folder, path), 'utf8')
      const name = /^contract (\w+(?:Test|Fuzz|Invariant)) /m.exec(text)?.[1] ?? path
      const tests = [...text.matchAll(/^ {4}function ((?:test|invariant)\w*)/gm)].map((match) => match[1]!)
      return { name, key: `${relative(root, join(folder, path))}:${name}`, tests }
    })
}

function parseResults(stdout: string, stderr: string): Suites {
  try {
    return JSON.parse(stdout) as Suites
  } catch {
    throw new Error(`Forge gave no results:\n${stderr}${stdout}`.slice(0, 10_000))
  }
}

function isFailure(result: TestResult): boolean {
  return result.status !== 'Success'
}

function describeFailure([name, { reason, counterexample }]: readonly [string, TestResult]): string {
  const example = counterexample
    ? `\n  counterexample: ${JSON.stringify(counterexample).slice(0, 2_000)}`
    : ''
  return `\n${name}: ${reason ?? 'failed'}${example}`
}
