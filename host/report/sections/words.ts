import type { Attack } from '@cutwater/engine/replay/ReplayResult.ts'
import type { Content, Html } from '../html.ts'
import { html } from '../html.ts'

/** What the attacks are called, and how a caption says it. */
export const attackWords: Readonly<Record<Attack, { readonly name: string; readonly caption: string }>> = {
  recorded: { name: 'As recorded', caption: 'the attack as it was recorded' },
  split: { name: 'Split', caption: 'the same attack with every release cut into ten' },
  slow: { name: 'Slow', caption: 'the same attack taking ten times longer' },
  deceived: { name: 'Deceived', caption: 'the same attack with the watchers shown a forged source' },
}

/** An attack's name, and what it changes where it changes something. */
export function attackTitle(attack: Attack): string {
  const { name, caption } = attackWords[attack]
  return attack === 'recorded' ? name : `${name}: ${caption}`
}

export type SectionParts = {
  readonly id: string
  readonly number: number
  readonly title: string
  readonly lead?: Content
  readonly body: Content
}

export function section({ id, number, title, lead, body }: SectionParts): Html {
  return html`<section id="${id}">
<header><h2><small>${number}</small>${title}</h2>${lead && html`<p class="lead">${lead}</p>`}</header>
${body}
</section>
`
}

/** A name as it opens a sentence or a page. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** What stands where a list would be empty. */
export function nothing(text: string): Html {
  return html`<p class="quiet">${text}</p>`
}

/** The first of a list in the open, the rest folded. */
export function folded<T>(
  items: readonly T[],
  shown: number,
  what: string,
  list: (items: readonly T[], first: number) => Html,
): Html {
  if (items.length <= shown + 2) return list(items, 0)
  const rest = items.slice(shown)
  return html`${list(items.slice(0, shown), 0)}
<details><summary>${rest.length} more ${what}</summary>${list(rest, shown)}</details>`
}
