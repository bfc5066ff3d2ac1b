import * as Book from '@cutwater/core/bridge/BridgeBook.ts'
import * as Event from '@cutwater/core/bridge/BridgeEvent.ts'
import type { BridgePolicy } from '@cutwater/core/bridge/BridgePolicy.ts'
import type { Finding } from '@cutwater/core/bridge/findings/Finding.ts'
import * as Severity from '@cutwater/core/bridge/findings/Severity.ts'
import { legUsd } from '@cutwater/core/bridge/legUsd.ts'
import { isLeg, type Observation } from '@cutwater/core/bridge/Observation.ts'
import type { Output } from '@cutwater/core/bridge/Output.ts'
import * as Layer from '@cutwater/core/ladder/Layer.ts'
import { day, startOfDay, type UnixTime } from '@cutwater/core/units/UnixTime.ts'
import { toDollars } from '@cutwater/core/units/Usd.ts'
import type { FirstFinding, NotableFinding, Series } from './ReplayResult.ts'
import * as Run from './Run.ts'

/** A run with what a reader wants to see of it: daily series, notable findings, decisions. */
export type Recording = {
  readonly run: Run.Run
  readonly from: UnixTime
  readonly to: UnixTime
  readonly series: Series
  readonly notable: readonly NotableFinding[]
  readonly decisions: readonly { readonly at: UnixTime; readonly sentence: string }[]
  readonly firstAttackFinding: FirstFinding | null
}

/** Notable findings and decisions kept for the reader; more are counted, not shown. */
export const keep = { findings: 60, decisions: 60 }

/** Runs a policy day by day and keeps what the report shows. */
export function record(track: Run.Track, policy: BridgePolicy, since?: UnixTime): Recording {
  const { observations } = track.history
  const from = Math.max(since ?? 0, observations.find(isLeg)?.at ?? 0)
  const columns = newColumns()
  const seen = newSeen(track)
  const run = Run.start(track.history, policy)
  if (since !== undefined) Run.forget(Run.follow(run, track, { until: from - 1 }))
  let position = run.position
  for (let start = startOfDay(from); start <= track.end; start += day) {
    const before = seen.findingCount
    Run.follow(run, track, { until: Math.min(start + day - 1, track.end), listen: seen.listen })
    addDay(columns, start, run, flowsOf(run, observations, position), seen.findingCount - before)
    position = run.position
  }
  Run.finish(run, track)
  const { notable, decisions, firstAttackFinding } = seen
  return { run, from, to: track.end, series: seriesOf(columns), notable, decisions, firstAttackFinding }
}

function newSeen({ attackUsdById }: Run.Track) {
  const seen = {
    findingCount: 0,
    notable: [] as NotableFinding[],
    decisions: [] as { at: UnixTime; sentence: string }[],
    firstAttackFinding: null as FirstFinding | null,
    listen(outputs: readonly Output[], _observation: Observation): void {
      for (const output of outputs) {
        if (output.type === 'finding') take(output.finding)
        else if (output.type === 'decision' && seen.decisions.length < keep.decisions) {
          seen.decisions.push({ at: output.decision.at, sentence: output.decision.sentence })
        }
      }
    },
  }
  function take(finding: Finding): void {
    seen.findingCount += 1
    const short = shortOf(finding)
    const isAttack = attackUsdById.has(eventIdOf(finding))
    if (isAttack && finding.name === 'ReleaseWithoutSource') seen.firstAttackFinding ??= short
    if (Severity.isHard(finding.severity) && seen.notable.length < keep.findings) {
      seen.notable.push({ ...short, severity: finding.severity, sentence: finding.sentence })
    }
  }
  return seen
}

/** The id of the event a finding is about. */
function eventIdOf({ chain, tx, index }: Finding): string {
  return Event.id({ chain, tx: tx ?? '', index })
}

function shortOf({ at, name, chain, tx, message, usd }: Finding): FirstFinding {
  return { at, name, chain, tx, message, usd: usd === null ? null : toDollars(usd) }
}

type Columns = {
  at: number[]
  lockedUsd: number[]
  inflowUsd: number[]
  outflowUsd: number[]
  findings: number[]
  boundUsd: (number | null)[]
  stress: Layer.PerLayer<number[]>
  weights: Layer.PerLayer<number[]>
}

function newColumns(): Columns {
  return {
    at: [],
    lockedUsd: [],
    inflowUsd: [],
    outflowUsd: [],
    findings: [],
    boundUsd: [],
    stress: Layer.map(() => []),
    weights: Layer.map(() => []),
  }
}

function addDay(
  columns: Columns,
  at: UnixTime,
  run: Run.Run,
  flows: { inflowUsd: number; outflowUsd: number },
  findings: number,
): void {
  const { book } = run
  columns.at.push(at)
  columns.lockedUsd.push(toDollars(Book.lockedUsd(book)))
  columns.inflowUsd.push(flows.inflowUsd)
  columns.outflowUsd.push(flows.outflowUsd)
  columns.findings.push(findings)
  const bound = Run.boundOf(run)
  columns.boundUsd.push(bound === null ? null : toDollars(bound))
  for (const layer of Layer.layers) {
    columns.stress[layer].push(book.stress[layer])
    columns.weights[layer].push(book.weights[layer])
  }
}

/** What the log of a day brought in and took out, whatever the policy did about it: out legs and in legs. */
function flowsOf({ book, position }: Run.Run, observations: readonly Observation[], from: number) {
  let inflowUsd = 0
  let outflowUsd = 0
  for (const observation of observations.slice(from, position)) {
    if (!isLeg(observation)) continue
    const usd = toDollars(legUsd(book, observation) ?? 0)
    if (Event.isOut(observation.kind)) inflowUsd += usd
    else outflowUsd += usd
  }
  return { inflowUsd, outflowUsd }
}

function seriesOf(columns: Columns): Series {
  return columns
}
