import { format as formatTime } from '@cutwater/core/units/UnixTime.ts'
import type { Alert, Notifier } from '@cutwater/engine/ports/Notifier.ts'
import { bridgeOf, cut, facts, printable } from './AlertText.ts'
import { post, type Receiver } from './post.ts'

/** Posts alerts to a Slack-compatible incoming webhook, whose URL is its secret. */
export function slackNotifier(receiver: Receiver): Notifier {
  return {
    name: receiver.name,
    notify: (alert) => post(receiver, () => ({ body: JSON.stringify(messageOf(alert)) })),
  }
}

/** Slack's limits, characters (https://docs.slack.dev/reference/block-kit/blocks). */
export const limits = { header: 150, section: 3_000, field: 2_000, context: 2_000, text: 4_000 }

function messageOf(alert: Alert) {
  const title = `${alert.severity.toUpperCase()} · ${alert.rule} · ${bridgeOf(alert)}`
  const said = [alert.sentence, ...alert.done.map((each) => `Done: ${each}`)].join(' ')
  const known = facts(alert).map(([label, value]) => field(label, value))
  return {
    // Shown where blocks are not: in notifications and by screen readers.
    text: quote(`${title}: ${said}`, limits.text),
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: quote(title, limits.header), emoji: false } },
      section(quote(alert.sentence, limits.section)),
      ...(known.length > 0 ? [{ type: 'section', fields: known }] : []),
      section(list('Done', alert.done, 'nothing: this is left to people')),
      ...(alert.check.length > 0 ? [section(list('Check', alert.check, ''))] : []),
      {
        type: 'context',
        elements: [plain(quote(`${formatTime(alert.at)} · ${alert.id}`, limits.context))],
      },
    ],
  }
}

function section(text: string) {
  return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }
}

function plain(text: string) {
  return { type: 'plain_text', text, emoji: false }
}

function field(label: string, value: string) {
  return {
    type: 'mrkdwn',
    text: `*${label}*\n${quote(value, limits.field - label.length - 3)}`,
    verbatim: true,
  }
}

function list(label: string, items: readonly string[], none: string): string {
  if (items.length === 0) return `*${label}*: ${none}`
  const shown = items.slice(0, 20)
  const room = Math.floor((limits.section - label.length - 40) / shown.length) - 6
  const lines = shown.map((item, index) => `${index + 1}. ${quote(item, room)}`)
  const more = items.length > shown.length ? [`and ${items.length - shown.length} more`] : []
  return [`*${label}*`, ...lines, ...more].join('\n')
}

// Slack refuses a whole message for one empty text in it.
function quote(text: string, limit: number): string {
  return cut(printable(text), limit, escapeMarks) || '–'
}

// The three characters with which Slack begins links and mentions: an attacker's token must not call @channel.
function escapeMarks(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
