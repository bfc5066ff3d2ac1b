import * as enums from '@cutwater/contracts/enums.ts'
import { abi as guardAbi } from '@cutwater/contracts/generated/Guard.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import type * as Deeds from '@cutwater/engine/ports/Actuator.ts'
import type { Deed } from '@cutwater/engine/ports/Actuator.ts'
import { type Address, decodeFunctionResult, encodeFunctionData, type Hex, pad } from 'viem'
import * as Treasury from './treasuryPlan.ts'

/** A refilling limit: `capacity` raw units at once, refilled in `window` seconds; a window of 0 is none at all. */
export type Limit = { readonly capacity: bigint; readonly window: number }

/** What a deed means to a guard as it stands. */
export type Plan =
  | { readonly kind: 'already' }
  /** not for the role that acts: what the timelock would have to be asked for */
  | { readonly kind: 'proposal'; readonly text: string }
  | {
      readonly kind: 'call'
      readonly data: Hex
      /** the call as a person reads it */
      readonly text: string
      /** whether an answer to `question` shows the effect */
      readonly isDone: (answer: Hex) => boolean
    }

/** The chain's time as far as it is known: nodes are never at the same block. */
export type Now = { readonly earliest: UnixTime; readonly latest: UnixTime }

/** What to ask the guard before and after the deed, as call data; text says why the deed means nothing. */
export function question({ act }: Deed): Hex | string {
  if (Treasury.isMove(act)) return Treasury.question(act)
  if (act.kind === 'raiseLevel') return encodeFunctionData({ abi: guardAbi, functionName: 'level' })
  if (act.kind === 'tighten' || act.kind === 'propose') {
    if (!isAddress(act.token)) return noToken(act.token)
    const args = [addressOf(act), enums.direction[act.direction]] as const
    return encodeFunctionData({ abi: guardAbi, functionName: 'limitsOf', args })
  }
  const key = keyOf(act)
  if (!key.startsWith('0x')) return key
  return encodeFunctionData({
    abi: guardAbi,
    functionName: 'pausedUntil',
    args: [enums.scope[act.scope], key as Hex],
  })
}

/**
 * What is to be sent, given the guard's answer to `question`.
 *
 * A pause that has almost its whole time left counts as done, so that the same deed asked for again after a restart
 * is not done twice.
 *
 */
export function plan(deed: Deed, answer: Hex, now: Now): Plan {
  const { act } = deed
  switch (act.kind) {
    case 'pause':
      return planPause(deed, act, answer, now)
    case 'resume':
      return planResume(act, answer, now)
    case 'tighten':
      return planTighten(act, answer)
    case 'propose':
      return planProposal(act, answer)
    case 'raiseLevel':
      return planLevel(act.level, answer)
    case 'tilt':
    case 'raiseCover':
      return Treasury.plan(act, answer)
  }
}

/**
 * The loosest limit that is no looser than either: what is let through at once, and per second.
 *
 * @param wanted null leaves `current` as it is
 */
export function tighter(wanted: Limit | null, current: Limit): Limit {
  if (wanted === null || current.window === 0) return current
  const capacity = wanted.capacity < current.capacity ? wanted.capacity : current.capacity
  if (capacity === 0n) return { capacity, window: Math.max(wanted.window, 1) }
  const window = [wanted, current].map((each) => ceilDivide(capacity * BigInt(each.window), each.capacity))
  return { capacity, window: Number(window[0]! > window[1]! ? window[0] : window[1]) }
}

/** The share of a pause that must be left of one that runs, for it to count as the same. */
const sameShare = 0.9
const longestReason = 280

type Act<Kind> = Extract<Deed['act'], { kind: Kind }>

function planPause({ reason }: Deed, act: Act<'pause'>, answer: Hex, { earliest, latest }: Now): Plan {
  const seconds = Math.min(act.seconds, (act.until ?? Number.POSITIVE_INFINITY) - earliest)
  // It was to be over by now: what is past cannot be stopped.
  if (seconds <= 0) return { kind: 'already' }
  if (untilOf(answer) >= latest + seconds * sameShare) return { kind: 'already' }
  const args = [enums.scope[act.scope], keyOf(act) as Hex, seconds, reason.slice(0, longestReason)] as const
  return {
    kind: 'call',
    data: encodeFunctionData({ abi: guardAbi, functionName: 'pause', args }),
    text: `pause(${act.scope}${act.key ? ` ${act.key}` : ''}, ${seconds} s, ${JSON.stringify(reason)})`,
    isDone: (told) => untilOf(told) >= earliest + seconds,
  }
}

function planResume(act: Act<'resume'>, answer: Hex, { earliest }: Now): Plan {
  if (untilOf(answer) <= earliest) return { kind: 'already' }
  const args = [enums.scope[act.scope], keyOf(act) as Hex] as const
  const data = encodeFunctionData({ abi: guardAbi, functionName: 'unpause', args })
  return { kind: 'proposal', text: `unpause(${`${act.scope} ${act.key}`.trim()}), call data ${data},` }
}

function untilOf(told: Hex): UnixTime {
  return Number(decodeFunctionResult({ abi: guardAbi, functionName: 'pausedUntil', data: told }))
}

function planTighten(act: Act<'tighten'>, answer: Hex): Plan {
  const change = (told: Hex) => {
    const [unproven, total] = decodeFunctionResult({ abi: guardAbi, functionName: 'limitsOf', data: told })
    const next = {
      unproven: tighter(wantedOf(act.unproven), unproven),
      total: tighter(wantedOf(act.total), total),
    }
    return { ...next, isNone: isSame(next.unproven, unproven) && isSame(next.total, total) }
  }
  const { unproven, total, isNone } = change(answer)
  if (isNone) return { kind: 'already' }
  // The contract takes no empty window, not even for a limit that was never set.
  const usual = act.unproven?.windowSeconds ?? act.total?.windowSeconds ?? 1
  const set = (limit: Limit) => ({ ...limit, window: limit.window || usual })
  const args = [addressOf(act), enums.direction[act.direction], set(unproven), set(total)] as const
  return {
    kind: 'call',
    data: encodeFunctionData({ abi: guardAbi, functionName: 'tightenLimits', args }),
    text: `tightenLimits(${act.token} ${act.direction}, unproven ${limitText(unproven)}, total ${limitText(total)})`,
    isDone: (told) => change(told).isNone,
  }
}

function planProposal(act: Act<'propose'>, answer: Hex): Plan {
  const [unproven, total] = decodeFunctionResult({ abi: guardAbi, functionName: 'limitsOf', data: answer })
  const [nextUnproven, nextTotal] = [wantedOf(act.unproven)!, wantedOf(act.total)!]
  if (isSame(nextUnproven, unproven) && isSame(nextTotal, total)) return { kind: 'already' }
  const args = [addressOf(act), enums.direction[act.direction], nextUnproven, nextTotal] as const
  const data = encodeFunctionData({ abi: guardAbi, functionName: 'setLimits', args })
  const limits = `unproven ${limitText(nextUnproven)}, total ${limitText(nextTotal)}`
  return { kind: 'proposal', text: `setLimits(${act.token} ${act.direction}, ${limits}), call data ${data},` }
}

function planLevel(level: number, answer: Hex): Plan {
  const levelOf = (told: Hex) => decodeFunctionResult({ abi: guardAbi, functionName: 'level', data: told })
  if (levelOf(answer) >= level) return { kind: 'already' }
  return {
    kind: 'call',
    data: encodeFunctionData({ abi: guardAbi, functionName: 'raiseLevel', args: [level] }),
    text: `raiseLevel(${level})`,
    isDone: (told) => levelOf(told) >= level,
  }
}

/** The key of a pause as the guard has it; text that is no key says why. */
function keyOf({ scope, key }: Act<'pause' | 'resume'>): string {
  switch (scope) {
    case 'bridge':
      return pad('0x0')
    case 'direction':
      return key === 'in' || key === 'out'
        ? pad(`0x${enums.direction[key]}`)
        : `direction ${JSON.stringify(key)} is neither in nor out`
    case 'token':
      return isAddress(key) ? pad(key as Hex) : noToken(key)
    case 'message':
      return /^0x[0-9a-f]{64}$/i.test(key)
        ? key
        : `${JSON.stringify(key)} is no message id of 32 bytes: map message to the event's id`
  }
}

/** In small letters: capitals would be a checksum, which may be wrong. */
function addressOf({ token }: Act<'tighten' | 'propose'>): Address {
  return token.toLowerCase() as Address
}

function isAddress(text: string): boolean {
  return /^0x[0-9a-f]{40}$/i.test(text)
}

function noToken(text: string): string {
  return `${JSON.stringify(text)} is no token's address`
}

function wantedOf(limit: Deeds.Limit | null): Limit | null {
  return limit && { capacity: limit.capacity, window: limit.windowSeconds }
}

function isSame(a: Limit, b: Limit): boolean {
  return a.capacity === b.capacity && (a.window === b.window || a.capacity === 0n)
}

function limitText({ capacity, window }: Limit): string {
  return `${capacity} in ${window} s`
}

function ceilDivide(a: bigint, b: bigint): bigint {
  return (a + b - 1n) / b
}
