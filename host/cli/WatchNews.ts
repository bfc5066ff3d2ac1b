import { layerNames } from '@cutwater/core/bridge/decide.ts'
import * as Layer from '@cutwater/core/ladder/Layer.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import * as Usd from '@cutwater/core/units/Usd.ts'
import type { Deed, Outcome } from '@cutwater/engine/ports/Actuator.ts'
import type { Alert } from '@cutwater/engine/ports/Notifier.ts'
import { printable } from '../notify/AlertText.ts'
import { bold, dim } from './text.ts'

/** One thing a watch tells: a line for people, or an object per line for programs. Money in dollars. */
export type News =
  | {
      readonly type: 'started'
      readonly bridge: string
      readonly policy: string
      readonly posture: string
      readonly level: number
      readonly acts: boolean
      readonly guardian: string | null
      readonly journal: string
      /** entries it holds already */
      readonly observed: number
      readonly chains: readonly {
        readonly name: string
        readonly nodes: number
        readonly quorum: number
        readonly guard: string | null
        readonly mempool: boolean
      }[]
    }
  /** where the page is, and what opens its controls */
  | { readonly type: 'serving'; readonly url: string; readonly token: string }
  | { readonly type: 'note'; readonly level: 'info' | 'warn'; readonly text: string }
  | { readonly type: 'catchingUp'; readonly chain: string; readonly block: number; readonly head: number }
  | { readonly type: 'caughtUp'; readonly chain: string; readonly block: number }
  | State
  | { readonly type: 'reorg'; readonly chain: string; readonly to: number; readonly dropped: number }
  | ({ readonly type: 'alert' } & Alert)
  | {
      readonly type: 'deed'
      readonly id: string
      readonly chain: string
      readonly act: Deed['act']['kind']
      readonly text: string
      readonly reason: string
      readonly outcome: Outcome
    }
  | { readonly type: 'stopping'; readonly why: string }
  | { readonly type: 'stopped'; readonly observed: number; readonly open: number }

export type State = {
  readonly type: 'state'
  readonly at: string
  readonly blocks: Readonly<Record<string, number>>
  readonly lockedUsd: number | null
  readonly boundUsd: number | null
  readonly stress: Layer.PerLayer<number>
  readonly weights: Layer.PerLayer<number>
  readonly legs: number
  readonly findings: number
}

/** One JSON object; amounts too large for a number are text. */
export function jsonOf(news: News): string {
  return JSON.stringify(
    news.type === 'alert' ? { ...news, at: UnixTime.format(news.at) } : news,
    (_, value) => (typeof value === 'bigint' ? String(value) : value),
  )
}

/** The lines a person reads, by one who remembers what was explained before. */
export function reader(): (news: News) => string {
  const explained = new Set<string>()
  return (news) => {
    const isNew = news.type === 'alert' && !explained.has(news.rule)
    if (news.type === 'alert') explained.add(news.rule)
    return textOf(news, isNew)
  }
}

// What chains and nodes wrote into the lines cannot move the cursor.
function textOf(news: News, isNew: boolean): string {
  switch (news.type) {
    case 'started':
      return started(news)
    case 'serving':
      return `    in the browser: ${news.url}; for controls: Authorization: Bearer ${news.token}`
    case 'note':
      return news.level === 'warn' ? ` ?  ${printable(news.text)}` : dim(`    ${printable(news.text)}`)
    case 'catchingUp': {
      const share = Math.floor((100 * news.block) / Math.max(1, news.head))
      return dim(`    ${news.chain}: catching up, block ${news.block} of ${news.head} (${share}%)`)
    }
    case 'caughtUp':
      return `    ${news.chain}: caught up at block ${news.block}`
    case 'state':
      return stateLine(news)
    case 'reorg':
      return ` ?  ${news.chain} was reorganised: back to block ${news.to}, ${news.dropped} blocks dropped`
    case 'alert':
      return alertLines(news, isNew)
    case 'deed':
      return ` →  ${bold(deedText(news))} on ${news.chain}, because ${printable(news.reason)}`
    case 'stopping':
      return `    ${news.why}`
    case 'stopped':
      return stopped(news)
  }
}

function started(news: Extract<News, { type: 'started' }>): string {
  const { bridge, policy, posture, level, acts, guardian, journal, observed, chains } = news
  const how = acts ? `acting as ${guardian}` : 'dry run: says what it would do, and sends nothing'
  const past = observed === 0 ? 'new' : `goes on after ${observed} observations`
  const lines = chains.map(({ name, nodes, quorum, guard, mempool }) => {
    const asks = `${quorum} of ${nodes} node${nodes === 1 ? '' : 's'} must agree`
    return `    ${name}: ${asks}, guard ${guard ?? 'none'}${mempool ? ', mempool watched' : ''}`
  })
  return [
    `${bold(`Watching ${printable(bridge)}`)}  ${how}`,
    `    policy ${policy}, posture ${posture}, guard level ${level}; journal ${journal} (${past})`,
    ...lines,
  ].join('\n')
}

function stateLine({ at, blocks, lockedUsd, boundUsd, stress, weights, legs, findings }: State): string {
  const usd = (dollars: number | null) =>
    dollars === null ? 'unknown' : Usd.format(Usd.fromDollars(dollars))
  const shares = Layer.layers.map((layer) => `${layerNames[layer]} ${Math.round(100 * weights[layer])}%`)
  const parts = [
    at,
    Object.entries(blocks)
      .map(([chain, block]) => `${chain} ${block}`)
      .join(' '),
    `locked ${usd(lockedUsd)}`,
    `bound ${usd(boundUsd)}`,
    `stress ${stress.near.toFixed(2)}`,
    shares.join(' '),
    `${legs} legs, ${findings} findings`,
  ]
  return dim(`    ${parts.join('  ·  ')}`)
}

// What is done is told when it is done; what to check stands with the first of its kind.
function alertLines({ severity, rule, chain, block, sentence, check }: Alert, isNew: boolean): string {
  const place = [chain, ...(block === null ? [] : [`block ${block}`])].join(', ')
  const mark = severity === 'critical' || severity === 'high' ? bold('!! ') : ' ! '
  return [
    `${mark} ${bold(severity.toUpperCase())} ${printable(rule)}  ${printable(place)}`,
    `      ${printable(sentence)}`,
    ...(isNew ? check.map((each) => dim(`      check: ${printable(each)}`)) : []),
  ].join('\n')
}

function deedText({ text, outcome }: Extract<News, { type: 'deed' }>): string {
  switch (outcome.kind) {
    case 'confirmed':
      return `${text}: confirmed in block ${outcome.block}, transaction ${outcome.tx}`
    case 'already':
      return `${text}: is so already`
    case 'proposed':
      return `${text}: for people to ask of the timelock, ${outcome.call}`
    case 'dryRun':
      return `dry run, would ${outcome.call}`
    case 'failed':
      return `${text}: FAILED, ${printable(outcome.why)}`
  }
}

function stopped({ observed, open }: Extract<News, { type: 'stopped' }>): string {
  const rest =
    open === 0 ? 'nothing is left open' : `${open} deeds and alerts are open and are taken up next time`
  return `Stopped. The journal holds ${observed} observations; ${rest}.`
}
