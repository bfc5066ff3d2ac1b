import type { RawPages } from './RawPages.ts'
import type { Row } from './Row.ts'

/** Rows that a page holds, if it is a leaf of a table of entries; what does not read as one is left out. */
export function rawRows(pages: RawPages, nth: number): readonly Row[] {
  const page = pages.page(nth)
  // The first page begins with the header of the file.
  const head = nth === 0 ? 100 : 0
  if (page[head] !== leafOfTable) return []
  const rows: Row[] = []
  const cells = Math.min(page.readUInt16BE(head + 3), page.length / 4)
  for (let cell = 0; cell < cells; cell++) {
    const pointer = head + 8 + 2 * cell
    if (pointer + 2 > page.length) break
    const row = rowAt(pages, page, page.readUInt16BE(pointer))
    if (row !== undefined) rows.push(row)
  }
  return rows
}

const leafOfTable = 13

function rowAt(pages: RawPages, page: Buffer, at: number): Row | undefined {
  try {
    const size = varint(page, at)
    const rowid = varint(page, size.end)
    if (size.value > mostBytes) return undefined
    const values = valuesOf(payloadOf(pages, page, rowid.end, size.value))
    return values.length === columns ? ([rowid.value, ...values.slice(1)] as unknown as Row) : undefined
  } catch {
    // It points beyond what there is: no row of ours.
    return undefined
  }
}

const columns = 7
/** More than any entry; what asks for more is no length. */
const mostBytes = 2 ** 28

/** What a cell holds, with what ran over into pages of its own: https://www.sqlite.org/fileformat2.html#payload */
function payloadOf(pages: RawPages, page: Buffer, at: number, size: number): Buffer {
  const usable = pages.pageBytes
  const most = usable - 35
  if (size <= most) return page.subarray(at, at + size)
  const least = Math.floor(((usable - 12) * 32) / 255) - 23
  const wanted = least + ((size - least) % (usable - 4))
  const local = wanted <= most ? wanted : least
  const parts = [page.subarray(at, at + local)]
  let next = page.readUInt32BE(at + local)
  for (let left = size - local; left > 0; left -= usable - 4) {
    const over = pages.numbered(next)
    parts.push(over.subarray(4, 4 + Math.min(left, usable - 4)))
    next = over.readUInt32BE(0)
  }
  return Buffer.concat(parts)
}

/** https://www.sqlite.org/fileformat2.html#record_format */
function valuesOf(payload: Buffer): readonly (string | number | null)[] {
  const header = varint(payload, 0)
  const values: (string | number | null)[] = []
  let body = header.value
  for (let at = header.end; at < header.value; ) {
    const type = varint(payload, at)
    at = type.end
    const [value, bytes] = fieldOf(payload, body, type.value)
    values.push(value)
    body += bytes
  }
  return values
}

const integerBytes = [0, 1, 2, 3, 4, 6, 8]

function fieldOf(payload: Buffer, at: number, type: number): readonly [string | number | null, number] {
  if (type === 0) return [null, 0]
  if (type === 8 || type === 9) return [type - 8, 0]
  const bytes = integerBytes[type]
  if (bytes === 8) return [Number(payload.readBigInt64BE(at)), 8]
  if (bytes !== undefined) return [payload.readIntBE(at, bytes), bytes]
  if (type < 13 || type % 2 === 0) throw new RangeError('no text')
  const length = (type - 13) / 2
  return [payload.toString('utf8', at, at + length), length]
}

/** Seven bits a byte, the last of which has none to say that more follow; the ninth has eight. */
function varint(bytes: Buffer, at: number): { readonly value: number; readonly end: number } {
  let value = 0
  for (let nth = 0; nth < 8; nth++) {
    const byte = bytes.readUInt8(at + nth)
    value = value * 128 + (byte & 127)
    if (byte < 128) return { value, end: at + nth + 1 }
  }
  return { value: value * 256 + bytes.readUInt8(at + 8), end: at + 9 }
}
