/** What has happened, in short lines: the newest to show, all of it as one number to compare. */
export type Trace = {
  readonly newest: string[]
  /** every line, where somebody wants to read them all */
  readonly all: string[] | null
  digest: number
}

/** How many lines a violation shows. */
const shown = 40

export function create(isWhole: boolean): Trace {
  return { newest: [], all: isWhole ? [] : null, digest: 0x811c9dc5 }
}

/** @param now milliseconds */
export function note(trace: Trace, now: number, text: string): void {
  const line = `${(now / 1_000).toFixed(3)} ${text}`
  trace.newest.push(line)
  if (trace.newest.length > shown) trace.newest.shift()
  trace.all?.push(line)
  // FNV-1a, 32 bits: two runs are the same if and, but for one in four billion, only if this is.
  for (let at = 0; at < line.length; at++) {
    trace.digest = Math.imul(trace.digest ^ line.charCodeAt(at), 0x01000193) >>> 0
  }
}
