import { describe, expect, it } from 'vitest'
import { countTests } from './countTests.ts'

type Status = 'passed' | 'failed' | 'skipped' | 'pending' | 'todo'

const file = (status: string, ...statuses: Status[]) => ({
  name: '/x/core/a.test.ts',
  status,
  assertionResults: statuses.map((each, index) => ({ fullName: `test ${index}`, status: each })),
})
const count = (success: boolean, ...testResults: ReturnType<typeof file>[]) =>
  countTests({ success, testResults }, '/x')

describe('counting tests', () => {
  it('counts what passed', () => {
    expect(count(true, file('passed', 'passed', 'passed'), file('passed', 'passed'))).toEqual({
      passed: 3,
      failures: [],
    })
  })

  it.each(['failed', 'skipped', 'pending', 'todo'] as const)('names a test that is %s', (status) => {
    expect(count(true, file('passed', 'passed', status))).toEqual({
      passed: 1,
      failures: [`core/a.test.ts: test 1 (${status})`],
    })
  })

  it('names a file that failed before its tests did', () => {
    expect(count(false, file('failed'), file('failed', 'passed'))).toEqual({
      passed: 1,
      failures: ['core/a.test.ts (failed)', 'core/a.test.ts (failed)'],
    })
  })

  it('counts a file with a failed test once', () => {
    expect(count(false, file('failed', 'failed')).failures).toEqual(['core/a.test.ts: test 0 (failed)'])
  })

  it('takes no failed run for a good one, and no empty one', () => {
    expect(count(false, file('passed', 'passed')).failures).toEqual(['the run failed, though no test did'])
    expect(count(true).failures).toEqual(['no test ran'])
  })
})
