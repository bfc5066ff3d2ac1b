import { basename } from 'node:path'
import { readBytes } from '../../config/readBytes.ts'

/**
 * A file as the exchange (or FRED, for bills) publishes it, told by its header:
 *
 * - `index`: `DATE,OPEN,HIGH,LOW,CLOSE`, or `DATE` and one column: the history of one index
 * - `futures`: `Trade Date,Futures,Open,…,Settle,…`: the settlements of a VX contract
 * - `quotes`: `Expiration Date,Calls,…,Strike,Puts,…`, or before 2018 `Calls,…,Puts,…`: a table of option quotes
 */
export type CboeFile = {
  readonly file: string
  readonly format: 'index' | 'futures' | 'quotes'
  /** what stands above the header: disclaimers, or the index and moment of quotes */
  readonly preamble: readonly string[]
  readonly header: readonly string[]
}

/** What kind of file it is; `undefined` for any other. Fails with `FILE_*` where it cannot be read. */
export function sniff(file: string): CboeFile | undefined {
  const text = readBytes(file)
    .subarray(0, 8_192)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
  const lines = text.split(/\r?\n/).slice(0, mostPreamble)
  for (const [preamble, line] of lines.entries()) {
    const header = line.split(',').map((cell) => cell.trim().replace(/^"|"$/g, ''))
    const format = formatOf(header.map((cell) => cell.toLowerCase()))
    if (format !== undefined) return { file, format, preamble: lines.slice(0, preamble), header }
  }
  return undefined
}

/**
 * What an index file is of, in small letters: the name of its one column, else that of the file without `_History` and the
 * like.
 */
export function nameOf({ file, header }: CboeFile): string {
  const stem = basename(file)
    .replace(/\.csv$/i, '')
    .replace(/[_-]?(history|data|daily|prices)+$/i, '')
  const column = header.filter((cell) => cell !== '')[1]!
  const isNamed = header.filter((cell) => cell !== '').length === 2 && !/^(value|close|price)$/i.test(column)
  return (isNamed ? column : stem).toLowerCase()
}

const mostPreamble = 8

function formatOf(header: readonly string[]): CboeFile['format'] | undefined {
  const [first, second] = header
  if (first === 'trade date' && second === 'futures') return 'futures'
  if (header.includes('calls') && header.includes('puts')) return 'quotes'
  const filled = header.filter((cell) => cell !== '')
  const isHistory =
    filled.length === 2 || ['open', 'high', 'low', 'close'].every((each) => filled.includes(each))
  return (first === 'date' || first === 'observation_date') && isHistory ? 'index' : undefined
}
