/** Text that may go into a page as it stands; only `html` and `trusted` make it. */
export type Html = { readonly html: string }

export type Content = Html | string | number | null | undefined | false | readonly Content[]

/**
 * A piece of page: what is put into the template is escaped, unless it is `Html` itself; lists are joined,
 * `null`, `undefined` and `false` are left out.
 *
 * @example
 * html.html`<b>${'a < b'}</b>` // { html: '<b>a &lt; b</b>' }
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Content[]): Html {
  const pieces = strings.map((text, i) => text + (i < parts.length ? render(parts[i]) : ''))
  return { html: pieces.join('') }
}

/** Text that is known to be sound markup: from our own renderer, never from data. */
export function trusted(text: string): Html {
  return { html: text }
}

/**
 * Text made safe for element content and quoted attributes.
 *
 * @example
 * html.escapeText('<a href="x">') // '&lt;a href=&quot;x&quot;&gt;'
 */
export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character]!)
}

/** JSON that cannot end the script element it stands in. */
export function json(value: unknown): Html {
  return trusted(JSON.stringify(value).replace(/</g, '\\u003c'))
}

function render(part: Content): string {
  if (part === null || part === undefined || part === false) return ''
  if (typeof part === 'string') return escapeText(part)
  if (typeof part === 'number') return String(part)
  if (isHtml(part)) return part.html
  return part.map(render).join('')
}

function isHtml(part: Html | readonly Content[]): part is Html {
  return 'html' in part
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
