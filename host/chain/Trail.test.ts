import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SeenBlock } from './readBlocks.ts'
import * as Trail from './Trail.ts'

const quorum = 2

describe('one step', () => {
  test('a block counts when a quorum tells it, and not before', () => {
    const trail = emptyTrail()
    const [a, b, c] = [view('a'), view('b'), view('c')]
    a.blocks.push(...chain('x', 2))
    expect(Trail.advance(trail, [a, b, c], quorum)).toBeNull()
    c.blocks.push(...chain('x', 1))
    expect(numbers(trail, [a, b, c])).toEqual(['+1'])
    b.blocks.push(...chain('x', 2))
    expect(numbers(trail, [a, b, c])).toEqual(['+2'])
  })

  test('the same block with other logs is another block', () => {
    const [a, b, c] = [view('a'), view('b'), view('c')]
    a.blocks.push(...chain('x', 1))
    b.blocks.push({ ...chain('x', 1)[0]!, digest: 'forged' })
    const trail = emptyTrail()
    expect(numbers(trail, [a, b, c])).toEqual([])
    c.blocks.push(...chain('x', 1))
    expect(numbers(trail, [a, b, c])).toEqual(['+1'])
    expect(trail.blocks[0]!.digest).toBe(chain('x', 1)[0]!.digest)
  })

  test('a reorg is told when a quorum has left, from the first block they replaced', () => {
    const [a, b, c] = [view('a'), view('b'), view('c')]
    const trail = emptyTrail()
    for (const each of [a, b, c]) each.blocks.push(...chain('x', 5))
    numbers(trail, [a, b, c])
    replace(a, 3, chain('y', 3, 4))
    expect(numbers(trail, [a, b, c])).toEqual([])
    replace(b, 3, chain('y', 3, 3))
    expect(Trail.advance(trail, [a, b, c], quorum)).toEqual({
      kind: 'reorg',
      to: { number: 2, hash: 'x2' },
      dropped: ['x3', 'x4', 'x5'],
    })
    expect(numbers(trail, [a, b, c])).toEqual(['+3', '+4', '+5'])
    expect(trail.blocks.at(-1)!.hash).toBe('y5')
  })

  test('a child of another parent does not count', () => {
    const trail = { base: { number: 0, hash: 'z0' }, blocks: [] }
    const views = [view('a'), view('b')]
    for (const each of views) each.blocks.push(...chain('x', 1))
    expect(Trail.advance(trail, views, quorum)).toBeNull()
  })
})

describe('finality', () => {
  const trail = { base: { number: 0, hash: null }, blocks: chain('x', 10) }
  test.each([
    [{ by: 'blocks', depth: 0, seconds: 0 }, 10],
    [{ by: 'blocks', depth: 4, seconds: 48 }, 6],
    [{ by: 'blocks', depth: 10, seconds: 0 }, 0],
    [{ by: 'blocks', depth: 99, seconds: 0 }, 0],
    [{ by: 'seconds', depth: 9, seconds: 30 }, 7],
    [{ by: 'seconds', depth: 9, seconds: 31 }, 6],
    [{ by: 'seconds', depth: 9, seconds: 9_999 }, 0],
  ] as const)('%o of ten blocks, ten seconds apart, makes block %i final', (finality, number) => {
    expect(Trail.finalNumber(trail, finality)).toBe(number)
  })

  test('pruning keeps a view that holds the new base, and empties one that does not', () => {
    const [a, b, c] = [view('a'), view('b'), view('c')]
    a.blocks.push(...chain('x', 6))
    b.blocks.push(...chain('x', 2))
    c.blocks.push(...chain('y', 6))
    const trail = { base: { number: 0, hash: null }, blocks: chain('x', 5) }
    Trail.prune(trail, [a, b, c], 4)
    expect(trail.base).toEqual({ number: 4, hash: 'x4' })
    expect([trail, a, b, c].map(({ blocks }) => blocks.map(({ hash }) => hash))).toEqual([
      ['x5'],
      ['x5', 'x6'],
      [],
      [],
    ])
  })
})

describe('doubts', () => {
  test('nodes that are only slower give none', () => {
    const views = [view('a', chain('x', 9)), view('b', chain('x', 9)), view('c', chain('x', 2))]
    expect(doubtsOf(views)).toEqual([])
  })

  test('a node on a fork is doubted once the others have gone on', () => {
    const fork = [...chain('x', 4), ...chain('y', 5, 1)]
    const others = (height: number) => [view('a', chain('x', height)), view('b', chain('x', height))]
    expect(doubtsOf([...others(7), view('c', fork)])).toEqual([])
    expect(doubtsOf([...others(8), view('c', fork)])).toEqual(['c@5'])
  })

  test('other contents under the same hash are doubted at once', () => {
    const forged = [...chain('x', 4), { ...chain('x', 5)[4]!, digest: 'forged' }]
    expect(doubtsOf([view('a', chain('x', 5)), view('b', chain('x', 5)), view('c', forged)])).toEqual(['c@5'])
    // Before a quorum has settled which is right, it is a difference like any other.
    expect(doubtsOf([view('a', chain('x', 5)), view('c', forged)])).toEqual([])
  })

  test('a split without a quorum doubts all, once there was time to agree', () => {
    const split = (height: number) => [
      view('a', chain('x', height)),
      view('b', [...chain('x', 2), ...chain('y', 3, height - 2)]),
    ]
    expect(doubtsOf(split(5))).toEqual([])
    expect(doubtsOf(split(6))).toEqual(['a,b@3'])
  })
})

// What happens to nodes: a reorg turns honest ones to a new branch, each at its own time; liars say anything.
type Event =
  | { readonly kind: 'mine'; readonly blocks: number }
  | { readonly kind: 'reorg'; readonly depth: number; readonly blocks: number }
  | { readonly kind: 'see'; readonly node: number; readonly blocks: number }
  | { readonly kind: 'lie'; readonly height: number; readonly blocks: number }

const events: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ kind: fc.constant('mine' as const), blocks: fc.integer({ min: 1, max: 4 }) }),
  fc.record({
    kind: fc.constant('reorg' as const),
    depth: fc.integer({ min: 1, max: 5 }),
    blocks: fc.integer({ min: 1, max: 6 }),
  }),
  fc.record({ kind: fc.constant('see' as const), node: fc.nat(1), blocks: fc.integer({ min: 1, max: 8 }) }),
  fc.record({ kind: fc.constant('lie' as const), height: fc.nat(8), blocks: fc.integer({ min: 1, max: 4 }) }),
)

test('law: with fewer liars than a quorum, only blocks of the chain are told, and in the end all of them', () => {
  fc.assert(
    fc.property(fc.array(events, { maxLength: 60 }), (happenings) => {
      const world = { honest: [] as SeenBlock[], all: new Set<string>(), branch: 0 }
      const views = [view('a'), view('b'), view('liar')]
      const trail = emptyTrail()
      const told: SeenBlock[] = []
      for (const each of [...happenings, ...settling]) {
        happen(world, views, each)
        for (
          let step = Trail.advance(trail, views, quorum);
          step;
          step = Trail.advance(trail, views, quorum)
        ) {
          if (step.kind === 'append') told.push(step.block)
          else expect(told.splice(step.to.number).map(({ hash }) => hash)).toEqual(step.dropped)
        }
        expect(told).toEqual(trail.blocks)
        expect(told.every((block) => world.all.has(block.digest))).toBe(true)
      }
      expect(told).toEqual(world.honest)
    }),
  )
})

const settling: readonly Event[] = [0, 1].map((node) => ({ kind: 'see', node, blocks: 1_000 }))

type World = { honest: SeenBlock[]; all: Set<string>; branch: number }

function happen(world: World, views: readonly Trail.View[], event: Event): void {
  if (event.kind === 'see') see(world, views[event.node]!, event.blocks)
  else if (event.kind === 'lie') lie(world, views[2]!, event)
  else mine(world, event)
}

function lie(world: World, { blocks }: Trail.View, event: Extract<Event, { kind: 'lie' }>): void {
  const kept = world.honest.slice(0, event.height)
  const forged = chain(`lie${world.branch++}-`, kept.length + 1, event.blocks)
  const first = { ...forged[0]!, parentHash: kept.at(-1)?.hash ?? 'x0' }
  blocks.splice(0, Number.POSITIVE_INFINITY, ...kept, first, ...forged.slice(1))
}

function mine(world: World, event: Extract<Event, { kind: 'mine' | 'reorg' }>): void {
  if (event.kind === 'reorg')
    world.honest = world.honest.slice(0, Math.max(0, world.honest.length - event.depth))
  const from = world.honest.length + 1
  const mined = chain(`${world.branch++}-`, from, event.blocks)
  mined[0] = { ...mined[0]!, parentHash: world.honest.at(-1)?.hash ?? 'x0' }
  world.honest.push(...mined)
  for (const { digest } of mined) world.all.add(digest)
}

/** An honest node gives up what is no longer there and reads a few blocks on. */
function see({ honest }: World, { blocks }: Trail.View, count: number): void {
  while (blocks.length > 0 && honest[blocks.length - 1]?.hash !== blocks.at(-1)!.hash) blocks.pop()
  blocks.push(...honest.slice(blocks.length, blocks.length + count))
}

function emptyTrail(): Trail.Trail {
  return { base: { number: 0, hash: null }, blocks: [] }
}

function view(name: string, blocks: readonly SeenBlock[] = []): Trail.View {
  return { name, blocks: [...blocks] }
}

/** Blocks of a branch: `chain('x', 3)` is 1 to 3, `chain('x', 3, 2)` is 3 and 4; the first stands on branch x. */
function chain(branch: string, from: number, length?: number): SeenBlock[] {
  const [first, count] = length === undefined ? [1, from] : [from, length]
  return Array.from({ length: count }, (_, at) => {
    const number = first + at
    const parentHash = at === 0 ? `x${number - 1}` : `${branch}${number - 1}`
    const hash = `${branch}${number}`
    return { number, hash, parentHash, at: number * 10, logs: [], digest: `digest of ${hash}` }
  })
}

function replace({ blocks }: Trail.View, from: number, by: readonly SeenBlock[]): void {
  blocks.splice(from - 1, Number.POSITIVE_INFINITY, ...by)
}

function numbers(trail: Trail.Trail, views: readonly Trail.View[]): string[] {
  const steps: string[] = []
  for (let step = Trail.advance(trail, views, quorum); step; step = Trail.advance(trail, views, quorum))
    steps.push(step.kind === 'append' ? `+${step.block.number}` : `-${step.dropped.length}`)
  return steps
}

function doubtsOf(views: readonly Trail.View[]): string[] {
  const trail = emptyTrail()
  numbers(trail, views)
  return Trail.doubts(trail, views, quorum).map(({ names, number }) => `${names}@${number}`)
}
