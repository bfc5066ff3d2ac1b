import type { PolicyResult, ReplayResult } from '@cutwater/engine/replay/ReplayResult.ts'
import * as Format from '@cutwater/web/charts/Format.ts'
import { syntheticBadge } from '../figure.ts'
import * as Headline from '../Headline.ts'
import { type Content, type Html, html } from '../html.ts'
import { waterfall } from './waterfall.ts'
import { capital } from './words.ts'

/** The first screen: which bridge, which time, what would have been lost, and who would have borne it. */
export function answer(result: ReplayResult): Html {
  const headline = Headline.of(result)
  const { bridge, range } = result
  return html`<header class="hero" id="answer">
<p class="eyebrow">Cutwater · replay of a bridge’s history</p>
<h1>${bridge.synthetic && syntheticBadge}${capital(bridge.name)}</h1>
<p class="range">${days(range)}, UTC · ${Format.counted(range.events, 'event')} · posture ${result.posture}</p>
${bridge.synthetic && html`<p class="synthetic-note"><b>SYNTHETIC.</b> This history was generated, it did not happen. No figure on this page is evidence about a real bridge.</p>`}
<p class="answer">${sentence(result, headline)}</p>
${bearers(headline)}
${headline.hasAttack && headline.rows.length > 0 && waterfall(result, headline.attack, 'Who would have borne the attack')}
${facts(result)}
</header>
`
}

function sentence(result: ReplayResult, headline: Headline.Headline): Content {
  const { lead, others, hasAttack, ladder } = headline
  if (lead === undefined) return 'No policy was run on this history.'
  const name = html`${capital(Headline.label(lead.name, ladder))}${lead.level > 0 && ` at level ${lead.level} (${Headline.levelWord(lead.level)})`}`
  if (!hasAttack) {
    return html`No attack in this range: nothing was stolen, with or without protection. ${name} would have made ${waited(lead)} wait.`
  }
  const rest = others.map((other) =>
    other.name === 'none'
      ? html`; nothing at all: <b class="alarm">${Format.usd(other.lostUsd)}</b>`
      : html`; the static ladder <b>${Format.usd(other.lostUsd)}</b>`,
  )
  return html`${name} would have lost <b>${Format.usd(lead.lostUsd)}</b> of <b>${Format.usd(result.baselineLossUsd)}</b>${rest}.`
}

function bearers({ lead, deceived, hasAttack }: Headline.Headline): Content {
  if (!hasAttack || lead === undefined) return null
  const split =
    lead.lostUsd > 0 &&
    html`That is ${Format.percent(lead.lostUsd / (lead.lostUsd + lead.preventedUsd))} of the attack, ${borne(lead)}. `
  const lied =
    deceived !== undefined &&
    deceived !== lead &&
    html`Had the watchers themselves been deceived, it would have lost ${Format.usd(deceived.lostUsd)}${deceived.lostUsd > 0 && `: ${borne(deceived)}`}. `
  return html`<p class="answer-note">${split}${lied}The price: ${waited(lead)} had to wait, and the layers cost ${Format.usd(lead.carryUsdPerYear)} a year.</p>`
}

function borne({ lostUsd, coveredUsd, backstoppedUsd, shortfallUsd }: PolicyResult): string {
  const shares: readonly (readonly [number, string])[] = [
    [coveredUsd, 'covered by the bond'],
    [backstoppedUsd, 'paid from the reserve'],
    [shortfallUsd, 'borne by users'],
  ]
  const parts = shares
    .filter(([usd]) => usd > 0)
    .map(([usd, how]) => `${usd === lostUsd ? 'all of it' : Format.usd(usd)} ${how}`)
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

function waited({ held, heldMints, honestReleases, honestMints }: PolicyResult): string {
  const count = held.count + heldMints.count
  return `${Format.count(count)} of ${Format.count(honestReleases + honestMints)} honest transfers`
}

function days({ from, to }: ReplayResult['range']): string {
  const [first, last] = [Format.date(from), Format.date(to)]
  return first === last ? first : `${first} to ${last}`
}

function facts(result: ReplayResult): Html {
  const { matched, finalityBreaches, withoutSource, firstAttackFinding: first } = result
  const entries: readonly (readonly [string, Content])[] = [
    ['Deposits matched', breached(matched.deposits, finalityBreaches.deposits)],
    ['Withdrawals matched', breached(matched.withdrawals, finalityBreaches.withdrawals)],
    ['Releases without source', Format.count(withoutSource.releases)],
    ['Mints without source', Format.count(withoutSource.mints)],
    [
      'Releases of the attack',
      html`${Format.count(result.attackReleases)}<small>${Format.usd(result.baselineLossUsd)} in all</small>`,
    ],
    [
      'First finding of the attack',
      first === null ? 'none' : html`${Format.time(first.at)}<small>UTC, ${first.name}</small>`,
    ],
  ]
  return html`<dl class="facts">${entries.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
}

function breached(count: number, breaches: number): Html {
  return html`${Format.count(count)}<small>${Format.count(breaches)} more before finality</small>`
}
