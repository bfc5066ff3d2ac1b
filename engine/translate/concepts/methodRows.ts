import type { OptionsPolicy } from '@cutwater/core/options/book/OptionsPolicy.ts'
import * as Plan from '@cutwater/core/simulation/attack/Plan.ts'
import * as Rng from '@cutwater/core/simulation/Rng.ts'
import type { Drawn } from '../bench/BridgeBench.ts'
import { fixed, type Row, tilted, whole } from './Row.ts'

/** What signals catch and how often they err is assumed, so all that might be assumed is drawn from. */
const anySignal: Drawn = {
  asMeasured: {},
  draw: (rng) => ({ hitRate: Rng.uniform(rng), falseAlarmsPerYear: 100 * Rng.uniform(rng) }),
}

/** The method's own parts: what it would mean for the method as a whole to translate. */
export function methodRows(): readonly Row[] {
  const policy = whole()
  const withHedge = (hedge: Partial<OptionsPolicy['hedge']>) => ({
    policy: { ...policy, hedge: { ...policy.hedge, ...hedge } },
  })
  const oneTenor = (days: number) => withHedge({ tenorDays: { near: days, mid: days, far: days } })
  return [
    {
      name: 'Protection at all',
      group: 'method',
      options: {
        definition: 'ten VIX calls for ten condors, always on',
        measured: 'the whole method with the ladder, against the same without any call',
        on: { policy },
        off: [withHedge({ on: false })],
      },
      bridge: {
        definition: '2% of the value locked a year for guard, bond and govern',
        measured: 'simulated: static 4/4/2, against a bridge that spends nothing',
        on: fixed,
        off: [{ recipe: Plan.recipeOf('none') }],
      },
    },
    {
      name: 'Three layers, 4/4/2',
      group: 'method',
      options: {
        definition: 'calls of 30, 110 and 220 days, 4/4/2',
        measured: '4/4/2, against the best of three ladders with all ten calls at one tenor',
        on: { policy },
        off: [oneTenor(30), oneTenor(110), oneTenor(220)],
      },
      bridge: {
        definition: 'guard, bond and govern, 40/40/20 of one budget',
        measured: 'simulated: 4/4/2, against the best of guard only, bond only and govern only',
        on: fixed,
        off: (['near-only', 'mid-only', 'far-only'] as const).map((name) => ({
          recipe: Plan.recipeOf(name),
        })),
      },
      note: 'The best single layer is known only afterwards, so this is the hardest comparison there is.',
    },
    {
      name: 'Tilt by live stress',
      group: 'method',
      options: {
        definition: 'weights follow the stress of all signals, within floors and caps',
        measured: 'the whole method tilted, against 4/4/2 held fixed',
        on: { policy: tilted() },
        off: [{ policy }],
      },
      bridge: {
        definition: 'the same tilt, acute in the hours after a signal',
        measured:
          'simulated: adaptive, against static; half of all signs caught and a false alarm a month, as assumed, none to all and none to a hundred a year within the interval',
        on: { recipe: Plan.recipeOf('adaptive'), drawn: anySignal },
        off: [fixed],
      },
    },
    {
      name: 'Time shift',
      group: 'method',
      options: {
        definition: 'a threatened condor is rolled to a later expiry',
        measured: 'the whole method with rolls, against holding to expiry',
        on: { policy },
        off: [{ policy: { ...policy, shift: { ...policy.shift, on: false } } }],
      },
      bridge: {
        definition: 'value that does not fit the limit waits four hours, time for people to look',
        measured: 'simulated: static with holds, against limits that hold nothing back',
        on: fixed,
        off: [{ ...fixed, changes: { holdSeconds: 0, holdLossShare: 0 } }],
      },
    },
    {
      name: 'Gate',
      group: 'method',
      options: {
        definition: 'no new condor from VIX 20 on',
        measured: 'the whole method with the gate, against opening at any VIX',
        on: { policy },
        off: [{ policy: { ...policy, gate: { ...policy.gate, on: false } } }],
      },
      bridge: {
        definition: 'no release on a route with a hard finding: watchers pause it',
        measured:
          'simulated: static with watchers, against the same money for people and tighter limits, nobody watching',
        on: fixed,
        off: [{ ...fixed, changes: { watchShare: 0 } }],
      },
    },
  ]
}
