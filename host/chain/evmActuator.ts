import { abi as deskAbi } from '@cutwater/contracts/generated/CoverDesk.ts'
import { abi as guardAbi } from '@cutwater/contracts/generated/Guard.ts'
import { abi as treasuryAbi } from '@cutwater/contracts/generated/Treasury.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { Actuator, Deed, Outcome } from '@cutwater/engine/ports/Actuator.ts'
import type { Clock } from '@cutwater/engine/ports/Clock.ts'
import { type Address, decodeErrorResult, type Hex } from 'viem'
import * as Answer from './Answer.ts'
import { askContract } from './askContract.ts'
import { type Now, type Plan, plan, question } from './guardPlan.ts'
import type { LiveChain } from './LiveBridge.ts'
import * as Quorum from './quorum.ts'
import type { Say } from './Say.ts'
import { receiptOf, type Sent, sendUntilIncluded, type Terms } from './sendUntilIncluded.ts'
import * as Turns from './Turns.ts'
import type { Wallet } from './Wallet.ts'

export type Options = Partial<Terms> & {
  readonly chains: readonly LiveChain[]
  readonly clock: Clock
  /** the guards' guardian; a dry run needs none */
  readonly wallet?: Wallet
  /** false sends; otherwise it is only said what would be sent */
  readonly dryRun?: boolean
  readonly say?: Say
}

/**
 * Does deeds on guards, by the word of a quorum of nodes: what is so already is left alone, everything else is sent
 * until it is included, with a higher fee each time under the same nonce, and read back.
 *
 * One deed at a time per chain, pauses first, since all come from one key; nothing else may send from it. A deed that a restart
 * cut off is asked for again by whoever keeps the journal: it takes the nonce of the one under way, so that only one
 * of the two can be included.
 */
export function evmActuator(options: Options): Actuator {
  const guards = options.chains.map((chain) => guardOf(chain, options))
  const outcomes = new Map<string, Promise<Outcome>>()
  return {
    execute: (deed) => {
      const before = outcomes.get(deed.id)
      if (before) return before
      const guard = guards.find(({ chain }) => chain.id === deed.chain)
      if (!guard) return Promise.resolve(failed(`chain ${deed.chain} is not watched`))
      const outcome = Turns.take(guard.turns, urgencyOf(deed), () => perform(guard, deed))
      outcomes.set(deed.id, outcome)
      // What was not done may be asked for again.
      void outcome.then(({ kind }) => kind !== 'confirmed' && outcomes.delete(deed.id))
      return outcome
    },
    blockOf: async (id, tx) => {
      const guard = guards.find(({ chain }) => chain.id === id)
      const receipt = guard && (await receiptOf(guard.nodes, [tx as Hex]))
      return receipt?.block ?? null
    },
  }
}

/** How a deed is sent where its chain says nothing else. */
export const deedTerms: Terms = {
  bumpMilliseconds: 12_000,
  giveUpMilliseconds: 600_000,
  priorityFeePerGas: 2_000_000_000n,
  maxFeePerGas: 2_000_000_000_000n,
  gas: 300_000n,
}

type Guard = {
  readonly chain: LiveChain
  readonly nodes: Quorum.Quorum
  readonly options: Options
  readonly say: Say
  readonly turns: Turns.Turns
}

function guardOf(chain: LiveChain, options: Options): Guard {
  return { chain, nodes: Quorum.of(chain), options, say: options.say ?? (() => {}), turns: Turns.create() }
}

// Each deed takes a block of its own, so what stops most goes first.
function urgencyOf({ act }: Deed): number {
  return act.kind === 'pause' ? urgencies[act.scope] : 0
}

const urgencies = { bridge: 4, direction: 3, token: 2, message: 1 }

/** Which contract of a chain a deed is done on. */
function subjectOf({ act }: Deed): 'guard' | 'treasury' | 'coverDesk' {
  return act.kind === 'tilt' ? 'treasury' : act.kind === 'raiseCover' ? 'coverDesk' : 'guard'
}

const names = { guard: 'guard', treasury: 'treasury', coverDesk: 'cover desk' } as const

async function perform(guard: Guard, deed: Deed): Promise<Outcome> {
  const what = subjectOf(deed)
  const to = guard.chain[what]
  if (to === null || to === undefined) return failed(`${guard.chain.name} has no ${names[what]}`)
  try {
    const asked = question(deed)
    if (!asked.startsWith('0x')) return failed(asked)
    await requireChain(guard)
    return await attempt(guard, { deed, to, asked: asked as Hex })
  } catch (error) {
    const why = error instanceof CutwaterError ? error.message : `unexpected: ${String(error)}`
    return { kind: 'failed', why, retryable: true }
  }
}

type Task = {
  readonly deed: Deed
  readonly to: Address
  /** the call data that reads what the deed is about */
  readonly asked: Hex
}

async function attempt(guard: Guard, task: Task): Promise<Outcome> {
  const { chain, nodes, options, say } = guard
  const { wallet, dryRun = true, clock } = options
  for (let overtaken = 0; overtaken < mostOvertaken; overtaken++) {
    const wanted = await planNow(guard, task)
    if (wanted.kind === 'already') return wanted
    const text = `${wanted.text} on the ${names[subjectOf(task.deed)]} ${task.to} of ${chain.name} (${chain.id})`
    if (wanted.kind === 'proposal') return { kind: 'proposed', call: text }
    if (dryRun) return { kind: 'dryRun', call: text }
    if (!wallet) return failed('there is no wallet to send from')
    const refusal = await refusalOf(guard, wallet.address, task.to, wanted.data)
    if (refusal !== null) return failed(`the ${names[subjectOf(task.deed)]} refuses ${text}: ${refusal}`)
    const terms = {
      ...deedTerms,
      ...(task.deed.act.kind === 'raiseCover' && { gas: auctionGas }),
      ...chain.fees,
      ...options,
    }
    const call = {
      chain,
      nodes,
      wallet,
      to: task.to,
      data: wanted.data,
      clock,
      say,
      above: task.deed.ahead,
      terms,
    }
    const sent = await sendUntilIncluded(call)
    if (sent.kind === 'included') return confirm(guard, task, wanted, sent)
    if (sent.kind === 'failed') return { kind: 'failed', why: `${text}: ${sent.why}`, retryable: true }
    if (sent.kind === 'reverted') {
      const why = await refusalOf(guard, wallet.address, task.to, wanted.data)
      return failed(`${text}: ${sent.tx} was reverted${why === null ? '' : `: ${why}`}`)
    }
  }
  return { kind: 'failed', why: 'other transactions of this key keep coming first', retryable: true }
}

const mostOvertaken = 3
/** An auction is opened through two contracts, and the one before it settled. */
const auctionGas = 900_000n

async function planNow(guard: Guard, { deed, to, asked }: Task): Promise<Plan> {
  const [answer, now] = await Promise.all([askContract(guard.nodes, to, asked), timeOf(guard)])
  return plan(deed, answer, now)
}

/** Reads the effect back; the nodes that have the transaction have its effect as well. */
async function confirm(
  guard: Guard,
  { to, asked }: Task,
  { isDone }: Extract<Plan, { kind: 'call' }>,
  { tx, block, attempts }: Extract<Sent, { kind: 'included' }>,
): Promise<Outcome> {
  for (let tried = 0; tried < confirmTries; tried++) {
    const answer = await askContract(guard.nodes, to, asked).catch(() => null)
    if (answer !== null && isDone(answer)) return { kind: 'confirmed', tx, block, attempts }
    await guard.options.clock.sleep(guard.chain.pollMilliseconds)
  }
  return { kind: 'failed', why: `${tx} is in block ${block}, but its effect is not there`, retryable: true }
}

const confirmTries = 10

async function timeOf({ nodes }: Guard): Promise<Now> {
  const times = await Quorum.first(nodes, async (rpc) => {
    const header = Answer.header(await rpc.request('eth_getBlockByNumber', ['latest', false]))
    return header?.at ?? 0
  })
  return { earliest: Math.min(...times), latest: Math.max(...times) }
}

async function requireChain({ nodes, chain }: Guard): Promise<void> {
  const id = await Quorum.agree(nodes, async (rpc) => Answer.quantity(await rpc.request('eth_chainId', [])))
  if (id === chain.id) return
  throw new CutwaterError('CHAIN_ID_WRONG', `its nodes are of chain ${id}`, {
    where: chain.name,
    right: `nodes of chain ${chain.id}`,
  })
}

/** Why the guard would revert the call, by a quorum; null where it would not, or nodes do not agree. */
async function refusalOf({ nodes }: Guard, from: Address, to: Address, data: Hex): Promise<string | null> {
  const told = await Quorum.agree(nodes, async (rpc) => {
    try {
      await rpc.request('eth_call', [{ from, to, data }, 'latest'])
      return 'passes'
    } catch (error) {
      if (error instanceof CutwaterError && isRevert(error)) return String(error.facts.data ?? error.message)
      throw error
    }
  }).catch(() => 'passes')
  return told === 'passes' ? null : reasonOf(told)
}

/** A node may refuse for reasons of its own, which say nothing about the guard. */
function isRevert({ code, facts, message }: CutwaterError): boolean {
  return code === 'RPC_REFUSED' && (facts.data !== null || /revert/i.test(message))
}

const errors = [...guardAbi, ...treasuryAbi, ...deskAbi]

function reasonOf(told: string): string {
  if (!told.startsWith('0x')) return told
  try {
    const { errorName, args } = decodeErrorResult({ abi: errors, data: told as Hex })
    return `${errorName}(${(args ?? []).map(String).join(', ')})`
  } catch {
    return `an error unknown here, ${told.slice(0, 10)}`
  }
}

function failed(why: string): Outcome {
  return { kind: 'failed', why, retryable: false }
}
