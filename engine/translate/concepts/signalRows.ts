import type { MarketHistory } from '@cutwater/core/options/market/MarketDay.ts'
import * as Plan from '@cutwater/core/simulation/attack/Plan.ts'
import type { EarlyWarning } from '../../assess/earlyWarning.ts'
import type { Changes } from '../bench/BridgeBench.ts'
import * as Lens from '../bench/Lens.ts'
import type { OptionsCase } from '../bench/OptionsBench.ts'
import * as Hearing from './Hearing.ts'
import { fixed, type Row, tilted, whole } from './Row.ts'

/** What there is to read signals from. */
export type Sources = {
  readonly history: MarketHistory | undefined
  readonly warning: EarlyWarning | undefined
  /** incidents in which a planned change came before the attack, of all */
  readonly planned: { readonly hits: number; readonly attacks: number }
  /** the most that any signal can save here, in words */
  readonly ceiling: string
}

/** The signals of the method: the ladder tilted by each alone, against 4/4/2 held fixed. */
export function signalRows(sources: Sources): readonly Row[] {
  const { history } = sources
  const month = (key: string, kind: 'level' | 'change') =>
    history?.economy.some(({ values }) => values[key] !== undefined)
      ? byLens(Lens.monthly(history, key, { near: 0.5, mid: 0.5, far: 0 }, kind))
      : 'no such series on record'
  const row = rowOf(sources)
  return [
    row('A/D line', {
      options: ['NYSE advances less declines, summed', byLens(Lens.advanceDecline(nearAndMid))],
      bridge: [
        'tokens and routes with net inflow less those with outflow, summed',
        { signal: 'advanceDecline' },
      ],
      replays: 'breadth',
    }),
    row('RSI (14)', {
      options: ['RSI of SPX, VIX and the A/D line', byLens(Lens.of('vixRsi', 'spxRsi', 'breadth'))],
      bridge: ['RSI of the value locked', { signal: 'lockedRsi' }],
      replays: 'lockedRsi',
    }),
    row('MACD (12,26,9)', {
      options: ['MACD of VIX', byLens(Lens.of('vixMacd'))],
      bridge: ['MACD of net flow ÷ value locked', { signal: 'flow' }],
      replays: 'flow',
    }),
    row('VIX', {
      options: ['implied volatility, with that of VIX itself', byLens(Lens.of('vix', 'vvix'))],
      bridge: ['bridge volatility index, realised: findings by severity, decayed', { signal: 'findings' }],
      replays: 'findings',
      note: 'There is no traded index of a bridge: the implied half needs prices of the wrapped asset.',
    }),
    row('Term structure', {
      options: ['VIX ÷ VIX3M', byLens(Lens.of('slope'))],
      bridge: [
        'implied loss by horizon: peg, claim queue, cover, bond',
        'no prices of the wrapped token, claims or cover on record',
      ],
    }),
    row('Interest-rate differential', {
      options: ['three-month bill less dividends', byLens(Lens.carry(mid))],
      bridge: [
        'supply yield of the wrapped asset less that of the canonical one',
        'no lending rates on record',
      ],
    }),
    row('CPI', {
      options: ['US consumer prices over a year before', month('cpi', 'change')],
      bridge: ['cost of a fixed basket of transfers', 'no fees or slippage on record'],
    }),
    row('PPI', {
      options: ['US producer prices over a year before', month('ppi', 'change')],
      bridge: ['operator’s cost of a message', 'no operator’s costs on record'],
    }),
    row('REER', {
      options: ['real effective rate of the dollar', month('reer', 'level')],
      bridge: [
        'wrapped ÷ canonical prices, weighted by volume, deflated',
        'no prices of the wrapped tokens on record',
      ],
    }),
    row('HFT arbitrage', {
      options: [
        'intraday round trips: what of the day’s range was undone by its close, from daily bars',
        byLens(Lens.roundTrips(near)),
      ],
      bridge: ['share of round trips within a minute in the volume', { signal: 'arbitrage' }],
      note: 'Daily bars show of trading within the day what it leaves at its end, and no more.',
    }),
    row('GDP', {
      options: ['gross domestic product', 'no quarterly accounts on record'],
      bridge: ['dollars settled honestly in a day', { signal: 'gdp' }],
    }),
    row('Big Top "cash press"', {
      options: [
        'VIX above its mean of 200 days in steep contango: a quarter of the credit buys far calls',
        pressed(),
      ],
      bridge: [
        'value high, breadth falling, protection decayed: press fees into cover',
        { signal: 'cashPress', recipe: pressing, changes: { coverFollows: 1 } },
      ],
    }),
    calendar(sources),
  ]
}

type Named = {
  readonly options: readonly [definition: string, ablation: OnOff | string]
  readonly bridge: readonly [definition: string, heard: Heard | string]
  readonly replays?: string
  readonly note?: string
}

/** A signal of the record, and what it moves. */
type Heard = { readonly signal: string; readonly recipe?: Plan.Recipe; readonly changes?: Changes }

type OnOff = { readonly measured: string; readonly on: OptionsCase; readonly off: readonly OptionsCase[] }

function rowOf({ warning, ceiling, history }: Sources) {
  return (name: string, { options, bridge, replays, note }: Named): Row => {
    const [definition, ablation] = options
    return {
      name,
      group: 'signal',
      options:
        typeof ablation === 'string'
          ? { definition, missing: history === undefined ? noMarket : ablation }
          : { definition, ...ablation },
      bridge: heard(warning, bridge, ceiling),
      ...(replays === undefined ? {} : { replays }),
      ...(note === undefined ? {} : { note }),
    }
  }
}

function heard(
  warning: EarlyWarning | undefined,
  [definition, heard]: Named['bridge'],
  ceiling: string,
): Row['bridge'] {
  if (typeof heard === 'string') return { definition, missing: `${heard}; ${ceiling}` }
  if (warning === undefined) return { definition, missing: `no recorded bridge to hear it on; ${ceiling}` }
  const hearing = Hearing.of(warning, heard.signal)
  if (hearing === undefined) return { definition, missing: `it says nothing on the record; ${ceiling}` }
  return {
    definition,
    measured: `on the record ${Hearing.says(hearing)}; so heard, simulated: tilted by it alone, against static`,
    on: Hearing.moved(hearing, heard.recipe, heard.changes),
    off: [fixed],
  }
}

function calendar({ planned, history }: Sources): Row {
  const weight = { near: 0.5, mid: 0, far: 1 }
  const isNear = ({ eventIn }: { eventIn: Readonly<Record<'fomc' | 'cpi' | 'ppi', number>> }) =>
    Math.min(eventIn.fomc, eventIn.cpi, eventIn.ppi) <= 3
  const hearing = { ...planned, byLuck: 0, cries: 12, quietYears: 1 }
  return {
    name: 'FOMC',
    group: 'signal',
    options: {
      definition: 'dated events, FOMC, CPI and PPI: the hedge ramps up before',
      ...(history?.events.length === 0
        ? { missing: 'no calendar on record' }
        : byLens(Lens.before('calendar', weight, isNear))),
    },
    bridge: {
      definition: 'planned changes: upgrade, new route, rotation of signers; protection ramps up before',
      measured: `in the record of incidents a planned change came before ${planned.hits} of ${planned.attacks} attacks, one a month for nothing assumed; so heard, simulated: tilted by it alone, against static`,
      on: Hearing.moved(hearing),
      off: [fixed],
    },
  }
}

function byLens(lens: Lens.Lens): OnOff {
  return {
    measured: 'the ladder tilted by it alone, against 4/4/2 held fixed',
    on: { policy: tilted(), lens },
    off: [{ policy: whole() }],
  }
}

function pressed(): OnOff {
  const policy = whole()
  return {
    measured: 'the whole method with the press, against without',
    on: { policy: { ...policy, press: { ...policy.press, on: true } } },
    off: [{ policy }],
  }
}

export const noMarket = 'no market data'

const nearAndMid = { near: 1, mid: 1, far: 0 }
const near = { near: 1, mid: 0, far: 0 }
const mid = { near: 0, mid: 1, far: 0 }
const pressing: Plan.Recipe = { ...Plan.recipeOf('adaptive'), acute: { near: 0, mid: 1, far: 1 } }
