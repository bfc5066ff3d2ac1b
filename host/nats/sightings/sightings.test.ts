import type { ChainSignal, ChainSource, Standing } from '@cutwater/engine/ports/ChainSource.ts'
import { type FakeChain, fakeChain } from '@cutwater/engine/testing/fakeChain.ts'
import type { NatsConnection } from '@nats-io/transport-node'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connectNats } from '../connectNats.ts'
import * as NatsAddress from '../NatsAddress.ts'
import { isInstalled, type NatsServer, need, startNats } from '../testing/natsServer.ts'
import { observe } from './observe.ts'
import * as Sightings from './Sightings.ts'
import { sightedSource } from './sightedSource.ts'

const begin = 1_700_000_000
const clock = { now: () => begin, sleep: async () => {} }

describe.skipIf(!isInstalled)(`what observers tell, ${need}`, () => {
  let server: NatsServer
  let connection: NatsConnection
  let sightings: Sightings.Sightings
  let rounds = 0

  beforeAll(async () => {
    server = await startNats()
  })
  beforeEach(async () => {
    rounds += 1
    const address = NatsAddress.parse(`nats://${server.host}/pier-${rounds}`)
    connection = await connectNats(address)
    sightings = await Sightings.open(connection, address)
    return () => connection.close()
  })
  afterAll(() => server.stop())

  const alpha = { id: 1, name: 'Alpha', staleSeconds: 30 }

  /** Reads so many signals, then stops as a process does that is killed. */
  async function read(count: number, after?: Standing, chain = alpha): Promise<readonly ChainSignal[]> {
    const source = sightedSource(chain, sightings, clock)
    const told: ChainSignal[] = []
    if (count === 0) return told
    for await (const signal of source.follow(after)) if (told.push(signal) === count) break
    return told
  }

  test('law: whoever is killed and begun again, each signal is told once and heard once, in order', async () => {
    const chain = fakeChain(1)
    const script = storyOf(chain)
    // Observers that live for a few signals each; a decider that reads a few at a time, and keeps where it was.
    for (let lives = 0; (await toldBy(sightings)) < script.length; lives++) {
      expect(lives).toBeLessThan(script.length)
      await observe(scripted(script, await toldBy(sightings), 1 + (lives % 4)), sightings)
    }
    const heard: ChainSignal[] = []
    let standing: Standing | undefined
    while (heard.length < script.length) {
      const few = await read(Math.min(3, script.length - heard.length), standing)
      heard.push(...few)
      const { nth } = few.at(-1)!
      standing = { ...standingOf(heard), nth: nth! }
    }
    expect(heard.map(({ nth, ...signal }) => signal)).toEqual(script)
  })

  test('a journal that knows the block and no number goes on after that block', async () => {
    const chain = fakeChain(1)
    await observe(
      scripted([chain.block(begin), chain.block(begin + 1), chain.block(begin + 2)], 0, 3),
      sightings,
    )
    const { number, hash } = chain.blocks[1]!
    expect(await read(1, { number, hash })).toMatchObject([{ block: { number: number + 1 } }])
  })

  test('of two observers that tell different things one is refused', async () => {
    const [one, other] = [fakeChain(1), fakeChain(1)]
    const gate = Promise.withResolvers<void>()
    const late = observe(
      scripted([other.block(begin), other.block(begin + 7)], 0, 2, gate.promise),
      sightings,
    )
    await observe(scripted([one.block(begin), one.block(begin + 1)], 0, 2), sightings)
    gate.resolve()
    await expect(late).rejects.toMatchObject({ code: 'OBSERVER_OVERTAKEN' })
    expect(await read(2)).toMatchObject([{ block: { at: begin } }, { block: { at: begin + 1 } }])
  })

  test('an observer that is not heard of is a doubt about its chain, told once until it is heard of again', async () => {
    const chain = fakeChain(1)
    await observe(scripted([chain.block(begin)], 0, 1), sightings)
    const source = sightedSource({ ...alpha, staleSeconds: 0.2 }, sightings, clock)
    const told: ChainSignal['kind'][] = []
    for await (const { kind } of source.follow()) {
      told.push(kind)
      if (told.length === 2) await observe(scripted([chain.block(begin + 1)], 0, 1), sightings)
      if (told.length === 4) break
    }
    expect(told).toEqual(['block', 'trouble', 'block', 'trouble'])
    expect(source.status()).toEqual([{ height: chain.blocks.at(-1)!.number }])
  })

  test('one that stops hearing lets go at once', async () => {
    const source = sightedSource(alpha, sightings, clock)
    const ended = (async () => {
      for await (const _ of source.follow());
    })()
    source.stop()
    await ended
  })
})

/** A chain that grows, forks and becomes final. */
function storyOf(chain: FakeChain): readonly ChainSignal[] {
  const signals: ChainSignal[] = []
  for (let nth = 0; nth < 12; nth++) {
    signals.push(chain.block(begin + nth))
    if (nth % 4 === 3) signals.push(chain.reorg(2), chain.block(begin + nth), chain.finalize(1))
    if (nth === 6) signals.push({ kind: 'trouble', chain: 1, at: begin, name: 'SourceStale', what: 'slow' })
  }
  return signals
}

/** So many signals of a script, from one on; it waits before each but the first. */
function scripted(
  script: readonly ChainSignal[],
  from: number,
  count: number,
  gate?: Promise<void>,
): ChainSource {
  async function* follow() {
    for (const [nth, signal] of script.slice(from, from + count).entries()) {
      if (nth > 0) await gate
      yield signal
    }
  }
  return { chain: 1, follow, stop: () => {} }
}

async function toldBy(sightings: Sightings.Sightings): Promise<number> {
  return (await sightings.newest(1))?.nth ?? 0
}

function standingOf(heard: readonly ChainSignal[]): Standing {
  const last = heard.findLast(({ kind }) => kind === 'block' || kind === 'reorg')!
  if (last.kind === 'block') return { number: last.block.number, hash: last.block.hash }
  return last.kind === 'reorg' ? last.to : { number: 0, hash: '' }
}
