import { createHash } from 'node:crypto'
import { Script } from 'node:vm'
import type { ReplayResult } from '@cutwater/engine/replay/ReplayResult.ts'
import { describe, expect, it } from 'vitest'
import { attacked, calm, empty, synthetic } from './fixtures.ts'
import { replayReport } from './replayReport.ts'
import { script } from './script.ts'

const page = replayReport(attacked, { command: 'cutwater replay --data history' })

describe('the page stands alone', () => {
  it.each([
    ['an attack', page],
    ['a synthetic history', replayReport(synthetic)],
    ['nothing', replayReport(empty)],
  ])('and asks nothing of the network: %s', (_, text) => {
    expect(text).not.toMatch(/https?:|wss?:|@import|\burl\((?!#)/)
    const loads = [...text.matchAll(/\b(?:src|href|srcset|action|data|poster)="([^"]*)"/g)].map(
      ([, to]) => to,
    )
    expect(loads.filter((to) => !/^(?:#|data:)/.test(to!))).toEqual([])
    expect(text).not.toMatch(/<(?:iframe|object|embed|base|form|img|audio|video)\b/)
  })

  it('under a policy that lets nothing in but its own style and script', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/
      .exec(page)?.[1]
      ?.replaceAll('&#39;', "'")
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/unsafe|\*/)
    for (const element of ['style', 'script']) {
      const text = new RegExp(`<${element}>([\\s\\S]*?)</${element}>`).exec(page)?.[1]
      const hash = createHash('sha256').update(text!).digest('base64')
      expect(policy).toContain(`${element}-src 'sha256-${hash}'`)
    }
    expect(page).not.toMatch(/ style="| on\w+="/)
  })

  it('in less than a megabyte', () => expect(page.length).toBeLessThan(1e6))

  it('with a script that a browser can read', () => expect(() => new Script(script)).not.toThrow())
})

it('the same result gives the same bytes', () => {
  replayReport(synthetic)
  expect(replayReport(attacked, { command: 'cutwater replay --data history' })).toBe(page)
})

it('no text of the result becomes markup, wherever it stands', () => {
  const text = replayReport(poisoned(attacked), { command: poison })
  expect(text).not.toContain('<xss')
  expect(text).toContain('&lt;xss')
  expect(text.match(/<\/script>/g)).toHaveLength(page.match(/<\/script>/g)!.length)
})

describe('what it says', () => {
  it('opens with the bridge, the range and the answer', () => {
    const head = textOf(page.slice(page.indexOf('<h1>'), page.indexOf('<figure')))
    expect(head).toContain('Harbour')
    expect(head).toContain('11 Jan 2022 to 3 Dec 2022')
    expect(head).toContain('Adaptive 4/4/2 at level 3 (prove) would have lost $356.8k of $159.58M')
    expect(head).toContain('the static ladder $414.9k; nothing at all: $159.58M.')
  })

  it.each(['recorded', 'split', 'slow', 'deceived'])('has a row for every policy and level: %s', (attack) => {
    const table = tableOf(page, `attack-${attack}`)
    const rows = attacked.policies.filter((policy) => policy.attack === attack)
    expect(table.match(/<tr/g)).toHaveLength(rows.length + 1)
    for (const label of ['no protection', 'signers only', 'guard only', 'static 4/4/2', 'adaptive 4/4/2']) {
      expect(table).toContain(`>${label}<`)
    }
    for (const { lostUsd } of rows) expect(table).toContain(`>${(lostUsd / 1e6).toFixed(2)}<`)
  })

  it('names a policy it has never heard of by its own name', () => {
    const policies = attacked.policies.map((policy) => ({ ...policy, name: `my-${policy.name}` }))
    const text = replayReport({ ...attacked, policies })
    for (const { name } of policies) expect(text).toContain(name)
    expect(text).toContain('My-near-only at level 3 (prove) would have lost')
  })

  it('says where a loss is above its bound', () => {
    const policies = attacked.policies.map((policy) => ({
      ...policy,
      boundUsd: policy.level === 3 ? 1 : null,
    }))
    const text = replayReport({ ...attacked, policies })
    expect(text).toContain('in 0 of 12 runs that have one; the others are marked.')
    expect(text.match(/<td class="n no">no<\/td>/g)).toHaveLength(12)
    expect(text).not.toContain('>yes<')
  })

  it('draws an attack on the very last day', () => {
    const at = attacked.series.at.at(-1)! + 7_291
    const text = replayReport({ ...attacked, firstAttackFinding: { ...attacked.firstAttackFinding!, at } })
    expect(text).toContain('>ReleaseWithoutSource, 2022-12-02 02:01</text>')
  })

  it('a pause without an end waits for people', () => {
    const endless = [{ at: attacked.range.from, scope: 'bridge', until: null, reason: 'a drill' }]
    const policies = attacked.policies.map((policy) => ({ ...policy, pauses: endless }))
    expect(textOf(replayReport({ ...attacked, policies }))).toContain('bridge until people end it: a drill')
  })

  it('keeps every finding, decision, parameter and note', () => {
    const text = textOf(page)
    for (const { sentence } of attacked.notable) expect(text).toContain(sentence)
    for (const { sentence } of attacked.decisions) expect(text).toContain(sentence.slice(1))
    for (const { name, source } of attacked.parameters) {
      expect(text).toContain(name)
      expect(text).toContain(source)
    }
    for (const note of attacked.notes) expect(text).toContain(note)
    expect(text).toContain('cutwater replay --data history')
  })

  it('gives every figure a caption with its source', () => {
    const figures = page.split('<figure ').slice(1)
    expect(figures.length).toBeGreaterThanOrEqual(7)
    for (const figure of figures) expect(/<figcaption>[\s\S]*Source: fixture/.test(figure)).toBe(true)
  })
})

describe('a synthetic history', () => {
  const text = replayReport(synthetic)

  it('says SYNTHETIC in the title, at the top and beside every figure and table of results', () => {
    expect(text).toContain('<title>SYNTHETIC: Delta')
    expect(text).toContain('<h1><span class="badge">SYNTHETIC</span>')
    const heads = [...text.matchAll(/<div class="figure-head">([\s\S]*?)<\/div>/g)]
    expect(heads.length).toBeGreaterThanOrEqual(13)
    expect(heads.filter(([, head]) => !head!.includes('SYNTHETIC'))).toEqual([])
    expect(text.match(/<figure /g)!.length).toBeLessThanOrEqual(heads.length)
  })

  it('and a real one nowhere', () => expect(page).not.toContain('SYNTHETIC'))
})

describe('where there is little to say', () => {
  it('says so, section by section, without a broken figure', () => {
    const text = replayReport(empty)
    expect(text).not.toMatch(/NaN|undefined|Infinity|<figure/)
    expect(text.match(/<section/g)).toHaveLength(9)
    expect(text).toContain('No policy was run on this history.')
    expect(text).toContain('The command was not recorded.')
  })

  it('without an attack the answer is that nothing was stolen', () => {
    const text = replayReport(calm)
    expect(text).toContain('No attack in this range')
    expect(text).not.toMatch(/NaN|undefined|Infinity|id="waterfall/)
    expect(tableOf(text, 'attack-recorded').match(/<tr/g)).toHaveLength(14)
  })

  it.each([
    ['no findings', { findings: {}, notable: [], firstAttackFinding: null }],
    ['no series', { series: empty.series }],
    ['no reactions', { lossByReaction: [] }],
    ['one reaction', { lossByReaction: attacked.lossByReaction.slice(0, 1) }],
    ['no pauses', { policies: attacked.policies.map((policy) => ({ ...policy, pauses: [] })) }],
    ['only one policy', { policies: attacked.policies.filter(({ name }) => name === 'none') }],
    ['only the static ladder', { policies: attacked.policies.filter(({ name }) => name === 'static') }],
    ['one day', { series: dayOf(attacked) }],
  ])('holds with %s', (_, part) => {
    const text = replayReport({ ...attacked, ...part })
    expect(text).not.toMatch(/NaN|undefined|Infinity/)
    expect(text).toContain('</html>')
  })
})

const poison = '<xss a="b" c=\'d\'></script><xss>&'

// Every string of the result but those that are a closed set in its type.
function poisoned<T>(value: T, key = ''): T {
  if (typeof value === 'string') return (key === 'attack' ? value : poison + value) as T
  if (Array.isArray(value)) return value.map((item) => poisoned(item, key)) as T
  if (typeof value !== 'object' || value === null) return value
  const name = (inner: string) => (key === 'findings' ? poison + inner : inner)
  return Object.fromEntries(
    Object.entries(value).map(([inner, part]) => [name(inner), poisoned(part, inner)]),
  ) as T
}

function dayOf({ series }: ReplayResult): ReplayResult['series'] {
  const first = (values: readonly number[]) => values.slice(0, 1)
  const layers = (values: ReplayResult['series']['stress']) => ({
    near: first(values.near),
    mid: first(values.mid),
    far: first(values.far),
  })
  return {
    at: first(series.at),
    lockedUsd: first(series.lockedUsd),
    inflowUsd: first(series.inflowUsd),
    outflowUsd: first(series.outflowUsd),
    findings: first(series.findings),
    boundUsd: series.boundUsd.slice(0, 1),
    stress: layers(series.stress),
    weights: layers(series.weights),
  }
}

function tableOf(text: string, id: string): string {
  const start = text.indexOf(`id="${id}"`)
  return text.slice(start, text.indexOf('</table>', start))
}

/** What a reader sees: no tags, no styles or data, entities as characters. */
function textOf(markup: string): string {
  return markup
    .replace(/<(style|script)\b[\s\S]*?<\/\1>/g, '')
    .replace(/<\/?(?:code|b|span|i)\b[^>]*>/g, (tag) => (tag.startsWith('</span') ? ' ' : ''))
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/[ \n]+/g, ' ')
}
