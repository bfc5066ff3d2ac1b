import { type Curves, defaultCurves } from '../../bridge/budget/Curves.ts'
import { defaultEconomy, type Economy } from '../../bridge/Protection.ts'
import { CutwaterError } from '../../units/CutwaterError.ts'
import { choice } from '../../units/nearest.ts'

/** Everything the model takes for granted, one number each. */
export type Assumptions = Omit<Economy, 'claimSeconds'> & Curves & Threats

/** How attacks come, beyond what the record says. */
export type Threats = {
  /** bridges alive at a time: turns the record's rate into one bridge's */
  readonly liveBridges: number
  /** multiplies the rate of every family */
  readonly rateFactor: number
  /** multiplies every loss before it is cut at the value locked */
  readonly severityFactor: number
  /** how losses grow with the value locked: 0 not at all, 1 in proportion, around `typicalLockedDollars` */
  readonly severityElasticity: number
  readonly typicalLockedDollars: number
  /** chance that the guard fails altogether: stolen guardian, upgrade around it */
  readonly bypassChance: number
  /** further chance in a theft of keys: the same operators run bridge and watchers */
  readonly sharedOperators: number
  /** chance that an attack by false data deceives the watchers too */
  readonly deceivedByData: number
  /** share that leaves with the first transaction, by profile */
  readonly firstShareBurst: number
  readonly firstShareHours: number
  readonly firstShareDays: number
  /** sigma of the logarithm of people's reaction time */
  readonly reactionSigma: number
  /** share of attacks that show a sign before */
  readonly precursorShare: number
  readonly leadSeconds: number
  readonly leadSigma: number
  /** share of signs that the signal catches */
  readonly hitRate: number
  /** times a year that the signal is acute for nothing */
  readonly falseAlarmsPerYear: number
  /** share of cover that follows the weights at once */
  readonly coverFollows: number
  /** a year's shortfall of this share of the value locked ends the bridge */
  readonly ruinShare: number
  /** what a dollar of CVaR99 costs a year */
  readonly riskLoad: number
}

export type Name = keyof Assumptions

export type Assumption = {
  readonly name: Name
  readonly value: number
  /** the least and the most that one might reasonably take instead */
  readonly low: number
  readonly high: number
  readonly unit: string
  readonly source: string
}

const { claimSeconds: _, ...economy } = defaultEconomy

const threats: Threats = {
  liveBridges: 100,
  rateFactor: 1,
  severityFactor: 1,
  severityElasticity: 0,
  typicalLockedDollars: 190_000_000,
  bypassChance: 0.115,
  sharedOperators: 0.1,
  deceivedByData: 0.5,
  firstShareBurst: 0.35,
  firstShareHours: 0.06,
  firstShareDays: 0.01,
  reactionSigma: 1,
  precursorShare: 0.18,
  leadSeconds: 53_553,
  leadSigma: 2.76,
  hitRate: 0.5,
  falseAlarmsPerYear: 12,
  coverFollows: 0,
  ruinShare: 0.25,
  riskLoad: 0.06,
}

export const defaults: Assumptions = { ...economy, ...defaultCurves, ...threats }

const assumed = (why: string) => `assumption: ${why}`

type Row = readonly [name: Name, low: number, high: number, unit: string, source: string]

const rows: readonly Row[] = [
  [
    'budgetPerYear',
    0.005,
    0.04,
    'share of value locked a year',
    'default of the design; the board’s number where known',
  ],
  ['coverCostPerYear', 0.05, 0.25, 'per dollar of cover and year', assumed('WACC 12% − yield 4% + load 2%')],
  ['coverCorrelation', 0, 0.5, 'share', assumed('cover held partly in bridged tokens')],
  ['reserveShare', 0.2, 0.8, 'share', assumed('half to audits and drills, half saved')],
  ['frictionPerYear', 0.05, 0.2, 'per year', assumed('cost of capital of a held user')],
  [
    'humanSeconds',
    3_600,
    36_000,
    's',
    'median time to public notice, 17 timed incidents (3.7 h); bootstrap interval 1.0 to 10 h',
  ],
  ['watchShare', 0.2, 0.6, 'share of the guard’s money', assumed('watchers and people alike')],
  ['onCallShare', 0.2, 0.6, 'share of the guard’s money', assumed('watchers and people alike')],
  [
    'watcherDollars',
    30_000,
    400_000,
    'USD a year',
    assumed('nodes on every chain and a share of an engineer; monitoring alone is sold for 4k to 36k'),
  ],
  ['missPerWatcher', 0.05, 0.5, 'chance', assumed('one watcher down, lagging or lied to')],
  ['watcherSeconds', 12, 300, 's', 'three 12-second slots: see, decide, include'],
  ['onCallDollars', 100_000, 1_000_000, 'USD a year', assumed('a rota round the clock is five people')],
  ['onCallFloor', 0.02, 0.3, 'share', assumed('15 minutes of 3.7 hours: Ronin 2024 took 38, Kelp 46')],
  ['flowPerDay', 0.003, 0.03, 'share of value locked', 'recorded bridge, July 2022: $54M a month on $190M'],
  [
    'flowScale',
    0.01,
    0.06,
    'share of value locked',
    'recorded bridge: a 6 h limit of 3.2% held 43% of value out of sample, 4.2% held 12% in sample',
  ],
  ['limitFloor', 0.0005, 0.01, 'share of value locked', assumed('below it every larger user would wait')],
  ['windowSeconds', 3_600, 86_400, 's', 'Axelar 6 h epochs; Wormhole 24 h, dYdX 1 h'],
  ['holdSeconds', 3_600, 86_400, 's', 'the next whole hour after people’s 3.7 h'],
  ['holdLossShare', 0, 0.005, 'share of held value', assumed('a bridge’s fee of 5 bp, lost')],
  ['hardShare', 0.0003, 0.01, 'share of value locked', 'hard finding of the loss bound: 0.1%'],
  [
    'coverSurge',
    0,
    5,
    'per share covered',
    assumed('capacity for one bridge is thin; Nexus adds 5 points times the share of capacity'),
  ],
  ['stakeShare', 0, 1, 'share of the bond', assumed('a quarter is the operators’ own')],
  [
    'auditDollars',
    200_000,
    1_500_000,
    'USD a year',
    'one bridge audit is quoted at 200k to 500k; a half-year retainer at 554k',
  ],
  ['findableShare', 0.3, 0.8, 'share', assumed('most bridges of the record were audited')],
  ['auditHalfLifeSeconds', 15_778_800, 63_115_200, 's', assumed('half a code base changes in a year')],
  ['auditIntervalSeconds', 7_889_400, 63_115_200, 's', assumed('one audit a year')],
  ['reserveYears', 0, 5, 'years', assumed('saved since launch')],
  ['reserveCostPerYear', 0.02, 0.15, 'per dollar and year', assumed('WACC 12% − yield 4%')],
  [
    'signerDollars',
    300_000,
    3_000_000,
    'USD a year',
    assumed('hardware, custody and people for a set of signers'),
  ],
  ['signerShare', 0.2, 0.8, 'share', assumed('half of the stolen quorums were stolen through one firm')],
  ['liveBridges', 50, 300, 'bridges', assumed('nobody counts them; the record names about 70 that were hit')],
  [
    'rateFactor',
    0.7,
    1.32,
    'factor',
    'bootstrap interval of the record’s rate: 10.4 to 19.7 a year around 14.9',
  ],
  [
    'severityFactor',
    0.56,
    1.73,
    'factor',
    'bootstrap interval of the median loss: $2.1M to $6.4M around $3.7M',
  ],
  [
    'severityElasticity',
    0,
    1,
    'power',
    assumed('the record knows the value locked of six; there losses were 7% to 100% of it'),
  ],
  [
    'typicalLockedDollars',
    50_000_000,
    600_000_000,
    'USD',
    'value locked of the recorded bridge; median of the six known is $600M',
  ],
  ['bypassChance', 0.05, 0.19, 'chance', '7 of 61 judged incidents no stop could limit; bootstrap interval'],
  ['sharedOperators', 0, 0.5, 'chance', assumed('Ronin: four of nine keys at one firm')],
  ['deceivedByData', 0.1, 0.9, 'chance', assumed('watchers read other nodes than signers, or not')],
  ['firstShareBurst', 0.1, 0.6, 'share', 'between Kelp (all) and Harmony (1 of 11)'],
  ['firstShareHours', 0.02, 0.2, 'share', 'recorded attack: 5.8% in the first block'],
  ['firstShareDays', 0, 0.05, 'share', assumed('one of a hundred withdrawals')],
  [
    'reactionSigma',
    0.3,
    2.4,
    'sigma of the logarithm',
    'fitted to all notices 2.4, among them days; with people on call less',
  ],
  ['precursorShare', 0.1, 0.27, 'share', '14 of 77 incidents; bootstrap interval'],
  ['leadSeconds', 6_900, 337_000, 's', 'median of nine leads; bootstrap interval'],
  ['leadSigma', 1, 3.5, 'sigma of the logarithm', 'fitted to nine leads'],
  ['hitRate', 0, 1, 'share of signs', assumed('no detector of signs has been tried in the open')],
  ['falseAlarmsPerYear', 0, 100, 'a year', assumed('one a month')],
  ['coverFollows', 0, 1, 'share', 'tranches of 91 days: nobody sells cover back in the hour of an alarm'],
  ['ruinShare', 0.1, 0.5, 'share of value locked', assumed('users leave a bridge that lost a quarter')],
  ['riskLoad', 0, 0.12, 'per dollar of CVaR99', 'cost-of-capital rate of Solvency II, 6%'],
]

/** Every assumption with its value, range, unit and source. */
export function list(assumptions: Assumptions = defaults): readonly Assumption[] {
  return rows.map(([name, low, high, unit, source]) => ({
    name,
    value: assumptions[name],
    low,
    high,
    unit,
    source,
  }))
}

/**
 * The defaults with some of them changed.
 *
 * Throws ASSUMPTION_UNKNOWN or ASSUMPTION_INVALID: a number that is finite and not negative, a share of at most 1.
 *
 * @example
 * Assumptions.withChanges({ hitRate: 0.9 }).hitRate // 0.9
 * Assumptions.withChanges({ hitrate: 0.9 }) // throws ASSUMPTION_UNKNOWN
 */
export function withChanges(changes: Readonly<Record<string, number>>, base = defaults): Assumptions {
  for (const [name, value] of Object.entries(changes)) check(name, value)
  const changed = { ...base, ...changes }
  if (changed.watchShare + changed.onCallShare > 1)
    throw new CutwaterError('ASSUMPTION_INVALID', 'watchShare and onCallShare sum to more than 1', {
      right: 'shares of one budget',
    })
  return changed
}

const names = rows.map(([name]) => name)

const shares: ReadonlySet<string> = new Set(
  rows.flatMap(([name, , , unit]) => (/^(share|chance)/.test(unit) ? [name] : [])),
)

/** Dividing by these must give a number. */
const positive: ReadonlySet<string> = new Set([
  'liveBridges',
  'coverCostPerYear',
  'watcherDollars',
  'onCallDollars',
  'auditDollars',
  'signerDollars',
  'flowScale',
  'windowSeconds',
  'auditHalfLifeSeconds',
  'auditIntervalSeconds',
  'typicalLockedDollars',
])

function check(name: string, value: number): void {
  if (!names.some((known) => known === name))
    throw new CutwaterError('ASSUMPTION_UNKNOWN', `there is no assumption "${name}"`, {
      right: choice(name, names),
    })
  const isUsable = value >= 0 && value < 1e15
  if (isUsable && (value > 0 || !positive.has(name)) && (value <= 1 || !shares.has(name))) return
  const right = shares.has(name)
    ? 'a share from 0 to 1'
    : 'a finite number, not negative, above 0 where it divides'
  throw new CutwaterError('ASSUMPTION_INVALID', `${name} is ${value}`, { right })
}
