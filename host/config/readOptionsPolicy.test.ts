import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as OptionsPolicy from '@cutwater/core/options/book/OptionsPolicy.ts'
import { afterAll, describe, expect, it } from 'vitest'
import { readOptionsPolicy } from './readOptionsPolicy.ts'

const folder = mkdtempSync(join(tmpdir(), 'cutwater-'))
afterAll(() => rmSync(folder, { recursive: true }))
const read = (...lines: string[]) => {
  const file = join(folder, 'policy.yaml')
  writeFileSync(file, lines.join('\n'))
  return readOptionsPolicy(file)
}

describe('an options policy', () => {
  it('is the published rules where the file says nothing', () => {
    expect(read('posture: balanced')).toEqual(OptionsPolicy.of('balanced'))
    expect(read('condor: { style: daily, tier: aggressive }')).toEqual(OptionsPolicy.daily('aggressive'))
  })

  it('takes what the file says, key by key', () => {
    const base = OptionsPolicy.of('steward')
    const policy = read(
      'posture: steward',
      'accountUsd: 50000',
      'condor:',
      '  credit: { balanced: 1.2 }',
      'gate: { events: [cpi] }',
      'hedge: { strike: { by: points, value: { near: 5, mid: 8, far: 14 } } }',
    )
    expect(policy.startCents).toBe(50_000_00)
    expect(policy.condor.credit).toEqual({ ...base.condor.credit, balanced: 1.2 })
    expect(policy.gate).toEqual({ ...base.gate, events: ['cpi'] })
    expect(policy.hedge.strike).toEqual({ by: 'points', value: { near: 5, mid: 8, far: 14 } })
    expect(policy.hedge.tenorDays).toEqual(base.hedge.tenorDays)
  })

  it.each([
    [['gate:', '  noneForm: 20'], 'policy.yaml:2: gate.noneForm is not a known key', '"noneFrom"'],
    [['condor:', '  tier: bold'], 'policy.yaml:2: condor.tier is "bold"', '"balanced"'],
    [
      ['hedge:', '  strike: { by: delta, value: 2 }'],
      'policy.yaml:2: hedge.strike.value is 2',
      'a share from 0 to 1',
    ],
    [['condor: { shortDelta: 0.6 }'], 'policy.yaml: condor.shortDelta: it is 0.6', 'between 0 and 0.5'],
  ])('refuses %s', (lines, what, right) => {
    expect(() => read(...lines)).toThrow(what)
    expect(() => read(...lines)).toThrow(right)
  })
})
