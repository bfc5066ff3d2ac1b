import type { Action, Decision, Finding, ReportHead } from '@cutwater/host/api/schemas.ts'
import { useSyncExternalStore } from 'react'
import * as News from './News.ts'
import { answers } from './useAnswer.ts'
import { keepHead } from './useReport.ts'

/** What is found, decided and done, as it comes. */
export function useNews(): News.News {
  return useSyncExternalStore(subscribe, () => news)
}

let news = News.nothing
const listeners = new Set<() => void>()

function subscribe(listen: () => void): () => void {
  listeners.add(listen)
  return () => listeners.delete(listen)
}

function hear(heard: News.Heard): void {
  const before = news
  news = News.hear(before, heard, Date.now())
  if (heard.kind === 'hello' && before.generation !== null && before.generation !== news.generation)
    void answers.resetQueries()
  else if (heard.kind === 'grown' || heard.kind === 'hello') askAnewSoon()
  for (const listen of listeners) listen()
}

/**
 * Listens until the page is closed. A stream that breaks is opened again by the browser, which says what it heard
 * last; one that the browser gives up is opened anew after the last thing heard.
 */
export function listen(after: string | null = null): void {
  const source = new EventSource(
    after === null ? '/api/events' : `/api/events?after=${encodeURIComponent(after)}`,
  )
  let last = after
  source.onopen = () => hear({ kind: 'opened' })
  source.onerror = () => {
    hear({ kind: 'lost' })
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(last), retryMilliseconds)
  }
  source.addEventListener('heartbeat', () => hear({ kind: 'heartbeat' }))
  for (const kind of ['hello', 'grown'] as const)
    source.addEventListener(kind, ({ data }) =>
      hear({ kind, ...(JSON.parse(data) as { generation: string }) }),
    )
  source.addEventListener('job', ({ data }) => keepHead(JSON.parse(data) as ReportHead))
  for (const kind of ['finding', 'decision', 'action'] as const)
    source.addEventListener(kind, ({ data, lastEventId }) => {
      last = lastEventId
      const what = JSON.parse(data) as Finding & Decision & Action
      hear({ kind: 'told', told: { id: lastEventId, kind, at: what.at, sentence: what.sentence, what } })
    })
}

const retryMilliseconds = 2_000

// A live bridge grows with every block; once a second is enough for the eye.
let isAskedSoon = false

function askAnewSoon(): void {
  if (isAskedSoon) return
  isAskedSoon = true
  setTimeout(() => {
    isAskedSoon = false
    void answers.invalidateQueries({ predicate: ({ queryKey: [path] }) => isLive(String(path)) })
  }, 300)
}

// What was at a moment stays as it was; the newest does not. A report changes when it is made, not with the journal.
function isLive(path: string): boolean {
  return !/[?&](?:at|to)=/.test(path) && !path.startsWith('/api/reports')
}
