import * as Timeline from '@cutwater/engine/timeline/Timeline.ts'
import type { Context } from 'hono'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import type { Desk } from './Desk.ts'
import type * as Reports from './Reports.ts'
import { reportHead } from './reportHead.ts'
import { actionRow, decisionRow, findingRow } from './rows.ts'
import type { Station } from './Station.ts'

/** How often a silent stream says that it is alive, and the most it tells of what was missed. */
export const pace = { heartbeatMilliseconds: 15_000, mostMissed: 5_000 }

/**
 * What is found, decided and done, as it comes.
 *
 * `hello` says which journal is shown and how far it is; `finding`, `decision` and `action` are what followed from
 * one entry; `grown` says that the journal has grown, or how far it is read. An event's id names the journal, the
 * entry and what of it was told: who comes back with `Last-Event-ID` hears what was missed, each thing once. `job` is
 * how far a report is; it has no id, since only the newest is worth hearing.
 */
export function streamNews(
  context: Context,
  { station, reports }: Pick<Desk, 'station' | 'reports'>,
): Response {
  const heard = placeOf(context.req.header('last-event-id') ?? context.req.query('after'))
  return streamSSE(context, async (stream) => {
    const news = listenTo([station.listeners, reports.listeners], stream)
    const jobs = new Map<string, string>()
    let work = station.shown.work
    try {
      let place = heard ?? (station.isReady ? headOf(station) : undefined)
      await hello(stream, station)
      while (!stream.aborted) {
        place = await tellSince(stream, station, place)
        // Long work goes on, or is over: what the bridge says of itself is another.
        if (work !== station.shown.work) await tellGrown(stream, standing(station))
        work = station.shown.work
        await tellJobs(stream, reports, jobs)
        if (!(await news.come())) await stream.writeSSE({ event: 'heartbeat', data: '{}' })
      }
    } finally {
      news.stop()
    }
  })
}

/** What was told last: a journal, an entry of it, and the how-manieth thing that followed from it. */
type Place = { readonly generation: string; readonly seq: number; readonly nth: number }

function headOf({ shown }: Station): Place {
  return { generation: shown.generation, seq: shown.timeline.seq, nth: Number.POSITIVE_INFINITY }
}

function placeOf(id: string | undefined): Place | undefined {
  const match = /^(.{1,80}):(\d{1,15}):(\d{1,6})$/.exec(id ?? '')
  return match ? { generation: match[1]!, seq: Number(match[2]), nth: Number(match[3]) } : undefined
}

async function tellSince(
  stream: SSEStreamingApi,
  station: Station,
  before: Place | undefined,
): Promise<Place | undefined> {
  // What is still being read for the first time is no news, and nobody's place is in it yet.
  if (!station.isReady) return before
  // Taken before anything is written: what comes meanwhile is told next.
  const head = headOf(station)
  if (before === undefined) return hello(stream, station).then(() => head)
  const { generation, seq } = head
  const isOther = generation !== before.generation
  // Of another journal everything is news.
  const place = isOther ? { generation, seq: 0, nth: Number.POSITIVE_INFINITY } : before
  const missed = toldSince(station, place)
  const grown = standing(station)
  const isFarBehind = missed.length > pace.mostMissed
  if (isOther || isFarBehind) await hello(stream, station)
  if (isFarBehind) return head
  for (const { event, id, data } of missed) await stream.writeSSE({ event, id, data })
  if (seq > place.seq || isOther) await tellGrown(stream, grown)
  return seq < place.seq ? place : head
}

function standing({ shown: { generation, timeline } }: Station) {
  return { generation, seq: timeline.seq, at: Timeline.hasBegun(timeline) ? timeline.at : null }
}

function tellGrown(stream: SSEStreamingApi, grown: ReturnType<typeof standing>): Promise<void> {
  return stream.writeSSE({ event: 'grown', data: JSON.stringify(grown) })
}

function hello(stream: SSEStreamingApi, station: Station): Promise<void> {
  return stream.writeSSE({ event: 'hello', data: JSON.stringify(standing(station)) })
}

/** What followed from each entry after a place: findings first, then decisions, then what the guard did. */
function toldSince({ shown }: Station, place: Place) {
  const { generation, timeline, bridge } = shown
  const all = [
    ...since(timeline.findings, place.seq).map((told) => ({
      event: 'finding',
      seq: told.seq,
      row: findingRow(told, bridge),
    })),
    ...since(timeline.decisions, place.seq).map((told) => ({
      event: 'decision',
      seq: told.seq,
      row: decisionRow(told),
    })),
    ...since(timeline.actions, place.seq).map((told) => ({
      event: 'action',
      seq: told.seq,
      row: actionRow(told, timeline),
    })),
  ].sort((a, b) => a.seq - b.seq)
  const counts = new Map<number, number>()
  return all.flatMap(({ event, seq, row }) => {
    const nth = counts.get(seq) ?? 0
    counts.set(seq, nth + 1)
    if (seq === place.seq && nth <= place.nth) return []
    return [{ event, id: `${generation}:${seq}:${nth}`, data: JSON.stringify(row) }]
  })
}

function since<T extends { readonly seq: number }>(told: readonly T[], seq: number): readonly T[] {
  let from = told.length
  while (from > 0 && told[from - 1]!.seq >= seq) from -= 1
  return told.slice(from)
}

/** Tells of every report that is not as it was told last. */
async function tellJobs(stream: SSEStreamingApi, reports: Reports.Reports, told: Map<string, string>) {
  for (const name of reports.made.keys()) {
    const data = JSON.stringify(reportHead(reports, name))
    if (told.get(name) === data) continue
    told.set(name, data)
    await stream.writeSSE({ event: 'job', data })
  }
}

type Listeners = { add(listen: () => void): unknown; delete(listen: () => void): unknown }

/** Waits for news: true when some has come, false after a silence. */
function listenTo(sources: readonly Listeners[], stream: SSEStreamingApi) {
  let hasCome = false
  let wake = () => {}
  const listen = () => {
    hasCome = true
    wake()
  }
  for (const listeners of sources) listeners.add(listen)
  stream.onAbort(listen)
  return {
    stop: () => {
      for (const listeners of sources) listeners.delete(listen)
    },
    come: async (): Promise<boolean> => {
      if (!hasCome) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, pace.heartbeatMilliseconds)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      const came = hasCome
      hasCome = false
      return came
    },
  }
}
