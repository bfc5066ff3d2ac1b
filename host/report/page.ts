import { createHash } from 'node:crypto'
import { type Html, html, trusted } from './html.ts'
import { script } from './script.ts'
import { style } from './style.ts'

export type Page = {
  readonly title: string
  /** the first screen */
  readonly head: Html
  readonly sections: Html
  /** what the margin leads to: id and name */
  readonly contents: readonly (readonly [id: string, name: string])[]
  readonly footer: Html
}

/** One self-contained page: no request, no inline style, the same bytes for the same parts. */
export function page({ title, head, sections, contents, footer }: Page): string {
  return html`<!doctype html>
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
${head}
<main>
${sections}
</main>
<nav aria-label="Contents"><ol>${contents.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}</ol></nav>
<footer>${footer}</footer>
</div>
<script>${trusted(script)}</script>
</body>
</html>
`.html
}

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
