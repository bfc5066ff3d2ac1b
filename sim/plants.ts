import type { Observation } from '@cutwater/core/bridge/Observation.ts'
import { isLeg } from '@cutwater/core/bridge/Observation.ts'
import type { Actuator, Outcome } from '@cutwater/engine/ports/Actuator.ts'
import type { ChainSignal, ChainSource } from '@cutwater/engine/ports/ChainSource.ts'
import type { Clock } from '@cutwater/engine/ports/Clock.ts'
import type { Journal } from '@cutwater/engine/ports/Journal.ts'
import type { Notifier } from '@cutwater/engine/ports/Notifier.ts'
import * as Chain from './chain/Chain.ts'
import { isOut } from './chain/Tx.ts'
import * as World from './World.ts'

/** What a decider reaches the world by. */
export type Ports = {
  readonly sources: readonly ChainSource[]
  readonly journal: Journal
  readonly actuator: Actuator
  readonly notifiers: readonly Notifier[]
  readonly clock: Clock
}

/** Bugs that a test plants, by name, to see that an invariant catches them. Nothing else ever switches one on. */
export type Plant = keyof typeof plants

/** The ports with the bug that is planted in this world, if any. */
export function planted(world: World.World, ports: Ports): Ports {
  return world.plant === null ? ports : plants[world.plant](ports, world)
}

const plants = {
  dropsEvents: (ports: Ports) =>
    retold(
      ports,
      everyThird((observations) => observations.slice(1)),
    ),
  tellsEventsTwice: (ports: Ports) =>
    retold(
      ports,
      everyThird((observations) => [...observations, ...observations]),
    ),
  hidesOutLegs: (ports: Ports) =>
    retold(ports, (observations) => observations.filter((each) => !isLeg(each) || !isOut(each))),
  repeatsBlocks: (ports: Ports): Ports => ({
    ...ports,
    sources: ports.sources.map((source) => ({
      ...source,
      follow: async function* (after) {
        for await (const signal of source.follow(after)) {
          yield signal
          if (signal.kind === 'block' && signal.block.number % 50 === 0) yield signal
        }
      },
    })),
  }),
  forgetsSignals: (ports: Ports): Ports => {
    let nth = 0
    const append: Journal['append'] = async (entries) => {
      nth += 1
      const isForgotten = nth % 40 === 0 && entries.every(({ topic }) => topic === 'observed')
      return isForgotten ? entries.length : ports.journal.append(entries)
    }
    return { ...ports, journal: { ...ports.journal, append } }
  },
  actsBeforeWriting: (ports: Ports): Ports => {
    const append: Journal['append'] = async (entries) => {
      if (entries.every(({ topic }) => topic === 'observed')) return ports.journal.append(entries)
      void ports.journal.append(entries).catch(() => {})
      return entries.length
    }
    return { ...ports, journal: { ...ports.journal, append } }
  },
  swallowsAlarms: (ports: Ports): Ports => ({
    ...ports,
    notifiers: ports.notifiers.map(({ name }) => ({ name, notify: async () => {} })),
  }),
  doesNothing: (ports: Ports): Ports => ({
    ...ports,
    actuator: {
      blockOf: async () => 1,
      execute: async ({ id }): Promise<Outcome> => ({
        kind: 'confirmed',
        tx: `0x${id}`,
        block: 1,
        attempts: 1,
      }),
    },
  }),
  trustsBlocks: (ports: Ports): Ports => ({
    ...ports,
    actuator: { ...ports.actuator, blockOf: async () => 1 },
  }),
  neverAnswers: (ports: Ports): Ports => ({
    ...ports,
    actuator: { ...ports.actuator, execute: () => new Promise<Outcome>(() => {}) },
  }),
  actsTwice: (ports: Ports, world: World.World): Ports => {
    const execute: Actuator['execute'] = async (deed) => {
      const outcome = await ports.actuator.execute(deed)
      // Under the next nonce, as if nobody had looked whether it is done.
      const { nonce } = Chain.tip(World.chainOf(world, deed.chain)).state
      const body = { kind: 'guardian' as const, nonce, fee: 100, deed, seconds: 3_600 }
      World.submit(world, deed.chain, { id: `0xagain-${deed.id}`, since: World.nowSeconds(world), body })
      return outcome
    }
    return { ...ports, actuator: { ...ports.actuator, execute } }
  },
  loosens: (ports: Ports, world: World.World): Ports => {
    const execute: Actuator['execute'] = async (deed) => {
      const outcome = await ports.actuator.execute(deed)
      const { limits } = Chain.tip(World.chainOf(world, deed.chain)).state
      for (const [token, { unproven, total }] of limits) {
        const wide = {
          kind: 'timelock' as const,
          token,
          unproven,
          total: { ...total, capacity: total.capacity * 2n },
        }
        const id = `0xloosened-${token}-${deed.id}`
        World.submit(world, deed.chain, { id, since: World.nowSeconds(world), body: wide })
      }
      return outcome
    }
    return { ...ports, actuator: { ...ports.actuator, execute } }
  },
}

type Retold = (observations: readonly Observation[]) => readonly Observation[]

function retold(ports: Ports, retell: Retold): Ports {
  const retoldSignal = (signal: ChainSignal): ChainSignal =>
    signal.kind === 'block'
      ? { kind: 'block', block: { ...signal.block, observations: retell(signal.block.observations) } }
      : signal
  const sources = ports.sources.map((source) => ({
    ...source,
    follow: async function* (after: Parameters<ChainSource['follow']>[0]) {
      for await (const signal of source.follow(after)) yield retoldSignal(signal)
    },
  }))
  return { ...ports, sources }
}

function everyThird(retell: Retold): Retold {
  let nth = 0
  return (observations) => {
    if (!observations.some(isLeg)) return observations
    nth += 1
    return nth % 3 === 0 ? retell(observations) : observations
  }
}
