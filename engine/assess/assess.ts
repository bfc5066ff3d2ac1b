import type { BridgeBook } from '@cutwater/core/bridge/BridgeBook.ts'
import { lockedUsd } from '@cutwater/core/bridge/BridgeBook.ts'
import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import * as Catalog from '@cutwater/core/bridge/Catalog.ts'
import { layerNames } from '@cutwater/core/bridge/decide.ts'
import * as LayerYear from '@cutwater/core/bridge/economics/LayerYear.ts'
import { lint, type Used } from '@cutwater/core/bridge/setup/lint.ts'
import type { Setup } from '@cutwater/core/bridge/setup/Setup.ts'
import * as Measures from '@cutwater/core/bridge/signals/Measures.ts'
import * as Layer from '@cutwater/core/ladder/Layer.ts'
import * as Posture from '@cutwater/core/ladder/Posture.ts'
import { tilt } from '@cutwater/core/ladder/tilt.ts'
import type { Incident } from '@cutwater/core/simulation/incidents/Incident.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import { toDollars } from '@cutwater/core/units/Usd.ts'
import type { History } from '../replay/History.ts'
import type { Assessment, Economics, LayerState, PostureState } from './Assessment.ts'
import { isSaid } from './Assessment.ts'
import { actionsOf } from './actionsOf.ts'
import { economics } from './economics.ts'
import type { LastDrill } from './LastDrill.ts'
import type { Observed } from './observe.ts'
import { observe } from './observe.ts'
import { signalStates } from './signalStates.ts'
import { threat } from './threat.ts'

export type Question = {
  readonly history: History
  readonly setup: Setup
  /** the public record; what had not happened by `at` is not used */
  readonly incidents: readonly Incident[]
  readonly at: UnixTime
  readonly posture?: Posture.PostureName
  /** the newest drill that was made by then */
  readonly drill?: LastDrill | null
}

/**
 * A board's page about a bridge at one moment: its layers, every signal, what security costs and brings, what is wrong
 * with its setup, and what to do next.
 *
 * The bridge is as its log says it was, unguarded; the guard's bound is what it would be with Cutwater in the release
 * path (level 3) over the same past. Nothing after `at` is looked at.
 */
export function assess({
  history,
  setup,
  incidents,
  at,
  posture = 'balanced',
  drill = null,
}: Question): Assessment {
  const observed = observe(history, Policy.of('adaptive', { posture, level: 0 }), { until: at })
  const guarded = observe(history, Policy.of('adaptive', { posture }), { until: at })
  const { book } = observed
  const signals = signalStates(observed)
  const values = new Map(
    signals.flatMap(({ name, value }) => (value === null ? [] : [[name, value] as const])),
  )
  const money = economics(book, guarded.book.guard, setup, threat(incidents, at), values)
  const layers = layersOf(book, money)
  const postures = Posture.names.map((name) => postureOf(name, book))
  const found = lint(withReadLimits(setup, book), usedOf(observed))
  const { name, synthetic } = book.catalog.bridge
  return {
    bridge: { name, source: history.source, synthetic },
    at,
    posture,
    lockedUsd: toDollars(lockedUsd(book)),
    layers,
    signals,
    doubts: Measures.doubts(book.measures, at),
    economics: money,
    postures,
    lint: found,
    drill,
    actions: actionsOf({ layers, signals, economics: money, lint: found, drill }),
    notes: notesOf(history, signals.filter(({ value }) => value === null).length, signals.length),
  }
}

function layersOf(book: BridgeBook, { budgetUsdPerYear, year, marginal }: Economics): readonly LayerState[] {
  const carries = isSaid(year) ? LayerYear.carried(year) : Layer.map(() => 0)
  return Layer.layers.map((layer) => {
    const state = {
      layer,
      name: layerNames[layer],
      weight: book.weights[layer],
      base: book.policy.base[layer],
      stress: book.stress[layer],
      budgetUsdPerYear: book.weights[layer] * budgetUsdPerYear,
      carries: carries[layer],
      marginal: isSaid(marginal) ? marginal[layer] : 0,
    }
    return { ...state, sentence: sentenceOf(state) }
  })
}

function sentenceOf({
  name,
  weight,
  base,
  stress,
  budgetUsdPerYear,
  carries,
  marginal,
}: Omit<LayerState, 'sentence'>): string {
  const moved =
    Math.abs(weight - base) < 0.005 ? 'as at rest' : `${weight > base ? 'up' : 'down'} from ${percent(base)}`
  const carried =
    carries > 0.8
      ? `this layer alone carries ${percent(carries)} of what the ladder saves`
      : `it carries ${percent(carries)} of what the ladder saves`
  return `${name}: ${percent(weight)} of the budget, ${moved} at a stress of ${stress.toFixed(2)}; $${whole(budgetUsdPerYear)} a year; ${carried}; one more dollar saves $${marginal.toFixed(2)}.`
}

/** What a posture would make of the same stress. */
function postureOf(name: Posture.PostureName, { stress }: BridgeBook): PostureState {
  const { base, bounds, conviction } = Posture.of(name)
  const weights = tilt({ base, bounds, conviction, stress })
  const parts = Layer.layers.map((layer) => `${layerNames[layer]} ${percent(weights[layer])}`).join(', ')
  return { name, weights, sentence: `${name} would hold ${parts}.` }
}

// Limits that were read on chain stand where nobody has said any.
function withReadLimits(setup: Setup, { measures, now }: BridgeBook): Setup {
  const read = Measures.readAll(measures, 'limit', now).flatMap(({ of, answer }) =>
    answer.known ? [{ token: of, usd: answer.value }] : [],
  )
  return setup.limits !== null || read.length === 0 ? setup : { ...setup, limits: read }
}

function usedOf({ book, routes }: Observed): Used {
  const { catalog } = book
  return {
    routes: [...routes].sort((a, b) => a - b).map((route) => Catalog.routeName(catalog, route)),
    tokens: catalog.bridge.tokens.map(({ symbol }, token) => {
      return { symbol, lockedUsd: toDollars(Math.max(0, book.lockedUnits[token]! * book.cents[token]!)) }
    }),
    unmappedLegs: book.counts.findings.UnmappedToken,
  }
}

function notesOf({ bridge }: History, silent: number, all: number): readonly string[] {
  return [
    ...(bridge.synthetic ? ['SYNTHETIC: a made-up history.'] : []),
    `${silent} of ${all} signals have no data: they count as neutral and press nothing.`,
    'The bridge is as its log says. The loss bound is what it would be with Cutwater in the release path, at level 3; without it there is none. Cover and reserve are those of the modelled budget.',
    'Economics follow from named assumptions; each stands in parameters with its source and range.',
  ]
}

function percent(share: number): string {
  return `${Math.round(100 * share)}%`
}

function whole(usd: number): string {
  return Math.round(usd).toLocaleString('en-US')
}
