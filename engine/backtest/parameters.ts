import type { OptionsPolicy } from '@cutwater/core/options/book/OptionsPolicy.ts'
import { toDollars } from '@cutwater/core/units/Usd.ts'
import type { Parameter } from './BacktestResult.ts'

/** Every rule's number with its unit, and whether a page of the method says it or we had to. */
export function parametersOf({
  startCents,
  condor,
  gate,
  hedge,
  shift,
  press,
  costs,
}: OptionsPolicy): readonly Parameter[] {
  const row = (name: string, value: Parameter['value'], unit: string, source: string): Parameter => ({
    name,
    value,
    unit,
    source,
  })
  return [
    row('start', toDollars(startCents), 'USD', 'ours'),
    row(
      'condor.days',
      `${condor.days.least}–${condor.days.most}`,
      'days to expiry',
      'published, one of several',
    ),
    row('condor.riskShare', condor.riskShare, 'of equity a trade', 'R15'),
    row('condor.shortDelta', condor.shortDelta, 'delta', 'published, one of several'),
    row(
      'condor.wing',
      condor.wing.value,
      condor.wing.by,
      condor.wing.by === 'delta' ? 'ours, as CNDR' : 'R14, the only width on a house page',
    ),
    row('condor.widen', condor.widen, 'at the highest rank of time value', 'ours'),
    row('condor.maxOpen', condor.maxOpen, 'trades', 'ours'),
    row('condor.leastCredit', condor.leastCredit, 'USD a share', 'R14'),
    row('condor.edr', condor.edr.version, 'formula', condor.edr.version === 'vix' ? 'R12b' : 'R12, rescaled'),
    row('gate.allBelow', gate.allBelow, 'VIX points', 'R13'),
    row('gate.noneFrom', gate.noneFrom, 'VIX points', 'R13'),
    row('gate.eventDays', gate.eventDays, 'days before an event', 'ours: no house page has such a rule'),
    row('hedge.perCondor', hedge.perCondor, 'contracts a condor', 'R3'),
    row(
      'hedge.tenorDays',
      `${hedge.tenorDays.near}/${hedge.tenorDays.mid}/${hedge.tenorDays.far}`,
      'days to expiry',
      'R2',
    ),
    row(
      'hedge.weeklies',
      hedge.weeklies ? 'yes' : 'no',
      'weekly calls count',
      'ours: their futures are not on record',
    ),
    row(
      'hedge.strike',
      hedge.strike.by === 'delta' ? hedge.strike.value : Object.values(hedge.strike.value).join('/'),
      hedge.strike.by,
      'R4',
    ),
    row(
      'hedge.roll',
      hedge.roll.value,
      hedge.roll.by === 'share' ? 'of the first life' : 'days left',
      'ours: no page says when',
    ),
    row('hedge.activation', hedge.activation, '', 'R6'),
    row('hedge.gainRoll.gain', hedge.gainRoll.gain, 'of cost', 'R18, the lower of two numbers'),
    row('hedge.gainRoll.vixAbove', hedge.gainRoll.vixAbove, 'VIX points', 'R18'),
    row('shift.edrAbove', shift.edrAbove, 'of SPX', 'R17'),
    row('shift.vixAbove', shift.vixAbove, 'VIX points', 'R17'),
    row('shift.trigger', shift.trigger, '', 'R17: sources disagree'),
    row('shift.costMultiple', shift.costMultiple, 'credits', 'ours: "threatened" is defined nowhere'),
    row('shift.maxShifts', shift.maxShifts, 'rolls', 'ours'),
    row('shift.strikes', shift.strikes, '', 'ours: the only reading that earns a credit without more size'),
    row('press', press.on ? press.share : 'off', 'of the credit', 'published with hard numbers on one page'),
    row(
      'costs.commission.spx',
      costs.commission.spx,
      'USD a contract',
      'fees of broker and exchange, core/options/costs/Commission.ts',
    ),
    row(
      'costs.commission.vix',
      costs.commission.vix,
      'USD a contract',
      'fees of broker and exchange, core/options/costs/Commission.ts',
    ),
    row(
      'costs.spreadPaid.single',
      costs.spreadPaid.single,
      'of the half-spread',
      'github.com/FLOX-Foundation/flox, pull request 357',
    ),
    row('costs.spreadPaid.condor', costs.spreadPaid.condor, 'of the half-spread', 'the same'),
  ]
}
