import type { ChainSignal } from '@cutwater/engine/ports/ChainSource.ts'
import type { Clock } from '@cutwater/engine/ports/Clock.ts'
import type { LiveChain } from './LiveBridge.ts'
import type { Node } from './Node.ts'
import type { Say } from './Say.ts'
import type * as Trail from './Trail.ts'

/** What has been said about the view of one chain, so that each trouble is said once for as long as it lasts. */
export type Alarms = {
  readonly chain: LiveChain
  readonly clock: Clock
  readonly say: Say
  /** disagreements that last, by who and how */
  readonly lasting: Set<string>
  /** who differs, and how often each of them had been asked when that was first seen */
  readonly suspected: Map<string, readonly number[]>
  /** the problem each node was last seen with */
  readonly problems: Map<string, string | null>
  movedAt: number
  isStale: boolean
  saidAt: number
}

export function create(chain: LiveChain, clock: Clock, say: Say): Alarms {
  return {
    chain,
    clock,
    say,
    lasting: new Set(),
    suspected: new Map(),
    problems: new Map(),
    movedAt: clock.now(),
    isStale: false,
    saidAt: Number.NEGATIVE_INFINITY,
  }
}

/** The chain goes on. */
export function takeProgress(alarms: Alarms, tip: number): void {
  if (alarms.isStale) alarms.say('info', 'the chain goes on', { chain: alarms.chain.id, block: tip })
  alarms.movedAt = alarms.clock.now()
  alarms.isStale = false
}

/** The chain has stood still for too long: said once until it goes on. */
export function standstill(alarms: Alarms, nodes: readonly Node[], tip: number): readonly ChainSignal[] {
  const { chain, clock, movedAt, isStale } = alarms
  if (isStale || clock.now() - movedAt < chain.staleSeconds) return []
  alarms.isStale = true
  const standings = nodes.map(
    ({ rpc, height, problem }) => `${rpc.name} ${problem?.message ?? `stands at ${height ?? 'no block'}`}`,
  )
  const what = `no new block after ${tip} for ${chain.staleSeconds} s: ${standings.join('; ')}`
  return [trouble(alarms, 'SourceStale', what)]
}

/** What nodes deny each other, or themselves: said once for as long as it lasts. */
export function disagreements(
  alarms: Alarms,
  doubts: readonly Trail.Doubt[],
  nodes: readonly Node[],
): readonly ChainSignal[] {
  const { lasting, chain } = alarms
  noteProblems(alarms, nodes)
  const now = new Map(
    confirmed(alarms, doubts, nodes).map(({ names, what }) => [`${names.join(' and ')} differ`, what]),
  )
  for (const { rpc, problem, failures } of nodes) {
    const code = problem?.code
    if (code === 'CHAIN_ID_WRONG') now.set(`${rpc.name} ${code}`, `${problem!.message}; it is left out`)
    if (code === 'RPC_INCONSISTENT' && failures >= inconsistentTries)
      now.set(`${rpc.name} ${code}`, problem!.message)
    if (code === 'CHAIN_DIVERGED') now.set(`${rpc.name} ${code}`, problem!.message)
  }
  const diverged = nodes.filter(({ problem }) => problem?.code === 'CHAIN_DIVERGED')
  if (diverged.length >= chain.quorum)
    now.set('deep', `the chain was reorganised below what was final; no block counts until that is explained`)
  const news = [...now].filter(([key]) => !lasting.has(key)).map(([, what]) => what)
  for (const key of lasting) {
    if (!now.has(key)) alarms.say('info', 'a disagreement is over', { chain: chain.id, what: key })
  }
  lasting.clear()
  for (const key of now.keys()) lasting.add(key)
  return news.length === 0 ? [] : [trouble(alarms, 'SourceDisagreement', news.join('; '))]
}

/** Logs that are not what the operator said they are. */
export function malformed(alarms: Alarms, what: readonly string[]): readonly ChainSignal[] {
  return what.length === 0 ? [] : [trouble(alarms, 'SourceDisagreement', what.join('; '))]
}

/** Nodes behind a load balancer contradict each other for a moment; after so many tries it is more than that. */
export const inconsistentTries = 3

/**
 * The doubts that stayed after the node was asked anew: what it said before the others went on is no contradiction,
 * and one that cannot be reached contradicts nobody.
 */
function confirmed(
  { suspected }: Alarms,
  doubts: readonly Trail.Doubt[],
  nodes: readonly Node[],
): readonly Trail.Doubt[] {
  for (const key of suspected.keys()) {
    if (!doubts.some(({ names }) => names.join() === key)) suspected.delete(key)
  }
  return doubts.filter(({ names }) => {
    const asked = names.map((name) => nodes.find(({ rpc }) => rpc.name === name)!.refreshes)
    const since = suspected.get(names.join()) ?? asked
    suspected.set(names.join(), since)
    return asked.every((times, at) => times >= since[at]! + confirmingRefreshes)
  })
}

/** One may have been under way when the difference was seen; the second began after it. */
const confirmingRefreshes = 2

function noteProblems({ problems, say, chain }: Alarms, nodes: readonly Node[]): void {
  for (const { rpc, problem } of nodes) {
    const code = problem?.code ?? null
    const before = problems.get(rpc.name) ?? null
    problems.set(rpc.name, code)
    if (code === before) continue
    if (problem) say('warn', problem.message, { chain: chain.id, node: rpc.name, code })
    else say('info', 'the node answers again', { chain: chain.id, node: rpc.name, code: before })
  }
}

function trouble(
  alarms: Alarms,
  name: Extract<ChainSignal, { kind: 'trouble' }>['name'],
  what: string,
): ChainSignal {
  // Troubles are told apart by their second, so no two of a chain get the same.
  alarms.saidAt = Math.max(alarms.clock.now(), alarms.saidAt + 1)
  alarms.say('warn', what, { chain: alarms.chain.id, name })
  return { kind: 'trouble', chain: alarms.chain.id, at: alarms.saidAt, name, what }
}
