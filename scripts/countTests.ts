import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { argv } from 'node:process'
import { pathToFileURL } from 'node:url'

/** Vitest's JSON report, as far as it is read here. */
export type Report = {
  readonly success: boolean
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}

/** How many tests passed, and what did not, each by name. */
export type Count = { readonly passed: number; readonly failures: readonly string[] }

/**
 * Counts a report so that nothing is lost: a test that did not run is a failure, a file that could not be read is
 * one, and a run that failed without naming a test is one.
 *
 * @example
 * countTests({ success: true, testResults: [] }) // { passed: 0, failures: ['no test ran'] }
 */
export function countTests({ success, testResults }: Report, root = ''): Count {
  let passed = 0
  const failures: string[] = []
  for (const { name, status, assertionResults } of testResults) {
    const file = relative(root, name)
    for (const test of assertionResults) {
      if (test.status === 'passed') passed += 1
      else failures.push(`${file}: ${test.fullName} (${test.status})`)
    }
    const isNamed = assertionResults.some((test) => test.status !== 'passed')
    if (status !== 'passed' && !isNamed) failures.push(`${file} (${status})`)
  }
  if (!success && failures.length === 0) failures.push('the run failed, though no test did')
  if (passed === 0 && failures.length === 0) failures.push('no test ran')
  return { passed, failures }
}

// `node scripts/countTests.ts report.json` prints the number passed, then one line for each failure.
if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  const report: Report = JSON.parse(readFileSync(argv[2]!, 'utf8'))
  const { passed, failures } = countTests(report, process.cwd())
  process.stdout.write([passed, ...failures].map((line) => `${line}\n`).join(''))
}
