import { lockedUsd } from '@cutwater/core/bridge/BridgeBook.ts'
import { layerNames } from '@cutwater/core/bridge/decide.ts'
import type { Severity } from '@cutwater/core/bridge/findings/Severity.ts'
import * as Layer from '@cutwater/core/ladder/Layer.ts'
import * as Usd from '@cutwater/core/units/Usd.ts'
import type { Deed, Outcome } from '@cutwater/engine/ports/Actuator.ts'
import { chainNames, placeOf } from '@cutwater/lab/bridge/Coins.ts'
import type { RunResult } from '@cutwater/lab/run/RunResult.ts'
import type { Scene } from '@cutwater/lab/run/runScenario.ts'
import type { Scenario } from '@cutwater/lab/scenarios/Scenario.ts'
import { bold, dim, table } from './text.ts'

/** What has been told of a run so far, so that nothing is told twice. */
export type Story = { hasBegun: boolean; findings: number; deeds: number; phase: Scene['phase'] }

export function create(): Story {
  return { hasBegun: false, findings: 0, deeds: 0, phase: 'calm' }
}

/** What is about to be seen, in four lines. */
export function prologue(): string {
  return [
    bold('Cutwater lab'),
    'Two local chains, and on them two copies of one bridge with the same users and the same attacker.',
    'One copy has the three layers (guard, bond, govern), the other has none. Starting the chains …',
    dim('Ctrl-C ends it. `cutwater lab list` shows all attacks, `cutwater replay` a bridge’s history.'),
  ].join('\n')
}

/** Where the same is seen in a browser, and what opens its controls. */
export function whereToLook({
  url,
  tokenText,
}: {
  readonly url: string
  readonly tokenText: string
}): string {
  return `In the browser: ${bold(url)} ${dim(`(for controls: ${tokenText})`)}`
}

export function announce({ name, incident, says }: Scenario): string {
  return `\n${bold(name)} ${dim(`re-enacts ${incident}`)}\n${says}\n`
}

/** The lines a block adds: how the bridge stands, what was found, what was done. */
export async function tell(story: Story, scene: Scene): Promise<readonly string[]> {
  const { findings, deeds } = scene.observer
  const lines: string[] = []
  // What the set-up looked like to the watch is not part of the story.
  if (!story.hasBegun)
    Object.assign(story, { hasBegun: true, findings: findings.length, deeds: deeds.length })
  if (scene.phase !== story.phase && scene.phase === 'attack') lines.push(bold('  The attack begins.'))
  story.phase = scene.phase
  const fresh = findings.slice(story.findings).filter(({ severity }) => severity !== 'low')
  for (const { severity, sentence } of fresh.slice(0, shownFindings))
    lines.push(`  ${mark(severity)} ${brief(sentence)}`)
  if (fresh.length > shownFindings)
    lines.push(dim(`     and ${fresh.length - shownFindings} more like these`))
  lines.push(...doneLines(deeds.slice(story.deeds)))
  story.findings = findings.length
  story.deeds = deeds.length
  lines.push(await statusLine(scene))
  return lines
}

/** What the attack came to on both copies, side by side. */
export function epilogue({ steps, on, off, detectedBy, limitedBy }: RunResult): string {
  const whole = Math.max(off.lostUsd, on.lostUsd, 1)
  const rows = [
    ['left the bridge', off.lostUsd, on.lostUsd],
    ['kept by the guard', 0, on.preventedUsd],
    ['paid by the cover', 0, on.coveredUsd],
    ['paid by the reserve', 0, on.backstoppedUsd],
    ['lost by users', off.lostUsd, on.shortfallUsd],
  ] as const
  const lines = rows.map(([what, without, withLayers]) => [
    what,
    usd(without),
    bar(without / whole),
    usd(withLayers),
    bar(withLayers / whole),
  ])
  return [
    '',
    table(['', 'no layers', '', 'three layers', ''], lines, ['left', 'right', 'left', 'right', 'left']),
    `  stated bound ${usd(on.boundUsd)}${containedIn(steps, on)}; seen by ${detectedBy.join(', ') || 'nobody'}`,
    dim(`  limited by ${limitedBy}`),
  ].join('\n')
}

export function farewell(): string {
  return 'Both chains are stopped.'
}

/** How many findings of one block are shown; the others are counted. */
const shownFindings = 2

async function statusLine({ height, phase, observer, lostUsd: lost }: Scene): Promise<string> {
  const { book } = observer.watch.live
  const weights = Layer.layers.map((layer) => `${layerNames[layer]} ${percent(book.weights[layer])}`)
  const parts = [
    `block ${String(height).padStart(3)}`,
    `locked ${Usd.format(lockedUsd(book))}`,
    `stress ${bar(book.stress.near, 8)} ${book.stress.near.toFixed(2)}`,
    weights.join(' '),
  ]
  if (phase !== 'calm') {
    const { on, off } = await lost()
    parts.push(`lost: no layers ${Usd.format(off)}, three layers ${Usd.format(on)}`)
  }
  return dim('  ') + parts.join(dim('  ·  '))
}

type Done = { readonly deed: Deed; readonly outcome: Outcome }

// The same for three tokens is one thing to a reader.
function doneLines(done: readonly Done[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const line of done.map(doneLine)) counts.set(line, (counts.get(line) ?? 0) + 1)
  return [...counts].map(([line, count]) => `  → ${line}${count > 1 ? dim(` (${count} tokens)`) : ''}`)
}

function doneLine({ deed: { act, reason, chain }, outcome }: Done): string {
  const how = outcome.kind === 'confirmed' ? `confirmed in block ${outcome.block}` : outcome.kind
  return `${bold(doneWhat(act))} on ${chainNames[placeOf(chain)]}, ${how}: ${brief(reason)}`
}

function doneWhat(act: Deed['act']): string {
  switch (act.kind) {
    case 'pause':
      return `paused ${act.scope} ${act.key}`.trimEnd()
    case 'resume':
      return 'asked the timelock to end a pause'
    case 'tighten':
      return act.total === null ? 'took the allowance for unproven value away' : 'tightened the limits'
    case 'propose':
      return 'asked the timelock to loosen the limits'
    case 'tilt':
      return 'moved the treasury towards the ladder'
    case 'raiseCover':
      return `opened an auction for $${act.dollars.toLocaleString('en-US')} of cover`
    case 'raiseLevel':
      return `raised the guard to level ${act.level}`
  }
}

function containedIn(steps: RunResult['steps'], { blocksToContain: blocks, blocksMoved }: RunResult['on']) {
  if (blocks === null && steps === 'many') return `; looks honest, so it went on for ${blocksMoved} blocks`
  if (blocks === null) return '; one transaction, nothing that reacts can catch it'
  return blocks === 0
    ? '; contained in its own block'
    : `; contained after ${blocks} more block${blocks === 1 ? '' : 's'}`
}

// Whole hashes are in the journal; here they would hide the sentence.
function brief(sentence: string): string {
  return sentence.replaceAll(/0x([0-9a-f]{6})[0-9a-f]{50,}([0-9a-f]{4})/g, '0x$1…$2')
}

function mark(severity: Severity): string {
  return severity === 'critical' || severity === 'high' ? bold('!!') : ' !'
}

const barWidth = 24

function bar(share: number, width = barWidth): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * width)
  const least = share > 0 && filled === 0 ? '▏' : '█'.repeat(filled)
  return least.padEnd(width)
}

function percent(weight: number): string {
  return `${Math.round(weight * 100)}%`
}

function usd(dollars: number): string {
  return Usd.format(Usd.fromDollars(dollars))
}
