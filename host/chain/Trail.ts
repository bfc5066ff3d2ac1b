import type { Place } from '@cutwater/engine/ports/ChainSource.ts'
import type { Finality } from './LiveBridge.ts'
import type { SeenBlock } from './readBlocks.ts'

/** The chain as a quorum of nodes tells it, from the last final block on. */
export type Trail = {
  /** the last final block; its hash is null where watching begins and nothing is known before */
  base: { readonly number: number; readonly hash: string | null }
  /** the blocks after it, each the parent of the next */
  readonly blocks: SeenBlock[]
}

/** The chain after the same base as one node tells it. */
export type View = { readonly name: string; readonly blocks: SeenBlock[] }

export type Step =
  | { readonly kind: 'append'; readonly block: SeenBlock }
  | { readonly kind: 'reorg'; readonly to: Place; readonly dropped: readonly string[] }

/** Something a node says that others deny, or several deny each other, and that time alone does not settle. */
export type Doubt = { readonly names: readonly string[]; readonly number: number; readonly what: string }

/** Blocks that must have come on top before a difference counts: nodes disagree about the newest ones all day. */
export const patienceBlocks = 3

export function tipNumber({ base, blocks }: Trail): number {
  return base.number + blocks.length
}

/** The block of a number after the base; undefined where there is none. */
export function at({ base }: Trail, { blocks }: Pick<View, 'blocks'>, number: number): SeenBlock | undefined {
  return blocks[number - base.number - 1]
}

/**
 * Takes the next step on which `quorum` views agree, and returns it; null where there is none yet.
 *
 * A quorum is more than half of all nodes, so that no two can disagree.
 */
export function advance(trail: Trail, views: readonly View[], quorum: number): Step | null {
  const fork = agreedFork(trail, views, quorum)
  if (fork !== null) return turnBack(trail, fork)
  const next = tipNumber(trail) + 1
  const parent = trail.blocks.at(-1)?.hash ?? trail.base.hash
  const told = views.flatMap((view) => at(trail, view, next) ?? [])
  const children = told.filter((block) => parent === null || block.parentHash === parent)
  const block = agreed(children, ({ digest }) => digest, quorum)
  if (!block) return null
  trail.blocks.push(block)
  return { kind: 'append', block }
}

/** The highest block that is final now; the base's number where none is new. */
export function finalNumber({ base, blocks }: Trail, { by, depth, seconds }: Finality): number {
  const tip = blocks.at(-1)
  if (!tip) return base.number
  if (by === 'blocks') return Math.max(base.number, tip.number - depth)
  return blocks.findLast((block) => block.at <= tip.at - seconds)?.number ?? base.number
}

/** Moves the base up to a final block; a view that does not hold it begins anew. */
export function prune(trail: Trail, views: readonly View[], number: number): void {
  const base = at(trail, trail, number)
  if (!base) return
  for (const view of views) {
    const isSame = at(trail, view, number)?.hash === base.hash
    view.blocks.splice(0, isSame ? number - trail.base.number : view.blocks.length)
  }
  trail.blocks.splice(0, number - trail.base.number)
  trail.base = { number, hash: base.hash }
}

/** What the views do not agree on although they have had the time to. */
export function doubts(trail: Trail, views: readonly View[], quorum: number): readonly Doubt[] {
  const known = tipNumber(trail)
  const reached = views.map(({ blocks }) => trail.base.number + blocks.length).toSorted((a, b) => b - a)
  const settled = reached[quorum - 1]! - patienceBlocks
  return views
    .flatMap((view) => lies(trail, view) ?? strays(trail, view, settled) ?? [])
    .concat(known < settled ? split(trail, views, known + 1) : [])
}

/** The lowest block that a quorum has replaced by the same other one. */
function agreedFork(trail: Trail, views: readonly View[], quorum: number): number | null {
  const forks = views.flatMap((view) => {
    const number = forkNumber(trail, view)
    return number === null ? [] : [{ number, hash: at(trail, view, number)!.hash }]
  })
  return agreed(forks, ({ number, hash }) => `${number}:${hash}`, quorum)?.number ?? null
}

/** The lowest block where a view has another hash than the trail; blocks on equal ones are equal. */
function forkNumber(trail: Trail, view: View): number | null {
  let number = Math.min(tipNumber(trail), trail.base.number + view.blocks.length)
  let fork: number | null = null
  for (; number > trail.base.number; number--) {
    if (at(trail, view, number)!.hash === at(trail, trail, number)!.hash) return fork
    fork = number
  }
  return fork
}

function turnBack(trail: Trail, fork: number): Step {
  const removed = trail.blocks.splice(fork - trail.base.number - 1)
  const to = { number: fork - 1, hash: removed[0]!.parentHash }
  return { kind: 'reorg', to, dropped: removed.map(({ hash }) => hash) }
}

function agreed<Told>(
  told: readonly Told[],
  keyOf: (each: Told) => string,
  quorum: number,
): Told | undefined {
  const camps = Map.groupBy(told, keyOf)
  return [...camps.values()].find((camp) => camp.length >= quorum)?.[0]
}

/** The same hash with another content: no reorg does that, so it needs no patience. */
function lies(trail: Trail, view: View): Doubt | undefined {
  const block = view.blocks.find(({ number, hash, digest }) => {
    const agreed = at(trail, trail, number)
    return agreed !== undefined && agreed.hash === hash && agreed.digest !== digest
  })
  return block && doubt(view, block.number, `tells other contents of block ${block.number} (${block.hash})`)
}

function strays(trail: Trail, view: View, settled: number): Doubt | undefined {
  const fork = forkNumber(trail, view)
  if (fork === null || fork > settled) return undefined
  return doubt(view, fork, `has another block ${fork}: ${at(trail, view, fork)!.hash}`)
}

function split(trail: Trail, views: readonly View[], number: number): Doubt[] {
  const told = views.flatMap((view) => {
    const block = at(trail, view, number)
    return block ? [{ name: view.name, what: `${view.name} has block ${number} as ${block.hash}` }] : []
  })
  return [{ names: told.map(({ name }) => name), number, what: told.map(({ what }) => what).join('; ') }]
}

function doubt({ name }: View, number: number, what: string): Doubt {
  return { names: [name], number, what: `${name} ${what}` }
}
