import type { UnixTime } from '../../units/UnixTime.ts'
import type { Chain, Token } from '../Bridge.ts'
import type { BridgeBook } from '../BridgeBook.ts'
import type { BridgeEvent } from '../BridgeEvent.ts'
import * as Catalog from '../Catalog.ts'
import type { Pause } from '../guard/Pauses.ts'
import type { Output } from '../Output.ts'
import { step } from '../step.ts'
import { dollarsOf, forgery, whole } from './sampleBridge.ts'

export type Theft = {
  readonly token: Token
  readonly from: Chain
  readonly to: Chain
  readonly dollars: number
  readonly at: UnixTime
  readonly message?: string
}

export type Stolen = {
  readonly event: BridgeEvent
  readonly passed: boolean
  readonly outputs: readonly Output[]
  /** names of the pauses that were decided */
  readonly pauses: readonly string[]
}

/** Tries to take so many dollars without a source, and says what came of it. */
export function steal(book: BridgeBook, { dollars, message = 'none', ...theft }: Theft): Stolen {
  const amount = whole(theft.token, dollars / dollarsOf(theft.token))
  const event = forgery({ ...theft, amount, message, beneficiary: 'mallory' })
  const outputs = [...step(book, event)]
  const passed = !outputs.some((output) => output.type === 'held' && output.held.event === event)
  return { event, passed, outputs, pauses: pausesOf(book, outputs) }
}

/** Names of the pauses that some outputs decided, narrowest as `message:…`, widest `bridge`. */
export function pausesOf({ catalog }: BridgeBook, outputs: readonly Output[]): string[] {
  const decided = outputs.filter((output): output is Output & { pause: Pause } => output.type === 'paused')
  return decided.map(({ pause }) => Catalog.scopeName(catalog, pause.scope))
}
