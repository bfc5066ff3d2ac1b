import type { PolicyResult } from '@cutwater/engine/replay/ReplayResult.ts'
import { type Figure, figureOf } from './docFigures.ts'
import { millions } from './millions.ts'

/** The README's picture: the three layers as a bridge's pier, and what each policy let through. */
export function drawCutwater(figures: readonly Figure[]): string {
  const full = figureOf(figures, 'none', 0).recorded.lostUsd
  const bars: readonly Bar[] = [
    { label: 'no layer', result: figureOf(figures, 'none', 0).recorded },
    { label: 'govern alone', result: figureOf(figures, 'far-only', 0).recorded },
    { label: 'bond alone', result: figureOf(figures, 'mid-only', 0).recorded },
    { label: 'guard alone, level 3: prove', result: figureOf(figures, 'near-only', 3).recorded },
    { label: 'ladder, level 1: pause', result: figureOf(figures, 'adaptive', 1).recorded, gap: 12 },
    { label: 'ladder, level 2: limit', result: figureOf(figures, 'adaptive', 2).recorded },
    { label: 'ladder, level 3: prove', result: figureOf(figures, 'adaptive', 3).recorded },
    { label: 'guard alone, watchers deceived', result: figureOf(figures, 'near-only', 3).deceived, gap: 12 },
    { label: 'ladder, watchers deceived', result: figureOf(figures, 'adaptive', 3).deceived },
  ]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title about">`,
    `<title id="title">Three layers stand in the current like the pier of a bridge</title>`,
    `<desc id="about">${escaped(sentenceOf(bars))}</desc>`,
    `<style>\n${style}\n</style>`,
    `<rect class="paper" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="10"/>`,
    pier(full),
    chart(bars, full),
    '</svg>',
    '',
  ].join('\n')
}

type Bar = { readonly label: string; readonly result: PolicyResult; readonly gap?: number }

const width = 960
const height = 396

type Colours = Readonly<
  Record<'paper' | 'ink' | 'soft' | 'line' | 'water' | 'near' | 'mid' | 'far' | 'users' | 'paid', string>
>

const light: Colours = {
  paper: '#ffffff',
  ink: '#1f2933',
  soft: '#52606d',
  line: '#cbd2d9',
  water: '#4a90c2',
  near: '#1f6f8b',
  mid: '#2f855a',
  far: '#6b5ca5',
  users: '#c2410c',
  paid: '#d9a441',
}

const dark: Colours = {
  paper: '#11181f',
  ink: '#e4e7eb',
  soft: '#9aa5b1',
  line: '#3e4c59',
  water: '#5aa9e6',
  near: '#4fb3d1',
  mid: '#5cc58f',
  far: '#a99be0',
  users: '#f08a5d',
  paid: '#e0b95b',
}

function colourRules({ paper, ink, soft, line, water, near, mid, far, users, paid }: Colours): string {
  return [
    `text{fill:${ink}}.small{fill:${soft}}.on{fill:${paper}}.paper{fill:${paper};stroke:${line}}.axis{stroke:${line}}`,
    `.current{stroke:${water}}.near{fill:${near}}.mid{fill:${mid}}.far{fill:${far}}.users{fill:${users}}.paid{fill:${paid}}`,
    `.layer{stroke:${paper}}`,
  ].join('')
}

// The dark colours are for who asks for them; both sets stand on their own paper, whatever the page behind is.
const style = [
  'text{font:13px system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif}.small{font-size:12px}',
  '.head{font-size:15px;font-weight:600}.on,.figure{font-weight:600}.end{text-anchor:end}',
  '.layer{stroke-width:2}.current{fill:none;stroke-width:2.5;stroke-linecap:round}',
  colourRules(light),
  `@media (prefers-color-scheme:dark){${colourRules(dark)}}`,
].join('\n')

/** The pier from above: the current comes from the left and meets one layer after the other. */
function pier(full: number): string {
  const [tip, top, bottom, back] = [112, 92, 308, 430]
  const middle = (top + bottom) / 2
  // Each layer is a wedge inside the one before it.
  const wedge = (name: string, inset: number) => {
    const [x, y] = [tip + inset * 1.9, top + inset * 0.82]
    const shoulder = x + 88 - inset * 0.35
    const points = [
      [x, middle],
      [shoulder, y],
      [back, y],
      [back, 2 * middle - y],
      [shoulder, 2 * middle - y],
    ]
    return `<polygon class="layer ${name}" points="${points.map((point) => point.map(round).join(',')).join(' ')}"/>`
  }
  const label = (name: string, what: string, y: number) =>
    `<text class="on" x="216" y="${y}">${name}</text><text class="on end" x="${back - 12}" y="${y}">${what}</text>`
  return [
    `<text class="head" x="28" y="38">A loss meets the layers in order</text>`,
    ...currents(tip, middle),
    wedge('near', 0),
    wedge('mid', 36),
    wedge('far', 72),
    wedge('users', 104),
    label('guard', 'prevents', top + 20),
    `<text class="on" x="272" y="${top + 50}">bond</text><text class="on end" x="${back - 12}" y="${top + 50}">covers</text>`,
    `<text class="on" x="318" y="${top + 78}">govern</text><text class="on end" x="${back - 12}" y="${top + 78}">backs</text>`,
    `<text class="on end" x="${back - 12}" y="${middle + 5}">users</text>`,
    `<text class="small" x="28" y="${height - 24}">The attack on Nomad, August 2022: ${millions(full)}</text>`,
  ].join('\n')
}

function currents(tip: number, middle: number): string[] {
  return [-1, 1].flatMap((side) =>
    [10, 24, 38].map((off) => {
      const [start, end] = [middle + side * off, middle + side * (112 + off)]
      return `<path class="current" d="M28,${start} C${tip - 10},${start} ${tip + 30},${end} 206,${end} H440"/>`
    }),
  )
}

function chart(bars: readonly Bar[], full: number): string {
  const [left, right, rowHeight] = [690, 866, 27]
  const scale = (usd: number) => round(((right - left) * usd) / full)
  let y = 66
  const rows = bars.map(({ label, result, gap = 0 }) => {
    y += gap
    const at = y
    y += rowHeight
    const paid = result.coveredUsd + result.backstoppedUsd
    return [
      `<text class="end" x="${left - 10}" y="${at + 14}">${escaped(label)}</text>`,
      `<rect class="users" x="${left}" y="${at + 2}" width="${scale(result.shortfallUsd)}" height="15"/>`,
      `<rect class="paid" x="${round(left + scale(result.shortfallUsd))}" y="${at + 2}" width="${scale(paid)}" height="15"/>`,
      `<text class="figure" x="${round(left + scale(result.lostUsd) + 6)}" y="${at + 14}">${millions(result.lostUsd)}</text>`,
    ].join('\n')
  })
  return [
    `<text class="head" x="486" y="38">What the attack takes</text>`,
    `<line class="axis" x1="${left}" x2="${left}" y1="60" y2="${y}"/>`,
    ...rows,
    `<rect class="users" x="${left}" y="${height - 34}" width="11" height="11"/><text class="small" x="${left + 17}" y="${height - 24}">users lose</text>`,
    `<rect class="paid" x="${left + 96}" y="${height - 34}" width="11" height="11"/><text class="small" x="${left + 113}" y="${height - 24}">cover and reserve pay</text>`,
  ].join('\n')
}

function sentenceOf(bars: readonly Bar[]): string {
  return `What the attack takes: ${bars.map(({ label, result }) => `${label} ${millions(result.lostUsd)}`).join('; ')}.`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
