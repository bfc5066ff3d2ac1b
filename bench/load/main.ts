import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv, cpuUsage, memoryUsage, threadCpuUsage } from 'node:process'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { getHeapStatistics } from 'node:v8'
import * as Policy from '@cutwater/core/bridge/BridgePolicy.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { decode, encode } from '@cutwater/engine/journal/encode.ts'
import type { Journal } from '@cutwater/engine/ports/Journal.ts'
import * as LiveBook from '@cutwater/engine/watch/LiveBook.ts'
import * as Snapshots from '@cutwater/engine/watch/Snapshots.ts'
import { watch } from '@cutwater/engine/watch/watch.ts'
import { clock } from '@cutwater/host/cli/clock.ts'
import { sqliteJournal } from '@cutwater/host/journal/sqliteJournal.ts'
import { bystander } from './bystander.ts'
import { bridgeOf, type Plan, tokens } from './Plan.ts'
import { pacedSource } from './pacedSource.ts'
import * as Tally from './Tally.ts'
import * as Traffic from './Traffic.ts'

const help = `Feeds a watch the legs of a large bridge at a steady rate, and says how long each waits until it is judged and written.

  npm run load                                                        half a minute
  npm run load -- --chains 50 --routes 20 --rate 5000 --minutes 30    with memory, minute by minute
  npm run load -- --json                                              the result as one JSON object

Blocks come when they are due, whether or not the watch is ready: one that falls behind shows it in every figure. What runs
is the watch, the book and a journal in SQLite, as in \`cutwater watch\`; made up are the chains alone. At the end the journal
is read again: ends with exit code 1 when a leg is lost or doubled, or when its fold is not the state.

  --chains, --routes   chains, and routes that leave each              50, 20
  --rate               legs a second, over all chains                  5000
  --minutes            how long, after --warm seconds                  0.5, after 75
  --block, --finality  seconds between blocks, and until one is final  1, 20
  --reorgs             an hour on each chain                           1
  --seed               of what is sent                                 1`

const { values } = parseArgs({
  args: argv.slice(2),
  options: {
    chains: { type: 'string', default: '50' },
    routes: { type: 'string', default: '20' },
    rate: { type: 'string', default: '5000' },
    minutes: { type: 'string', default: '0.5' },
    warm: { type: 'string', default: '75' },
    block: { type: 'string', default: '1' },
    finality: { type: 'string', default: '20' },
    reorgs: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) console.log(help)
else await main().catch(refuse)

async function main(): Promise<void> {
  const plan = planOf()
  const folder = mkdtempSync(join(tmpdir(), 'cutwater-load-'))
  const file = join(folder, 'load.db')
  try {
    const journal = await sqliteJournal(file)
    const fed = await feed(plan, journal)
    console.error('reading the journal again …')
    const kept = await check(plan, journal, fed)
    await journal.close()
    const result = { ...plan, ...summaryOf(fed), ...kept, journalMB: megabytes(statSync(file).size) }
    console.log(values.json ? JSON.stringify(result) : textOf(result))
    if (kept.lost + kept.doubled > 0 || !kept.isFold) process.exitCode = 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** How the process stood at the end of a minute; `heapMB` is the least of that minute, when garbage was just collected. */
type Minute = {
  readonly minute: number
  readonly rate: number
  readonly rssMB: number
  readonly heapMB: number
}

async function feed(plan: Plan, journal: Journal) {
  const beginAt = Date.now() + 500
  const countAt = beginAt + plan.warmSeconds * 1_000
  const span = { beginAt, endAt: countAt + plan.seconds * 1_000 }
  const traffic = Traffic.create(plan, Math.floor(beginAt / 1_000))
  const tally = Tally.create()
  const minutes: Minute[] = []
  let [told, least] = [0, Number.POSITIVE_INFINITY]
  const beside = bystander()
  const busy = { since: cpuMs(threadCpuUsage()), longestMs: 0 }
  const startedAt = Math.floor(beginAt / 1_000)
  const running = await watch({
    bridge: bridgeOf(plan),
    policy: Policy.of('adaptive', { level: 3 }),
    sources: Array.from({ length: plan.chains }, (_, nth) =>
      pacedSource(plan, nth + 1, span, traffic, tally),
    ),
    journal,
    actuator: { execute: async () => ({ kind: 'dryRun', call: 'nothing' }), blockOf: async () => null },
    notifiers: [{ name: 'nobody', notify: async () => {} }],
    clock,
    gather: nextTurn,
    snapshots: { ...Snapshots.usual, maker: 'load' },
    prices: Array.from({ length: tokens }, (_, nth) => ({
      kind: 'price' as const,
      at: startedAt - 1,
      priceId: `t${nth}`,
      price: 1,
    })),
    onSignal: (signal) => {
      const spent = cpuMs(threadCpuUsage())
      const now = performance.timeOrigin + performance.now()
      if (now >= countAt) busy.longestMs = Math.max(busy.longestMs, spent - busy.since)
      busy.since = spent
      if (signal.kind !== 'block') return
      Tally.decided(
        tally,
        signal.block,
        now,
        tally.dueAt.get(`${signal.block.chain}:${signal.block.number}`)! >= countAt,
      )
    },
  })
  const look = setInterval(() => {
    const elapsed = Date.now() - countAt
    if (elapsed < 0) return
    least = Math.min(least, getHeapStatistics().used_heap_size)
    if (elapsed < (minutes.length + 1) * 60_000) return
    const heapMB = megabytes(least)
    const rate = Math.round((tally.legs - told) / 60)
    minutes.push({ minute: minutes.length + 1, rate, rssMB: megabytes(memoryUsage().rss), heapMB })
    told = tally.legs
    least = Number.POSITIVE_INFINITY
    console.error(`${JSON.stringify(minutes.at(-1))} p99 ${Tally.quantile(tally, 0.99)} ms`)
  }, 1_000)
  const spentBefore = cpuMs(cpuUsage())
  await running.ended
  const cpuShare = (cpuMs(cpuUsage()) - spentBefore) / 1_000 / (plan.warmSeconds + plan.seconds)
  clearInterval(look)
  const machine = { cpuShare: Number(cpuShare.toFixed(2)), bystander: await beside.stop() }
  const busiestMs = Math.round(busy.longestMs)
  return { tally, minutes, live: running.live, seconds: plan.seconds, machine: { ...machine, busiestMs } }
}

type Fed = Awaited<ReturnType<typeof feed>>

/** The journal holds every leg once, and its fold is the state. */
async function check(plan: Plan, journal: Journal, { tally, live }: Fed) {
  const anew = LiveBook.create(bridgeOf(plan), live.book.policy)
  const held: Tally.Standing = new Map()
  const recent = new Map<number, Parameters<typeof Tally.add>[1][]>()
  for await (const page of journal.read({ topics: ['observed'] })) {
    for (const { body } of page) {
      const signal = decode(body) as LiveBook.Signal
      LiveBook.apply(anew, signal)
      if (signal.kind === 'block') {
        const own = recent.get(signal.block.chain) ?? []
        recent.set(signal.block.chain, [...own.slice(-8), signal.block])
        Tally.add(held, signal.block, 1)
      }
      if (signal.kind !== 'reorg') continue
      const own = recent.get(signal.chain)!
      for (const block of own.filter(({ number }) => number > signal.to.number)) Tally.add(held, block, -1)
      recent.set(
        signal.chain,
        own.filter(({ number }) => number <= signal.to.number),
      )
    }
  }
  let [lost, doubled] = [0, 0]
  for (const [chain, expected] of tally.standing) {
    const own = held.get(chain)
    const missing = expected.legs - (own?.legs ?? 0)
    lost += Math.max(0, missing)
    doubled += Math.max(0, -missing)
    // As many, but not the same ones.
    if (missing === 0 && own?.digest !== expected.digest) lost += 1
  }
  const isFold = bookText(anew) === bookText(live)
  const { counts, pending } = live.book
  const findings = Object.entries(counts.findings).filter(([, count]) => count > 0)
  return { lost, doubled, isFold, waiting: pending.length, findings: Object.fromEntries(findings) }
}

function bookText({ book }: LiveBook.LiveBook): string {
  return encode({ ...book, out: [] })
}

function summaryOf({ tally, minutes, seconds, machine }: Fed) {
  const half = minutes.slice(Math.floor(minutes.length / 2))
  return {
    legs: tally.legs,
    legsPerSecond: Math.round(tally.legs / seconds),
    p50Ms: Tally.quantile(tally, 0.5),
    p99Ms: Tally.quantile(tally, 0.99),
    p999Ms: Tally.quantile(tally, 0.999),
    longestMs: Math.round(tally.longest),
    heapSlopeMBPerMinute: slope(half.map(({ heapMB }) => heapMB)),
    rssSlopeMBPerMinute: slope(half.map(({ rssMB }) => rssMB)),
    ...machine,
    minutes,
  }
}

function cpuMs({ user, system }: { readonly user: number; readonly system: number }): number {
  return (user + system) / 1_000
}

/** By how much a row of numbers grows from one to the next, by least squares; null for fewer than three. */
function slope(values: readonly number[]): number | null {
  if (values.length < 3) return null
  const middle = (values.length - 1) / 2
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length
  const above = values.reduce((sum, each, at) => sum + (at - middle) * (each - mean), 0)
  const below = values.reduce((sum, _, at) => sum + (at - middle) ** 2, 0)
  return Number((above / below).toFixed(2))
}

function textOf(result: ReturnType<typeof summaryOf> & Record<string, unknown>): string {
  const { minutes, ...rest } = result
  return [
    ...Object.entries(rest).map(([name, value]) => `${name.padEnd(22)} ${JSON.stringify(value)}`),
    ...minutes.map((each) => JSON.stringify(each)),
  ].join('\n')
}

function planOf(): Plan {
  const chains = numberOf('chains', 2, 999)
  return {
    chains,
    routes: numberOf('routes', 1, chains - 1),
    rate: numberOf('rate', 1, 1_000_000),
    seconds: Math.round(60 * numberOf('minutes', 0, 10_000)),
    warmSeconds: numberOf('warm', 0, 10_000),
    blockSeconds: numberOf('block', 0.01, 3_600),
    finalitySeconds: numberOf('finality', 1, 3_600),
    reorgs: numberOf('reorgs', 0, 3_600),
    seed: numberOf('seed', 0, 2 ** 32),
  }
}

function numberOf(name: keyof typeof values, least: number, most: number): number {
  const number = Number(values[name])
  if (number >= least && number <= most) return number
  throw new CutwaterError('OPTION_INVALID', `--${name} is "${values[name]}"`, {
    right: `a number from ${least} to ${most}`,
  })
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20)
}

function refuse(error: unknown): void {
  if (!(error instanceof CutwaterError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
