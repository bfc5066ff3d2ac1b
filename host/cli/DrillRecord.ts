import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { UnixTime } from '@cutwater/core/units/UnixTime.ts'
import type { LastDrill } from '@cutwater/engine/assess/LastDrill.ts'
import type { Drilled } from '@cutwater/lab/run/drill.ts'
import * as z from 'zod'
import type { Copied } from './twinScale.ts'

/** One drill: when, on what, and what every attack took. A line of the record, and what `twin --json` prints. */
export type DrillRecord = {
  readonly bridge: string
  readonly at: UnixTime
  readonly seed: number
  readonly level: number
  readonly copied: readonly Copied[]
  readonly drilled: readonly Drilled[]
}

/** Where the drills of a bridge are kept unless told otherwise: beside its file, one to a line. */
export function fileBeside(bridgeFile: string): string {
  return join(dirname(bridgeFile), `${basename(bridgeFile, extname(bridgeFile))}.drills.jsonl`)
}

/** Adds a drill. What a writer that was killed has left of a line is taken off first. `DRILLS_UNWRITABLE`. */
export function add(file: string, drill: DrillRecord): void {
  try {
    if (existsSync(file)) truncateSync(file, wholeLines(readFileSync(file)))
    appendFileSync(file, `${JSON.stringify(drill)}\n`)
  } catch (cause) {
    throw unwritable(file, cause)
  }
}

/** The newest drill up to a moment, as the board is told of it; null where there was none. `DRILLS_MALFORMED`. */
export function last(file: string, until: UnixTime): LastDrill | null {
  if (!existsSync(file)) return null
  const text = readFileSync(file)
  const lines = text.subarray(0, wholeLines(text)).toString().split('\n').slice(0, -1)
  const found = lines.map((line, nth) => read(line, `${file}:${nth + 1}`)).findLast(({ at }) => at <= until)
  if (found === undefined) return null
  const { at, copied, drilled } = found
  const worst = drilled.reduce((most, each) => (each.lostUsd > most.lostUsd ? each : most))
  return {
    at,
    ageSeconds: until - at,
    attacks: drilled.length,
    through: drilled.filter(({ getsThrough }) => getsThrough).map(({ name }) => name),
    worst: {
      name: worst.name,
      lostUsd: worst.lostUsd,
      paidUsd: worst.lostUsd - worst.shortfallUsd,
      shortfallUsd: worst.shortfallUsd,
    },
    notCopied: copied.filter(({ state }) => state.startsWith('not')).map(({ part }) => part),
  }
}

// The board needs this much of a line; the rest of it is for people.
const schema = z.object({
  at: z.int(),
  copied: z.array(z.object({ part: z.string(), state: z.string() })),
  drilled: z
    .array(
      z.object({
        name: z.string(),
        lostUsd: z.number(),
        shortfallUsd: z.number(),
        getsThrough: z.boolean(),
      }),
    )
    .min(1),
})

function read(line: string, where: string): z.output<typeof schema> {
  try {
    return schema.parse(JSON.parse(line))
  } catch (cause) {
    throw new CutwaterError('DRILLS_MALFORMED', 'this line is no drill', {
      where,
      right: 'the lines as `cutwater twin` wrote them; take this one out',
      cause,
    })
  }
}

function wholeLines(text: Buffer): number {
  return text.lastIndexOf(0x0a) + 1
}

function unwritable(file: string, cause: unknown): CutwaterError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new CutwaterError('DRILLS_UNWRITABLE', `the drill cannot be recorded (${why})`, {
    where: file,
    right: 'a path to a file in a folder that may be written to',
    cause,
  })
}
