import { styleText } from 'node:util'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { format as formatTime } from '@cutwater/core/units/UnixTime.ts'
import type { Alert, Notifier } from '@cutwater/engine/ports/Notifier.ts'
import { bridgeOf, facts, printable } from './AlertText.ts'

/** The part of a stream that is needed: `process.stdout` is one. */
export type Terminal = {
  readonly isTTY?: boolean
  write(text: string, done: (error?: Error | null) => void): unknown
}

/**
 * Prints a block of lines per alert; in colours only where somebody looks at a terminal.
 *
 * @throws CutwaterError `NOTIFIER_TERMINAL_FAILED`, when nobody reads any more
 */
export function terminalNotifier(
  name: string,
  terminal: Terminal,
  environment: Readonly<Record<string, string | undefined>> = {},
): Notifier {
  const hasColours = terminal.isTTY === true && !environment.NO_COLOR
  return { name, notify: (alert) => print(name, terminal, blockOf(alert, hasColours)) }
}

/** An alert as lines of text. */
export function blockOf(alert: Alert, hasColours: boolean): string {
  const paint = (style: Style, text: string) =>
    hasColours ? styleText(style, text, { validateStream: false }) : text
  const label = (text: string) => paint('dim', text.padEnd(6))
  const title = [
    paint(styles[alert.severity], alert.severity.toUpperCase()),
    paint('bold', printable(alert.rule)),
    printable(bridgeOf(alert)),
    formatTime(alert.at),
  ]
  const where = facts(alert).map(([name, value]) => `${name} ${printable(value)}`)
  return [
    '',
    title.join('  '),
    `  ${printable(alert.sentence)}`,
    `  ${label('where')} ${where.join(' · ')}`,
    ...list(label, 'done', alert.done.length > 0 ? alert.done : ['nothing: this is left to people']),
    ...list(
      label,
      'check',
      alert.check.map((each, index) => `${index + 1}. ${each}`),
    ),
    `  ${label('id')} ${printable(alert.id)}`,
    '',
  ].join('\n')
}

function list(label: (text: string) => string, name: string, items: readonly string[]): readonly string[] {
  return items.map((item, index) => `  ${label(index === 0 ? name : '')} ${printable(item)}`)
}

type Style = Parameters<typeof styleText>[0]

const styles: Readonly<Record<Alert['severity'], Style>> = {
  low: 'cyan',
  medium: 'yellow',
  high: ['bold', 'red'],
  critical: ['bold', 'inverse', 'red'],
}

function print(name: string, terminal: Terminal, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    terminal.write(text, (error) => (error ? reject(printingFailed(name, error)) : resolve()))
  })
}

function printingFailed(name: string, cause: Error): CutwaterError {
  return new CutwaterError('NOTIFIER_TERMINAL_FAILED', 'the alert could not be printed', {
    where: name,
    right: 'a terminal or a pipe that somebody reads',
    facts: { retryable: true },
    cause,
  })
}
