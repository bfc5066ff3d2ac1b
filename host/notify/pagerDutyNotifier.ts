import { format as formatTime } from '@cutwater/core/units/UnixTime.ts'
import type { Alert, Notifier } from '@cutwater/engine/ports/Notifier.ts'
import { bridgeOf, cut, keyOf, printable } from './AlertText.ts'
import { post, type Receiver } from './post.ts'

/** Where PagerDuty takes events, unless the account is in its EU region. */
export const eventsUrl = 'https://events.pagerduty.com/v2/enqueue'

/**
 * Opens a PagerDuty incident per alert through its Events API v2
 * (https://developer.pagerduty.com/docs/events-api-v2/trigger-events/); the same alert again joins its incident.
 *
 * @param detailsUrl page of an alert, `{id}` standing for its id; null where there is none
 */
export function pagerDutyNotifier(receiver: Receiver, key: string, detailsUrl: string | null): Notifier {
  return {
    name: receiver.name,
    notify: (alert) => post(receiver, () => ({ body: JSON.stringify(eventOf(alert, key, detailsUrl)) })),
  }
}

/** PagerDuty's limit of a summary, and what keeps a whole event below its 512 KB, characters. */
export const limits = { summary: 1_024, detail: 8_192, details: 20 }

function eventOf(alert: Alert, key: string, detailsUrl: string | null) {
  const details = detailsUrl?.replaceAll('{id}', encodeURIComponent(alert.id.toWellFormed()))
  return {
    routing_key: key,
    event_action: 'trigger',
    dedup_key: keyOf(alert.id),
    client: 'Cutwater',
    ...(details === undefined ? {} : { client_url: details, links: [{ href: details, text: 'Details' }] }),
    payload: {
      summary: cut(printable(`${alert.rule}: ${alert.sentence}`), limits.summary),
      source: bridgeOf(alert),
      severity: severities[alert.severity],
      timestamp: formatTime(alert.at),
      component: alert.chain,
      class: alert.rule,
      custom_details: {
        ...(details === undefined ? {} : { details }),
        id: alert.id,
        severity: alert.severity,
        sentence: cut(alert.sentence, limits.detail),
        block: alert.block,
        transaction: alert.tx,
        message: alert.message,
        usd: alert.usd,
        done: listOf(alert.done),
        check: listOf(alert.check),
      },
    },
  }
}

function listOf(items: readonly string[]): readonly string[] {
  return items.slice(0, limits.details).map((item) => cut(item, limits.detail))
}

const severities: Readonly<Record<Alert['severity'], string>> = {
  low: 'info',
  medium: 'warning',
  high: 'error',
  critical: 'critical',
}
