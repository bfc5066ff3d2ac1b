import * as OptionsPolicy from '@cutwater/core/options/book/OptionsPolicy.ts'
import { prepare } from '@cutwater/core/options/view/prepare.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { madeUpHistory } from '../testing/madeUpHistory.ts'
import { byCube } from './byCube.ts'
import * as Grid from './Grid.ts'
import * as LegCube from './LegCube.ts'
import { byFold } from './outcome.ts'
import { sweep } from './sweep.ts'

const history = madeUpHistory({ from: '2019-01-02', days: 500, seed: 5, crash: { day: 300, vix: 55 } })
const views = prepare(history)
const base = OptionsPolicy.of()
const alone = { ...base, hedge: { ...base.hedge, on: false }, shift: { ...base.shift, on: false } }

const policy = fc
  .record({
    startCents: fc.constantFrom(30_000_00, 200_000_00, 5_000_000_00),
    shortDelta: fc.constantFrom(0.12, 0.16, 0.25),
    wing: fc.constantFrom({ by: 'delta' as const, value: 0.05 }, { by: 'points' as const, value: 60 }),
    widen: fc.constantFrom(0, 1),
    riskShare: fc.constantFrom(0.01, 0.02, 0.1, 0.3),
    maxOpen: fc.constantFrom(1, 2),
    days: fc.constantFrom({ least: 30, most: 45 }, { least: 20, most: 36 }),
    noneFrom: fc.constantFrom(16, 20, 200),
    paid: fc.constantFrom(0, 0.5, 1),
  })
  .map(({ startCents, noneFrom, paid, ...condor }) => ({
    ...alone,
    startCents,
    condor: { ...alone.condor, ...condor },
    gate: { ...alone.gate, noneFrom },
    costs: { ...alone.costs, spreadPaid: { single: paid, condor: paid } },
  }))

describe('sets that share their legs', () => {
  it('law: come to the same as when each is folded by itself, to the cent', () => {
    const cube = LegCube.create(views)
    fc.assert(
      fc.property(fc.array(policy, { minLength: 1, maxLength: 6 }), (policies) => {
        expect(policies.every(LegCube.fits)).toBe(true)
        expect(byCube(cube, policies)).toEqual(policies.map((each) => byFold(views, each)))
      }),
      { numRuns: 12 },
    )
  })

  it('do not include what condors alone cannot tell apart', () => {
    expect(LegCube.fits(base)).toBe(false)
    expect(LegCube.fits({ ...alone, condor: { ...alone.condor, maxOpen: 3 } })).toBe(false)
    expect(LegCube.fits({ ...alone, condor: { ...alone.condor, days: { least: 20, most: 60 } } })).toBe(false)
    expect(LegCube.fits(OptionsPolicy.daily())).toBe(false)
  })
})

describe('sweep', () => {
  it('runs every set of a grid, whether it shares legs or not', () => {
    const { sets, range } = sweep(
      history,
      base,
      Grid.parse('hedge.on=true,false;shift.on=false;condor.shortDelta=0.1,0.2'),
    )
    expect(sets.map(({ values }) => values)).toEqual([
      { 'hedge.on': true, 'shift.on': false, 'condor.shortDelta': 0.1 },
      { 'hedge.on': true, 'shift.on': false, 'condor.shortDelta': 0.2 },
      { 'hedge.on': false, 'shift.on': false, 'condor.shortDelta': 0.1 },
      { 'hedge.on': false, 'shift.on': false, 'condor.shortDelta': 0.2 },
    ])
    expect(range.days).toBe(500)
    expect(new Set(sets.map(({ endUsd }) => endUsd)).size).toBe(4)
  })

  it.each([
    ['gate.noneform=20', 'SWEEP_KEY_UNKNOWN', '"noneFrom"'],
    ['gate=20', 'SWEEP_VALUE_INVALID', 'a key inside of it'],
    ['gate.noneFrom=high', 'SWEEP_VALUE_INVALID', 'a number'],
    ['gate.noneFrom', 'SWEEP_INVALID', 'key=value'],
    ['gate.noneFrom.more=1', 'SWEEP_KEY_UNKNOWN', 'a key with a value'],
    ['condor.riskShare=2', 'OPTIONS_POLICY_INVALID', 'at most 1'],
  ])('refuses %s', (text, code, right) => {
    const run = () => sweep(history, base, Grid.parse(text))
    expect(run).toThrow(`[${code}]`)
    expect(run).toThrow(right)
  })

  it('refuses a grid that would never end', () => {
    const axis = (key: string) => `${key}=${Array.from({ length: 200 }, (_, i) => i + 1).join(',')}`
    expect(() =>
      Grid.points(
        base,
        Grid.parse(`${axis('gate.noneFrom')};${axis('condor.maxOpen')};${axis('condor.strikeStep')}`),
      ),
    ).toThrow('[SWEEP_TOO_LARGE]')
  })
})
