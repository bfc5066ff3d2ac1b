import { createHash } from 'node:crypto'
import type { ReplayResult } from '@cutwater/engine/replay/ReplayResult.ts'
import { type Html, html, trusted } from './html.ts'
import { script } from './script.ts'
import { answer } from './sections/answer.ts'
import { again, assumptions } from './sections/assumptions.ts'
import { held } from './sections/held.ts'
import { flows, ladder } from './sections/history.ts'
import { policies } from './sections/policies.ts'
import { reaction } from './sections/reaction.ts'
import { decisions, findings } from './sections/record.ts'
import { capital } from './sections/words.ts'
import { style } from './style.ts'

export type Options = {
  /** the command line that prints the page again */
  readonly command?: string
}

/** A replay as one self-contained page: no request, no inline style, the same bytes for the same result. */
export function replayReport(result: ReplayResult, options: Options = {}): string {
  const title = `${result.bridge.synthetic ? 'SYNTHETIC: ' : ''}${capital(result.bridge.name)}, replayed by Cutwater`
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${trusted(style)}</style>
</head>
<body>
<div class="page">
${answer(result)}
<main>
${policies(result)}${flows(result)}${ladder(result)}${reaction(result)}${held(result)}${findings(result)}${decisions(result)}${assumptions(result)}${again(options.command)}
</main>
${contents}
<footer>${result.bridge.synthetic && 'SYNTHETIC history. '}Source: ${result.bridge.source}. Times in UTC, values in US dollars at the day’s price. Drawn by Cutwater; the page asks nothing of the network.</footer>
</div>
<script>${trusted(script)}</script>
</body>
</html>
`
  return page.html
}

const contents: Html = html`<nav aria-label="Contents"><ol>${[
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
].map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}</ol></nav>`

// Nothing may be loaded, and nothing may run or be styled but what stands here.
const policy = [
  "default-src 'none'",
  'img-src data:',
  `style-src 'sha256-${sha256(style)}'`,
  `script-src 'sha256-${sha256(script)}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}
