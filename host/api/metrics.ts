import * as Book from '@cutwater/core/bridge/BridgeBook.ts'
import { map } from '@cutwater/core/ladder/Layer.ts'
import { toDollars } from '@cutwater/core/units/Usd.ts'
import { boundOf } from '@cutwater/engine/replay/Run.ts'
import * as Thread from '@cutwater/engine/timeline/Thread.ts'
import type { Context, MiddlewareHandler } from 'hono'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Desk } from './Desk.ts'

/** What a monitoring system reads, in Prometheus' text format; all names begin with `cutwater_`. */
export type Metrics = {
  /** counts requests and how long they took */
  readonly count: MiddlewareHandler
  readonly show: (context: Context) => Promise<Response>
}

/** Numbers about the bridge that is shown, read when they are asked for, and about the server itself. */
export function createMetrics({ station }: Desk): Metrics {
  const register = new Registry()
  collectDefaultMetrics({ register, prefix: 'cutwater_' })
  const gauge = (
    name: string,
    help: string,
    labelNames: readonly string[],
    collect: (gauge: Gauge) => void,
  ) =>
    new Gauge({
      name: `cutwater_${name}`,
      help,
      labelNames: [...labelNames],
      registers: [register],
      collect() {
        collect(this)
      },
    })
  const book = () => Thread.bookOf(station.shown.timeline.thread)
  gauge('locked_usd', 'value locked at home, US dollars', [], (each) =>
    each.set(toDollars(Book.lockedUsd(book()))),
  )
  gauge(
    'loss_bound_usd',
    'the most that can be lost from now on, US dollars; NaN where nothing bounds it',
    [],
    (each) => {
      const bound = boundOf({ book: book(), deceived: false })
      each.set(bound === null ? Number.NaN : toDollars(bound))
    },
  )
  gauge('stress', 'stress by layer, 0 calm to 1 acute', ['layer'], (each) => perLayer(each, book().stress))
  gauge('weight', 'share of protection by layer', ['layer'], (each) => perLayer(each, book().weights))
  gauge('legs', 'legs seen since the start', [], (each) => each.set(book().counts.legs))
  gauge('findings', 'findings since the start, by rule', ['rule'], (each) => {
    for (const [rule, count] of Object.entries(book().counts.findings)) each.set({ rule }, count)
  })
  gauge('pauses_in_force', 'stops in force', [], (each) => {
    const { guard, now } = book()
    each.set(guard.pauses.filter(({ until }) => until > now).length)
  })
  gauge('journal_entries', 'place of the newest entry that was taken', [], (each) =>
    each.set(station.shown.timeline.seq),
  )
  gauge('newest_entry_seconds', 'time of the newest entry, unix seconds', [], (each) =>
    each.set(station.shown.timeline.at),
  )
  gauge('listeners', 'pages that listen', [], (each) => each.set(station.listeners.size))
  return { count: counting(register), show: (context) => show(register, context) }
}

function perLayer(gauge: Gauge, values: Readonly<Record<'near' | 'mid' | 'far', number>>): void {
  map((layer) => gauge.set({ layer }, values[layer]))
}

function counting(register: Registry): MiddlewareHandler {
  const requests = new Counter({
    name: 'cutwater_requests_total',
    help: 'requests answered, by status',
    labelNames: ['status'],
    registers: [register],
  })
  const seconds = new Histogram({
    name: 'cutwater_request_seconds',
    help: 'time to an answer, seconds',
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
    registers: [register],
  })
  return async (context, next) => {
    const done = seconds.startTimer()
    await next()
    done()
    requests.inc({ status: String(context.res.status) })
  }
}

async function show(register: Registry, context: Context): Promise<Response> {
  return context.body(await register.metrics(), 200, { 'Content-Type': register.contentType })
}
