import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import * as Check from '@cutwater/engine/doctor/Check.ts'
import type { Header } from '../Answer.ts'
import type { LiveChain } from '../LiveBridge.ts'

/** What one node answered when it was asked who it is and how far it has come. */
export type NodeAnswer = {
  /** its host */
  readonly name: string
  readonly told:
    | { readonly chainId: number; readonly head: Header; readonly milliseconds: number }
    | { readonly failure: unknown }
}

/** How far a node may lie behind the furthest, by the chain's own time. */
const lagSeconds = 60
/** How far ahead of our clock a block's time may lie; consensus allows a node no more than this. */
const aheadSeconds = 15

/** How the nodes of a chain stand, each by itself, then together, and what they say of our own clock. */
export function judgeNodes(
  chain: LiveChain,
  answers: readonly NodeAnswer[],
  now: UnixTime,
): readonly Check.Check[] {
  const heads = answers.flatMap(({ told }) =>
    'head' in told && told.chainId === chain.id ? [told.head] : [],
  )
  const newest = Math.max(...heads.map(({ at }) => at))
  return [
    ...answers.map((answer) => judgeNode(chain, answer, newest)),
    judgeQuorum(chain, answers, heads.length),
    ...(heads.length === 0 ? [] : [judgeClock(chain, newest, now)]),
  ]
}

function judgeNode(chain: LiveChain, { name, told }: NodeAnswer, newest: UnixTime): Check.Check {
  const where = `${name} (${chain.name})`
  if ('failure' in told) return Check.failed('node', where, told.failure, 'a node that answers')
  const { chainId, head, milliseconds } = told
  if (chainId !== chain.id)
    return Check.error('node', where, `is a node of chain ${chainId}`, `a node of chain ${chain.id}`)
  const lag = newest - head.at
  if (lag > lagSeconds)
    return Check.warning('node', where, `is ${lag} s behind the others`, `at most ${lagSeconds} s behind`)
  return Check.ok('node', where, `at block ${head.number}, answers in ${milliseconds} ms`)
}

function judgeQuorum(chain: LiveChain, answers: readonly NodeAnswer[], usable: number): Check.Check {
  const { quorum, name } = chain
  const hosts = new Set(answers.map((answer) => answer.name.replace(/:\d+$/, '')))
  if (usable < quorum)
    return Check.error('quorum', name, `${usable} usable nodes, and ${quorum} must agree`, 'more nodes')
  if (quorum === 1)
    return Check.warning(
      'quorum',
      name,
      'a single node is believed, also when it lies',
      'quorum: 2 of 3 nodes',
    )
  if (usable === quorum)
    return Check.warning('quorum', name, 'no node may fail', `more than ${quorum} usable nodes`)
  if (hosts.size < answers.length)
    return Check.warning('quorum', name, 'several nodes stand on one host', 'nodes that do not fail together')
  return Check.ok('quorum', name, `${quorum} of ${usable} usable nodes must agree`)
}

function judgeClock({ name, staleSeconds }: LiveChain, newest: UnixTime, now: UnixTime): Check.Check {
  const age = now - newest
  if (age < -aheadSeconds)
    return Check.error('clock', name, `the newest block is ${-age} s in our future`, 'a clock kept by NTP')
  if (age > staleSeconds)
    return Check.warning(
      'clock',
      name,
      `the newest block is ${age} s old: the chain stands still, or our clock is ahead`,
      `a block within ${staleSeconds} s, and a clock kept by NTP`,
    )
  return Check.ok('clock', name, `the newest block is ${Math.max(age, 0)} s old`)
}
