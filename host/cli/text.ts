import { styleText } from 'node:util'

/** Bold and dim, only where a terminal shows them. */
export function bold(text: string): string {
  return styled('bold', text)
}

export function dim(text: string): string {
  return styled('dim', text)
}

/**
 * Columns as wide as their widest cell; numbers to the right unless `align` says otherwise.
 *
 * @example
 * table(['policy', 'lost'], [['none', '$5.00']], ['left'])
 */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly ('left' | 'right')[] = [],
): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]!.length)),
  )
  const pad = (cell: string, column: number) =>
    align[column] === 'left' ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)
  const line = (cells: readonly string[]) => `  ${cells.map(pad).join('  ')}`.trimEnd()
  return [dim(line(head)), ...rows.map(line)].join('\n')
}

function styled(style: 'bold' | 'dim', text: string): string {
  return styleText(style, text, { stream: process.stdout, validateStream: true })
}
