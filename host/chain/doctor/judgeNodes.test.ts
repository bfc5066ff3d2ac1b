import { describe, expect, test } from 'vitest'
import type { Header } from '../Answer.ts'
import { accountOf } from '../testing/emitter.ts'
import { liveChain } from '../testing/liveChain.ts'
import { judgeNodes, type NodeAnswer } from './judgeNodes.ts'

const now = 1_700_000_000
const chain = { ...liveChain([{ url: 'http://a' }, { url: 'http://b' }, { url: 'http://c' }], accountOf(9)) }

function node(name: string, changes: { at?: number; chainId?: number } = {}): NodeAnswer {
  const head = { number: 100, at: changes.at ?? now - 2 } as Header
  return { name, told: { chainId: changes.chainId ?? chain.id, head, milliseconds: 12 } }
}

const dead: NodeAnswer = { name: 'dead.example', told: { failure: new Error('no answer') } }
const three = [node('a.example'), node('b.example'), node('c.example')]

function told(answers: readonly NodeAnswer[], changes = {}) {
  return judgeNodes({ ...chain, ...changes }, answers, now)
    .filter(({ state }) => state !== 'ok')
    .map(({ name, state, what }) => `${name} ${state}: ${what}`)
}

describe('nodes that are asked how they stand', () => {
  test('three that keep up, two of which must agree, are well', () => {
    expect(told(three)).toEqual([])
  })

  test.each([
    [
      'one is dead',
      [three[0]!, three[1]!, dead],
      ['node error: no answer', 'quorum warning: no node may fail'],
    ],
    [
      'two are dead',
      [three[0]!, dead, dead],
      ['node error: no answer', 'node error: no answer', 'quorum error: 1 usable nodes, and 2 must agree'],
    ],
    [
      'one is of another chain',
      [three[0]!, three[1]!, node('c.example', { chainId: 5 })],
      ['node error: is a node of chain 5', 'quorum warning: no node may fail'],
    ],
    [
      'one lags',
      [three[0]!, three[1]!, node('c.example', { at: now - 300 })],
      ['node warning: is 298 s behind the others'],
    ],
    [
      'two share a host',
      [node('a.example:1'), node('a.example:2'), node('c.example')],
      ['quorum warning: several nodes stand on one host'],
    ],
    [
      'the chain stands still',
      three.map(({ name }) => node(name, { at: now - 400 })),
      ['clock warning: the newest block is 400 s old: the chain stands still, or our clock is ahead'],
    ],
    [
      'our clock is behind',
      three.map(({ name }) => node(name, { at: now + 90 })),
      ['clock error: the newest block is 90 s in our future'],
    ],
  ] as const)('%s', (_, answers, expected) => {
    expect(told(answers)).toEqual(expected)
  })

  test('a single node that is believed alone is a warning', () => {
    expect(told([three[0]!], { quorum: 1 })).toEqual([
      'quorum warning: a single node is believed, also when it lies',
    ])
  })
})
