import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs'

/**
 * The pages of an SQLite file as bytes, and behind them those of its write-ahead log: for who cannot rely on what says
 * which page is what.
 *
 * Form of both: https://www.sqlite.org/fileformat2.html
 */
export type RawPages = {
  readonly pageBytes: number
  /** how many there are, those of the log included */
  readonly count: number
  /** the nth, from 0 */
  page(nth: number): Buffer
  /** a page by the number that others call it by: as the log has it, else the file */
  numbered(number: number): Buffer
  close(): void
}

export function open(path: string): RawPages {
  const file = openSync(path, 'r')
  const log =
    (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0 ? openSync(`${path}-wal`, 'r') : null
  const pageBytes = pageBytesOf(readBytes(file, 0, headerBytes))
  const ownPages = Math.floor(fstatSync(file).size / pageBytes)
  const frameBytes = frameHeaderBytes + pageBytes
  const frames = log === null ? 0 : Math.floor((fstatSync(log).size - logHeaderBytes) / frameBytes)
  const frameAt = (nth: number) => logHeaderBytes + nth * frameBytes
  const inLog = new Map<number, number>()
  for (let nth = 0; nth < frames; nth++) inLog.set(readBytes(log!, frameAt(nth), 4).readUInt32BE(0), nth)
  const page = (nth: number) =>
    nth < ownPages
      ? readBytes(file, nth * pageBytes, pageBytes)
      : readBytes(log!, frameAt(nth - ownPages) + frameHeaderBytes, pageBytes)
  return {
    pageBytes,
    count: ownPages + frames,
    page,
    numbered: (number) => {
      const frame = inLog.get(number)
      return page(frame === undefined ? number - 1 : ownPages + frame)
    },
    close: () => {
      closeSync(file)
      if (log !== null) closeSync(log)
    },
  }
}

const headerBytes = 100
const logHeaderBytes = 32
const frameHeaderBytes = 24
const usualPageBytes = 4_096

/** What the header says, where that can be; else what every journal is made with. */
function pageBytesOf(header: Buffer): number {
  const told = header.length < headerBytes ? 0 : header.readUInt16BE(16)
  return told >= 512 && told <= 32_768 && (told & (told - 1)) === 0 ? told : usualPageBytes
}

/** Zeros where there is nothing to read. */
function readBytes(handle: number, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  if (at >= 0) readSync(handle, bytes, 0, length, at)
  return bytes
}
