import type { Bridge } from '@cutwater/core/bridge/Bridge.ts'
import type { BridgeBook } from '@cutwater/core/bridge/BridgeBook.ts'
import type { ChainId } from '@cutwater/core/bridge/BridgeEvent.ts'
import * as Catalog from '@cutwater/core/bridge/Catalog.ts'
import { layerNames } from '@cutwater/core/bridge/decide.ts'
import type { Change } from '@cutwater/core/bridge/guard/ChainLimits.ts'
import type { Pause } from '@cutwater/core/bridge/guard/Pauses.ts'
import * as Pauses from '@cutwater/core/bridge/guard/Pauses.ts'
import { chainName, tokenName } from '@cutwater/core/bridge/names.ts'
import type { Output } from '@cutwater/core/bridge/Output.ts'
import * as Layer from '@cutwater/core/ladder/Layer.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import type { Deed } from '../ports/Actuator.ts'

/**
 * What an output asks to be done on chains: pauses where value comes out, the allowance for unproven value taken
 * away. A message pause asks for nothing: at that level the guard on chain holds the message already.
 */
export function deedsOf(book: BridgeBook, output: Output): readonly Deed[] {
  switch (output.type) {
    case 'paused':
      return pauseDeeds(book, output.pause, output.pause.decidedAt)
    case 'renewed':
      return pauseDeeds(book, output.pause, book.now)
    case 'shut':
      return shutDeeds(book, output.route, output.at, output.reason)
    case 'limits':
      return [limitsDeed(output.change)]
    case 'rebalance':
      return rebalanceDeeds(book, output)
    default:
      return []
  }
}

/** A pause that only people end is asked for in pieces as long as a chain allows. */
export const longestPauseSeconds = 432_000

function pauseDeeds({ catalog }: BridgeBook, pause: Pause, from: UnixTime): readonly Deed[] {
  const { scope, decidedAt, until, reason } = pause
  const seconds = Math.min(until - from, longestPauseSeconds)
  // Long past by the time it is seen: nothing on chain can be stopped in the past.
  if (seconds <= 0) return []
  const id = `pause:${Pauses.key(scope)}:${decidedAt}:${until}`
  const on = (chain: number, where: PauseWhere): Deed => ({
    id: `${id}:${chain}`,
    chain,
    act: { kind: 'pause', ...where, seconds, until: from + seconds },
    reason,
  })
  switch (scope.kind) {
    case 'message':
      return []
    case 'bridge':
      return catalog.bridge.chains.map((chain) => on(chain.id, { scope: 'bridge', key: '' }))
    case 'route':
      return [on(destinationId(catalog, scope.route), { scope: 'direction', key: 'in' })]
    case 'lane': {
      const tokens = Catalog.tokenCount(catalog)
      const destination = Catalog.destinationOf(catalog, Math.floor(scope.lane / tokens))
      const token = Catalog.contractOn(catalog, scope.lane % tokens, destination)
      return token === null ? [] : [on(chainId(catalog, destination), { scope: 'token', key: token })]
    }
  }
}

type PauseWhere = { readonly scope: 'token' | 'direction' | 'bridge'; readonly key: string }

function shutDeeds(
  { catalog, policy }: BridgeBook,
  route: number,
  at: number,
  reason: string,
): readonly Deed[] {
  const destination = Catalog.destinationOf(catalog, route)
  const { unprovenWindowSeconds } = policy.guard
  return catalog.bridge.tokens.flatMap((_, index) => {
    const token = Catalog.contractOn(catalog, index, destination)
    if (token === null) return []
    const chain = chainId(catalog, destination)
    const unproven = { capacity: 0n, windowSeconds: unprovenWindowSeconds }
    const act = { kind: 'tighten' as const, token, direction: 'in' as const, total: null, unproven }
    return [{ id: `shut:${chain}:${token}:${at}`, chain, act, reason }]
  })
}

function limitsDeed({ kind, chain, token, direction, unproven, total, at, because }: Change): Deed {
  const act = { kind: kind === 'tighten' ? ('tighten' as const) : ('propose' as const), token, direction }
  return {
    id: `limits:${kind}:${chain}:${token}:${direction}:${at}`,
    chain,
    act: { ...act, unproven, total },
    reason: because,
  }
}

function rebalanceDeeds(
  { catalog }: BridgeBook,
  { move, at, because }: Extract<Output, { type: 'rebalance' }>,
): readonly Deed[] {
  const chain = catalog.bridge.treasury
  return chain === undefined ? [] : [{ id: `${move.kind}:${chain}:${at}`, chain, act: move, reason: because }]
}

/** What a deed does, as people say it. */
export function deedText(bridge: Bridge, { chain, act }: Pick<Deed, 'chain' | 'act'>): string {
  const name = chainName(bridge, chain)
  switch (act.kind) {
    case 'pause':
      return `pause ${scopeText(bridge, chain, act)} on ${name} for ${act.seconds} s`
    case 'resume':
      return `ask the timelock to end the pause of ${scopeText(bridge, chain, act)} on ${name}`
    case 'tighten':
      return act.total === null && act.unproven?.capacity === 0n
        ? `take the allowance for unproven value of ${limitText(bridge, chain, act)} away on ${name}`
        : `tighten the limits of ${limitText(bridge, chain, act)} on ${name}`
    case 'propose':
      return `ask the timelock to loosen the limits of ${limitText(bridge, chain, act)} on ${name}`
    case 'tilt':
      return `move the treasury on ${name} towards ${Layer.layers.map((layer) => `${layerNames[layer]} ${Math.round(100 * act.weights[layer])}%`).join(', ')}`
    case 'raiseCover':
      return `raise $${act.dollars.toLocaleString('en-US')} of cover by auction on ${name}`
    case 'raiseLevel':
      return `raise the guard to level ${act.level} on ${name}`
  }
}

function scopeText(bridge: Bridge, chain: ChainId, { scope, key }: { scope: string; key: string }): string {
  return `${scope} ${scope === 'token' ? tokenName(bridge, chain, key) : key}`.trim()
}

function limitText(
  bridge: Bridge,
  chain: ChainId,
  { token, direction }: { readonly token: string; readonly direction: 'in' | 'out' },
): string {
  return `${tokenName(bridge, chain, token)} on its way ${direction}`
}

function destinationId(catalog: Catalog.Catalog, route: number): number {
  return chainId(catalog, Catalog.destinationOf(catalog, route))
}

function chainId(catalog: Catalog.Catalog, index: number): number {
  return catalog.bridge.chains[index]!.id
}
