import type { ReplayResult } from '@cutwater/engine/replay/ReplayResult.ts'
import { html } from './html.ts'
import { page } from './page.ts'
import { answer } from './sections/answer.ts'
import { again, assumptions } from './sections/assumptions.ts'
import { held } from './sections/held.ts'
import { flows, ladder } from './sections/history.ts'
import { policies } from './sections/policies.ts'
import { reaction } from './sections/reaction.ts'
import { decisions, findings } from './sections/record.ts'
import { capital } from './sections/words.ts'

export type Options = {
  /** the command line that prints the page again */
  readonly command?: string
}

/** A replay as one self-contained page: no request, no inline style, the same bytes for the same result. */
export function replayReport(result: ReplayResult, options: Options = {}): string {
  const label = result.bridge.synthetic ? 'SYNTHETIC: ' : ''
  return page({
    title: `${label}${capital(result.bridge.name)}, replayed by Cutwater`,
    head: answer(result),
    sections: html`${policies(result)}${flows(result)}${ladder(result)}${reaction(result)}${held(result)}${findings(result)}${decisions(result)}${assumptions(result)}${again(options.command)}`,
    contents,
    footer: html`${result.bridge.synthetic && 'SYNTHETIC history. '}Source: ${result.bridge.source}. Times in UTC, values in US dollars at the day’s price. Drawn by Cutwater; the page asks nothing of the network.`,
  })
}

const contents = [
  ['answer', 'The answer'],
  ['policies', 'Policies, levels, attacks'],
  ['flows', 'Value locked and flows'],
  ['ladder', 'Stress and weights'],
  ['reaction', 'Reaction time'],
  ['held', 'Honest transfers held'],
  ['findings', 'Findings'],
  ['decisions', 'Decisions'],
  ['assumptions', 'Assumptions and notes'],
  ['again', 'Print this again'],
] as const
