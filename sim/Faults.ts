import * as Rng from '@cutwater/core/simulation/Rng.ts'

/** What may go wrong, how often by seed, and for how long. */
export type Faults = {
  readonly rng: Rng.Rng
  readonly rates: Readonly<Record<Name, number>>
  /** nothing goes wrong any more: what is broken is mended, and the system may settle */
  isOver: boolean
}

export type Name = keyof typeof list

type Fault = {
  /** chance of one case at the usual rate */
  readonly p: number
  readonly per: 'message' | 'block' | 'call' | 'minute'
  /** for how long, seconds */
  readonly lasts?: readonly [number, number]
  readonly what: string
}

/**
 * Every fault there is. The list and its chances were written before the simulation was first run; a seed that finds
 * something is no reason to lower one.
 */
export const list = {
  lose: { p: 0.05, per: 'message', what: 'what a node tells an observer is lost' },
  repeat: { p: 0.03, per: 'message', what: 'it comes twice' },
  delay: { p: 0.05, per: 'message', lasts: [2, 20], what: 'it comes late, after what was told later' },
  standStill: { p: 0.02, per: 'block', lasts: [60, 600], what: 'a node stands still' },
  lie: { p: 0.1, per: 'block', what: 'a lying node, of which there is no quorum, tells another block' },
  reorg: { p: 0.03, per: 'block', what: 'blocks that are not final are replaced by others' },
  vanish: { p: 0.1, per: 'call', what: 'a dropped out leg, or a deed, does not come back' },
  halt: { p: 0.002, per: 'block', lasts: [60, 600], what: 'a chain makes no blocks' },
  feeSpike: { p: 0.01, per: 'block', lasts: [60, 300], what: 'fees rise up to fiftyfold' },
  crash: {
    p: 0.003,
    per: 'call',
    lasts: [1, 30],
    what: 'the process dies, before or after the call took effect',
  },
  freeze: {
    p: 0.02,
    per: 'minute',
    lasts: [5, 120],
    what: 'the process stands still; another may take over',
  },
  partition: {
    p: 0.03,
    per: 'minute',
    lasts: [1, 300],
    what: 'the process is cut off from nodes, people, or all',
  },
  clockJump: { p: 0.03, per: 'minute', what: 'its clock jumps, by seconds or by a day' },
  diskFull: { p: 0.003, per: 'call', lasts: [1, 120], what: 'the journal takes no entry' },
  ackLost: { p: 0.002, per: 'call', what: 'an entry is durable, and its writer hears of an error' },
  refuse: { p: 0.05, per: 'call', what: 'a notifier or a node fails, before or after it did what was asked' },
} as const satisfies Record<string, Fault>

export const names = Object.keys(list) as Name[]

/** Seconds in which what a fault has broken must be whole again: a restart, a back-off, a fee that is outbid. */
export const recoverySeconds = 45

/**
 * Which faults a seed has, and how often. Some seeds have most of them, some a few, and one in ten has none: many
 * faults hide one another, and what is owed in time is owed in calm only.
 */
export function draw(rng: Rng.Rng): Faults {
  const isCalm = Rng.chance(rng, 0.1)
  const share = Rng.pick(rng, [0.15, 0.6, 0.6])
  const rates = Object.fromEntries(
    names.map((name) => {
      const isOn = Rng.chance(rng, share)
      const times = Rng.pick(rng, [0.3, 1, 3])
      return [name, isOn && !isCalm ? Math.min(0.5, list[name].p * times) : 0]
    }),
  ) as Record<Name, number>
  return { rng, rates, isOver: false }
}

/** Whether a fault happens in this case. */
export function strikes({ rng, rates, isOver }: Faults, name: Name): boolean {
  return !isOver && rates[name] > 0 && Rng.chance(rng, rates[name])
}

/** How long it lasts, seconds. */
export function lasting({ rng }: Faults, name: Name): number {
  const fault: Fault = list[name]
  const [least, most] = fault.lasts ?? [0, 0]
  return least + Math.floor(Rng.uniform(rng) * (most - least))
}
