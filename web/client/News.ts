import type { Action, Decision, Finding } from '@cutwater/host/api/schemas.ts'

/** Something that was found, decided or done while the page was open. */
export type Told = {
  /** names the journal, the entry and what of it: never twice the same */
  readonly id: string
  readonly at: number
  readonly sentence: string
} & (
  | { readonly kind: 'finding'; readonly what: Finding }
  | { readonly kind: 'decision'; readonly what: Decision }
  | { readonly kind: 'action'; readonly what: Action }
)

export type News = {
  readonly link: 'connecting' | 'open' | 'lost'
  /** wall time of the last sign of life, milliseconds */
  readonly heardAt: number | null
  readonly generation: string | null
  /** newest first */
  readonly told: readonly Told[]
}

export const nothing: News = { link: 'connecting', heardAt: null, generation: null, told: [] }

/** How many pieces of news are kept. */
export const mostTold = 200

export type Heard =
  | { readonly kind: 'opened' | 'lost' | 'heartbeat' }
  | { readonly kind: 'hello' | 'grown'; readonly generation: string }
  | { readonly kind: 'told'; readonly told: Told }

/** The news after one more thing was heard; what was told already changes nothing. */
export function hear(news: News, heard: Heard, now: number): News {
  switch (heard.kind) {
    case 'opened':
      return { ...news, link: 'open', heardAt: now }
    case 'lost':
      return { ...news, link: 'lost' }
    case 'heartbeat':
      return { ...news, heardAt: now }
    case 'hello':
    case 'grown':
      return { ...news, heardAt: now, generation: heard.generation }
    case 'told': {
      const isKnown = news.told.some(({ id }) => id === heard.told.id)
      const told = isKnown ? news.told : [heard.told, ...news.told].slice(0, mostTold)
      return { ...news, heardAt: now, told }
    }
  }
}
