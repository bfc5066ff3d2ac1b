import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encode } from '../journal/encode.ts'
import { memoryJournal } from '../journal/memoryJournal.ts'
import type { Journal } from '../ports/Journal.ts'
import { act, signalsOf } from './anySignals.fixture.ts'
import * as LiveBook from './LiveBook.ts'
import { bridge, policy, prices, textOf } from './live.fixture.ts'
import * as Snapshots from './Snapshots.ts'
import { type Seen, signalId } from './signalId.ts'

const pace: Snapshots.Pace = { maker: 'this', least: 1, times: 0, copies: 30, piece: 3_000, every: 1 }

type Past = { readonly journal: Journal; readonly live: LiveBook.LiveBook; readonly seen: Seen }

async function begin(): Promise<Past> {
  const past = { journal: memoryJournal(), live: LiveBook.create(bridge, policy()), seen: new Map() }
  await take(past, { kind: 'prices', points: prices })
  return past
}

/** As a watch takes a signal: what follows from it is in the journal before anything else happens. */
async function take({ journal, live, seen }: Past, signal: LiveBook.Signal) {
  const [id, at] = [signalId(seen, signal), live.book.now]
  const outputs = LiveBook.apply(live, signal)
  await journal.append([{ topic: 'observed', id, at, body: encode(signal) }])
  return outputs
}

describe('a snapshot of a watch', () => {
  test('law: written at any moment, while the watch goes on, it leads to the same book, ids and outputs', async () => {
    const met = { whole: 0, reorgs: 0 }
    const acts = fc.array(act, { minLength: 10, maxLength: 30 })
    const moments = fc.double({ min: 0, max: 1, noNaN: true })
    await fc.assert(
      fc.asyncProperty(acts, moments, fc.integer({ min: 200, max: 30_000 }), async (acts, from, piece) => {
        const signals = signalsOf(acts)
        const past = await begin()
        const first = Math.floor(from * signals.length)
        for (const signal of signals.slice(0, first)) await take(past, signal)
        const snapshots = { ...Snapshots.create(past.journal, { ...pace, piece }), observed: 1 }
        let [next, place] = [first, 0]
        do {
          await Snapshots.goOn(snapshots, past.live, past.seen)
          place = (await past.journal.last('observed'))!.seq
          if (snapshots.writing !== null && next < signals.length) await take(past, signals[next++]!)
        } while (snapshots.writing !== null)
        const standing = (await Snapshots.last(past.journal, 'this'))!
        expect(standing.place).toBeLessThanOrEqual(place)
        met.whole += 1
        const again = { journal: memoryJournal(), live: LiveBook.restore(standing.live), seen: standing.seen }
        for (const signal of signals.slice(first, next)) await take(again, signal)
        expect(textOf(again.live.book)).toBe(textOf(past.live.book))
        for (const signal of signals.slice(next)) {
          expect(await take(again, signal)).toEqual(await take(past, signal))
          if (signal.kind === 'reorg') met.reorgs += 1
        }
        expect(textOf(again.live.book)).toBe(textOf(past.live.book))
        expect(again.seen).toEqual(past.seen)
        const { places, finalized, told, prices } = past.live
        expect(again.live).toMatchObject({ places, finalized, told, prices })
      }),
      { numRuns: 100 },
    )
    expect(met.whole).toBe(100)
    expect(met.reorgs).toBeGreaterThan(10)
  })

  test('the newest whole one counts: one that was cut off is passed over', async () => {
    const past = await begin()
    const snapshots = { ...Snapshots.create(past.journal, pace), observed: 1 }
    await Snapshots.finish(snapshots, past.live, past.seen)
    const whole = await Snapshots.last(past.journal, 'this')
    expect(whole!.place).toBe(1)
    await take(past, { kind: 'prices', points: [] })
    snapshots.observed = 1
    do await Snapshots.goOn(snapshots, past.live, past.seen)
    while (snapshots.writing!.pieces < 2)
    expect(await Snapshots.last(past.journal, 'this')).toEqual(whole)
  })

  test('what other code, another bridge or policy has folded is not taken', async () => {
    const past = await begin()
    const snapshots = { ...Snapshots.create(past.journal, pace), observed: 1 }
    await Snapshots.finish(snapshots, past.live, past.seen)
    expect(await Snapshots.last(past.journal, 'that')).toBeUndefined()
    expect(await Snapshots.last(memoryJournal(), 'this')).toBeUndefined()
  })

  test('the next is due when several times as much was observed as the last was long', async () => {
    const past = await begin()
    const snapshots = Snapshots.create(past.journal, { ...pace, least: 100, times: 4 })
    const isBegun = async (observed: number) => {
      snapshots.observed = observed
      await Snapshots.goOn(snapshots, past.live, past.seen)
      return snapshots.writing !== null
    }
    expect(await isBegun(99)).toBe(false)
    expect(await isBegun(100)).toBe(true)
    await Snapshots.finish(snapshots, past.live, past.seen)
    expect(snapshots.size).toBeGreaterThan(1_000)
    expect(await isBegun(4 * snapshots.size - 1)).toBe(false)
    expect(await isBegun(4 * snapshots.size)).toBe(true)
  })
})
