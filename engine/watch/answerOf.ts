import type { Output } from '@cutwater/core/bridge/Output.ts'
import type { ChainSignal } from '../ports/ChainSource.ts'
import { alertOf, callsForAction, isAlert } from './alerts.ts'
import { deedsOf } from './deeds.ts'
import type { LiveBook } from './LiveBook.ts'
import type { Answer } from './Outbox.ts'

/** What follows from a signal's outputs: deeds for chains, alerts for people. */
export function answerOf({ book }: LiveBook, signal: ChainSignal, outputs: readonly Output[]): Answer {
  const deeds = outputs.flatMap((output) => deedsOf(book, output))
  const done = deeds.map(({ act, reason }) => `${act.kind} on chain, because ${reason}`)
  const block = signal.kind === 'block' ? signal.block.number : null
  const alerts = outputs.flatMap((output) => {
    if (output.type !== 'finding' || !isAlert(output.finding)) return []
    return [alertOf(book, output.finding, block, callsForAction(output.finding) ? done : [])]
  })
  return { at: book.now, outputs, deeds, alerts }
}
