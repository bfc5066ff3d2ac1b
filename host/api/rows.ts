import type { Bridge } from '@cutwater/core/bridge/Bridge.ts'
import * as Catalog from '@cutwater/core/bridge/Catalog.ts'
import * as Findings from '@cutwater/core/bridge/findings/Finding.ts'
import type { Held } from '@cutwater/core/bridge/guard/Lane.ts'
import { chainName, tokenName } from '@cutwater/core/bridge/names.ts'
import { map } from '@cutwater/core/ladder/Layer.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import { toDollars } from '@cutwater/core/units/Usd.ts'
import type { Moment } from '@cutwater/engine/replay/Moment.ts'
import type * as Rollup from '@cutwater/engine/timeline/Rollup.ts'
import * as Thread from '@cutwater/engine/timeline/Thread.ts'
import * as Timeline from '@cutwater/engine/timeline/Timeline.ts'
import { checksOf } from '@cutwater/engine/watch/alerts.ts'
import * as Station from './Station.ts'
import type * as Api from './schemas.ts'

/** What the engine holds, as the API gives it: named chains, dollars, numbers that JSON can carry. */

export function bridgeRow(shown: Station.Shown): Api.Bridge {
  const { generation, bridge, policy, live, timeline } = shown
  return {
    name: bridge.name,
    synthetic: bridge.synthetic,
    live,
    generation,
    policy: policy.name,
    posture: policy.posture.name,
    level: policy.guard.level,
    chains: bridge.chains.map(({ id, name, finalitySeconds }) => ({ id, name, finalitySeconds })),
    tokens: bridge.tokens.map(({ symbol, decimals, home }) => ({ symbol, decimals, home })),
    range: Timeline.hasBegun(timeline) ? { from: timeline.from, to: timeline.at } : null,
    seq: timeline.seq,
    says: saysOf(shown),
  }
}

// What is seen while a long journal is read for the first time is not how the bridge stands now.
function saysOf({ says, work }: Station.Shown): string | null {
  if (work === null) return says
  const share = `${Station.shareOf(work)}% of it`
  const doing = work.what === 'journal' ? `${share} is read so far` : `a branch has taken ${share} so far`
  return `${says ?? 'the journal'}: ${doing}`
}

/** How many waiting legs a state lists; the others are counted. */
export const mostWaiting = 200

export function stateRow(moment: Moment, timeline: Timeline.Timeline, at: UnixTime.UnixTime): Api.State {
  const decided = timeline.decisions.findLast((each) => each.what.at <= at)?.what
  const { bridge: _, readings, waiting, ...rest } = moment
  return {
    ...rest,
    at,
    asOf: Timeline.hasBegun(timeline) ? Math.min(at, timeline.at) : null,
    alarm: alarmOf(moment, at),
    readings: readings.map((reading) => ({ ...reading, value: finite(reading.value) })),
    waiting: waiting.slice(-mostWaiting),
    waitingCount: waiting.length,
    pauses: [...moment.pauses],
    decision: decided === undefined ? null : { at: decided.at, sentence: decided.sentence },
  }
}

/** What a whole room should see: something is stopped, something presses, or nothing. */
function alarmOf({ pauses, stress }: Moment, at: UnixTime.UnixTime): Api.State['alarm'] {
  if (pauses.some((pause) => pause.until === null || pause.until > at)) return 'stopped'
  return stress.near >= 0.8 ? 'watch' : 'calm'
}

export function seriesRow({ stepSeconds, at, columns }: Rollup.Rollup): Api.Series {
  const finites = Object.entries(columns).map(([name, values]) => [name, values.map(finite)] as const)
  return { stepSeconds, at: [...at], columns: Object.fromEntries(finites) }
}

export function findingRow({ seq, what }: Timeline.Told<Findings.Finding>, bridge: Bridge): Api.Finding {
  const { name, severity, at, chain, tx, index, message, token, usd, sentence, evidence } = what
  return {
    id: Findings.id(what),
    seq,
    at,
    name,
    severity,
    chain: { id: chain, name: chainName(bridge, chain) },
    tx,
    index,
    message,
    token,
    usd: usd === null ? null : toDollars(usd),
    sentence,
    evidence,
    check: [...checksOf(name)],
  }
}

export function decisionRow({ seq, what }: Timeline.Timeline['decisions'][number]): Api.Decision {
  const { at, sentence, weights, stress, reasons, actions } = what
  return {
    seq,
    at,
    sentence,
    weights,
    stress,
    reasons: reasons.map((reason) => ({
      ...reason,
      value: finite(reason.value),
      share: shareOf(reason.share),
    })),
    actions: [...actions],
  }
}

export function actionRow(
  { seq, at, what }: Timeline.Told<Timeline.Action>,
  { thread }: Timeline.Timeline,
): Api.Action {
  const { catalog } = Thread.bookOf(thread)
  switch (what.type) {
    case 'held':
      return { seq, at, type: what.type, ...heldWords(what.held, 'waits', catalog) }
    case 'released':
      return { seq, at: what.at, type: what.type, ...heldWords(what.held, 'may pass', catalog) }
    case 'paused':
    case 'renewed': {
      const scope = Catalog.scopeName(catalog, what.pause.scope)
      const until = Number.isFinite(what.pause.until) ? UnixTime.format(what.pause.until) : 'people end it'
      const verb = what.type === 'paused' ? 'is stopped' : 'stays stopped'
      return {
        seq,
        at,
        type: what.type,
        usd: null,
        sentence: `${scope} ${verb} until ${until}: ${what.pause.reason}`,
      }
    }
    case 'limits': {
      const { kind, chain, token, because } = what.change
      const { bridge } = catalog
      const how = kind === 'tighten' ? 'are tightened' : 'may be loosened, if the timelock agrees'
      const sentence = `The limits of ${tokenName(bridge, chain, token)} on ${chainName(bridge, chain)} ${how}: ${because}`
      return { seq, at, type: what.type, usd: null, sentence }
    }
    case 'rebalance': {
      const { move, because } = what
      const done =
        move.kind === 'tilt'
          ? 'The treasury is to move towards the ladder'
          : `Cover of $${move.dollars.toLocaleString('en-US')} is to be raised`
      return { seq, at: what.at, type: what.type, usd: null, sentence: `${done}: ${because}` }
    }
    case 'shut': {
      const route = Catalog.routeName(catalog, what.route)
      const sentence = `Unproven value no longer passes on ${route}: ${what.reason}`
      return { seq, at: what.at, type: what.type, usd: null, sentence }
    }
  }
}

const whyHeld: Readonly<Record<Held['reason'], string>> = {
  limit: 'the limit of its lane is used up',
  large: 'it is larger than its lane lets through at once',
  unproven: 'nothing proves its source',
  paused: 'its lane is stopped',
}

function heldWords({ event, usd, reason }: Held, verb: string, { bridge }: Catalog.Catalog) {
  const dollars = usd === null ? null : toDollars(usd)
  const why = verb === 'waits' ? `, because ${whyHeld[reason]}` : ''
  return {
    usd: dollars,
    sentence: `${event.kind} ${event.message} on ${chainName(bridge, event.chain)} ${verb}${why}`,
  }
}

function shareOf(share: Api.Decision['reasons'][number]['share']) {
  return map((layer) => finite(share[layer]) ?? 0)
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
