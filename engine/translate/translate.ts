import type { Weights } from '@cutwater/core/ladder/Weights.ts'
import type { MarketHistory } from '@cutwater/core/options/market/MarketDay.ts'
import type { OptionChain } from '@cutwater/core/options/market/OptionChain.ts'
import * as Plan from '@cutwater/core/simulation/attack/Plan.ts'
import { runPaths } from '@cutwater/core/simulation/attack/runPaths.ts'
import * as Tally from '@cutwater/core/simulation/attack/Tally.ts'
import type { Incident, Precursor } from '@cutwater/core/simulation/incidents/Incident.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import { fromDollars, toDollars, type Usd } from '@cutwater/core/units/Usd.ts'
import { earlyWarning } from '../assess/earlyWarning.ts'
import type { Crew } from '../ports/Crew.ts'
import type { History } from '../replay/History.ts'
import { simplex } from '../simulate/simplex.ts'
import { totalOf } from '../simulate/totalOf.ts'
import { breaks } from './answers/breaks.ts'
import { adversaryAnswer, singleLayerAnswer } from './answers/otherAnswers.ts'
import { replayAnswer } from './answers/replayAnswer.ts'
import { perfect, signalAnswer } from './answers/signalAnswer.ts'
import { splitAnswer } from './answers/splitAnswer.ts'
import { tornadoAnswer } from './answers/tornadoAnswer.ts'
import * as BridgeBench from './bench/BridgeBench.ts'
import * as OptionsBench from './bench/OptionsBench.ts'
import { type Beliefs, economicsRows } from './concepts/economicsRows.ts'
import { methodRows } from './concepts/methodRows.ts'
import { parityStudy } from './concepts/parityStudy.ts'
import { fixed, type Row } from './concepts/Row.ts'
import { signalRows } from './concepts/signalRows.ts'
import { measure } from './measure.ts'
import { type Concept, type Inputs, type Translation, verdicts } from './Translation.ts'
import { usefulBp } from './verdictOf.ts'

export type Options = {
  readonly lockedUsd: Usd
  readonly incidents: readonly Incident[]
  /** the end of the time that was searched for incidents */
  readonly collectedTo: UnixTime.UnixTime
  /** without it nothing is said of the options side */
  readonly market?: MarketHistory
  /** option chains of that market, on the dates that there are */
  readonly chains?: readonly OptionChain[]
  /** a bridge's history with an attack in it; without it no signal is heard */
  readonly record?: History
  readonly crew: Crew
  readonly seed?: number
  readonly paths?: number
  /** resamples of the record, and of the market */
  readonly resamples?: number
  readonly onProgress?: (done: number, total: number) => void
}

export const sizesUsd: readonly Usd[] = [5e6, 20e6, 50e6, 200e6, 1e9].map(fromDollars)

/**
 * Whether the options method translates to bridges, concept by concept, and the four answers that follow.
 *
 * The same input gives the same result. Throws MODEL_INVALID, TRANSLATE_MARKET_SHORT, SEVERITY_SAMPLE_INVALID.
 */
export async function translate(options: Options): Promise<Translation> {
  const { lockedUsd, incidents, collectedTo, market, chains, record, crew, onProgress = () => {} } = options
  const { seed = 1, paths = 60_000, resamples = 30 } = options
  const bridge = BridgeBench.create({ lockedUsd, incidents, to: collectedTo, seed, paths, resamples })
  const draws = 10 * resamples
  const benches = {
    options: market === undefined ? undefined : OptionsBench.create(market, { seed, draws }),
    bridge,
  }
  const warning = record === undefined ? undefined : earlyWarning(record)
  const most = perfect(bridge, true)
  const rows: readonly Row[] = [
    ...methodRows(),
    ...signalRows({
      history: market,
      warning,
      planned: plannedBefore(incidents),
      ceiling: `whatever it would say, tilting by it could save ${most.high.toFixed(2)} basis points a year here at most`,
    }),
    ...economicsRows(beliefs(bridge), chains && parityStudy(chains, seed)),
  ]
  const total = rows.length + answersCount
  const replayed = record === undefined ? null : replayAnswer(record)
  const concepts: Concept[] = []
  for (const row of rows) {
    concepts.push(measure(row, benches, replayed))
    onProgress(concepts.length, total)
  }
  const split = await splitAnswer(bridge, crew, sizesUsd)
  onProgress(rows.length + 2, total)
  const breakEvenSignal = signalAnswer(bridge, sizesUsd)
  onProgress(rows.length + 4, total)
  const singleLayer = singleLayerAnswer(bridge)
  const adversary = adversaryAnswer(bridge)
  onProgress(rows.length + 6, total)
  const assumptions = await tornadoAnswer(bridge, crew, (done, of) =>
    onProgress(rows.length + 6 + (4 * done) / of, total),
  )
  return {
    bridge: { valueUsd: toDollars(lockedUsd) },
    inputs: inputsOf(options, bridge, benches.options, warning),
    usefulBp,
    concepts,
    replayed,
    counts: Object.fromEntries(
      verdicts.map((verdict) => [verdict, concepts.filter((each) => each.verdict === verdict).length]),
    ) as Translation['counts'],
    split,
    breakEvenSignal,
    singleLayer,
    adversary,
    breaks: breaks({ ...benches, warning, adversary }),
    tornado: assumptions,
    notes,
  }
}

const answersCount = 10

const notes: readonly string[] = [
  'The rule of the verdict was written before anything was measured; it is the same for every row.',
  'Each interval holds chance and the record that everything is fitted to: blocks of days, months of incidents, counts of cries.',
  'Of so many rows one in twenty may seem to show an effect that is none.',
  'How money becomes protection on a bridge is assumed, each number with its range; the tornado names those that turn the answer.',
  'One recorded attack is one case: hit rates counted on it are wide, and the intervals are as wide.',
]

/** Incidents before which a change was seen that is announced or at least dated: an upgrade, or a new route. */
function plannedBefore(incidents: readonly Incident[]) {
  const core = incidents.filter(({ scope }) => scope === 'core')
  const isPlanned = ({ precursor }: Incident) => precursor !== null && plannedChanges.includes(precursor)
  return { hits: core.filter(isPlanned).length, attacks: core.length }
}

const plannedChanges: readonly Precursor[] = [
  'code-upgraded',
  'threshold-zero',
  'route-added',
  'signer-set-changed',
]

// Chosen on the record alone, as a board would; measured in every resample of it.
function beliefs(bench: BridgeBench.BridgeBench): Beliefs {
  const record = bench.worlds[0]!
  const model = BridgeBench.modelOf(bench, record)
  const plan = Plan.of(fixed.recipe, model)
  const costUsd = (plan.carryPerSecond + plan.frictionPerSecond) * UnixTime.year
  return {
    priced: cheapestSplit(bench),
    free: cheapestSplit(bench, { reserveCostPerYear: 0, coverCostPerYear: loadAlone }),
    costShare: costUsd / bench.lockedUsd,
    coverAtIrr: capitalCost + claimedShare(bench),
  }
}

// What a dollar of cover pays out a year, on the record.
function claimedShare(bench: BridgeBench.BridgeBench): number {
  const { worlds, seed, paths } = bench
  const model = BridgeBench.modelOf(bench, worlds[0]!)
  const plan = Plan.of(fixed.recipe, model)
  const [tally] = runPaths({ model, plans: [plan], seed, firstPath: 0, paths: choicePaths * paths })
  return Tally.mean(tally!, 'covered') / toDollars(plan.coverUsd.at(-1)!)
}

/** What capital costs a year, 12%, less the 4% that it earns where it waits (coverCostPerYear, with its load). */
const capitalCost = 0.08

function cheapestSplit(bench: BridgeBench.BridgeBench, changes: BridgeBench.Changes = {}): Weights {
  const model = BridgeBench.modelOf(bench, bench.worlds[0]!, changes)
  const splits = simplex(10)
  const plans = splits.map((split) => Plan.of(Plan.recipeOfSplit(split), model))
  const paths = choicePaths * bench.paths
  const totals = runPaths({ model, plans, seed: bench.seed, firstPath: 0, paths }).map((tally) =>
    totalOf(tally, model),
  )
  return splits[totals.indexOf(Math.min(...totals))]!
}

/** Splits beside each other cost nearly the same: choosing takes more paths than comparing two. */
const choicePaths = 4

/** Of the 10% that cover costs a year, what is left when its capital costs nothing. */
const loadAlone = 0.02

function inputsOf(
  { collectedTo, record }: Options,
  { worlds }: BridgeBench.BridgeBench,
  market: OptionsBench.OptionsBench | undefined,
  warning: ReturnType<typeof earlyWarning> | undefined,
): Inputs {
  const { from, count } = worlds[0]!.calibration
  return {
    incidents: { count, from: UnixTime.formatDate(from), to: UnixTime.formatDate(collectedTo) },
    market:
      market === undefined
        ? null
        : {
            from: UnixTime.formatDate(market.views[0]!.date),
            to: UnixTime.formatDate(market.views.at(-1)!.date),
            days: market.views.length,
          },
    record:
      warning === undefined || record === undefined
        ? null
        : {
            name: record.bridge.name,
            attackAt: UnixTime.format(warning.attackAt),
            quietDays: Math.round((warning.quietTo - warning.quietFrom) / UnixTime.day),
          },
  }
}
