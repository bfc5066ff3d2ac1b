import type { Finding } from '@cutwater/core/bridge/findings/Finding.ts'
import type { Observation } from '@cutwater/core/bridge/Observation.ts'
import type { Output } from '@cutwater/core/bridge/Output.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import { alertOf, callsForAction, isAlert, pausing } from './alerts.ts'
import { deedsOf, deedText } from './deeds.ts'
import type { LiveBook } from './LiveBook.ts'
import type { Answer } from './Outbox.ts'

/**
 * What follows from a signal's outputs: deeds for chains, alerts for people.
 *
 * @param since what comes from before it is history: nothing is done about it
 */
export function answerOf(live: LiveBook, outputs: readonly Output[], since: UnixTime): Answer {
  const { book } = live
  // Long over: it is written down, and nobody is woken by it.
  if (book.now < since) return { at: book.now, outputs, deeds: [], alerts: [] }
  const deeds = outputs.flatMap((output) => deedsOf(book, output))
  const done = deeds.map((deed) => `${deedText(book.catalog.bridge, deed)}, because ${deed.reason}`)
  const alerts = outputs.flatMap((output) => {
    if (output.type !== 'finding' || !isAlert(output.finding)) return []
    const { finding } = output
    return [alertOf(book, finding, blockOf(live, finding), callsForAction(finding) ? done : [])]
  })
  // Many small signs add up to a pause of which none of them speaks.
  const isUntold = alerts.every((alert) => alert.done.length === 0)
  if (isUntold && outputs.some(({ type }) => type === 'paused')) {
    const pause = deeds.find(({ act }) => act.kind === 'pause')
    if (pause !== undefined) alerts.push(pausing(book, pause, done))
  }
  return { at: book.now, outputs, deeds, alerts }
}

// Not the block that was taken last: a leg may have waited for another chain. Null once its block is long final.
function blockOf({ tail }: LiveBook, { chain, tx }: Finding): number | null {
  if (tx === null) return null
  const shows = (each: Observation) => 'tx' in each && each.tx === tx
  const step = tail.findLast((taken) => taken.chain === chain && taken.observations.some(shows))
  return step?.block?.number ?? null
}
