import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Measure } from '@cutwater/core/bridge/Observation.ts'
import type { Setup } from '@cutwater/core/bridge/setup/Setup.ts'
import * as Setups from '@cutwater/core/bridge/setup/Setup.ts'
import { type FeedName, feeds } from '@cutwater/core/bridge/signals/Feed.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import * as z from 'zod'
import { someText } from '../config/bridgeSchemas.ts'
import { readYaml } from '../config/readYaml.ts'

/** What no chain knows of a bridge: who signs and by which rules, and what was done when, as readings of feeds. */
export type Facts = { readonly setup: Setup; readonly measures: readonly Measure[] }

export const fileName = 'facts.yaml'

/** Facts of which nobody has said any. */
export const nothing: Facts = { setup: Setups.unsaid, measures: [] }

/**
 * Reads the `facts.yaml` of a folder; where there is none, nothing has been said.
 *
 * A fact counts from the day it became `known`, else from the day it happened, so a replay does not know beforehand
 * what came out later. Fails with one clear error, its line and what would be right.
 */
export function read(dir: string): Facts {
  const file = join(dir, fileName)
  return existsSync(file) ? readFile(file) : nothing
}

/** The same of a file by its path, which must be there. */
export function readFile(file: string): Facts {
  const { value } = readYaml(file, schema)
  const {
    audits,
    keyRotations,
    drills,
    codeReviews,
    codeChanges,
    cover,
    calendar,
    readings,
    timelockHours,
    pauseHours,
    ...setup
  } = value
  const measures = [
    ...audits.map((each) => done('audit', each)),
    ...keyRotations.map((each) => done('keyRotation', each)),
    ...drills.map((each) => done('drill', each)),
    ...codeReviews.map((each) => done('codeReview', each)),
    ...codeChanges.map((each) => done('codeChange', each)),
    ...cover.flatMap(coverOf),
    ...calendar.map(({ what, at, known, source }) => measure('event', what, at, known, known, source)),
    ...readings.map(({ name, of, value: read, on, known, source }) =>
      measure(name, of, read, on, known ?? on, source),
    ),
  ]
  return {
    setup: {
      ...setup,
      timelockSeconds: timelockHours === null ? null : timelockHours * UnixTime.hour,
      pauseSeconds:
        pauseHours === null
          ? null
          : pauseHours === 'never'
            ? Number.POSITIVE_INFINITY
            : pauseHours * UnixTime.hour,
    },
    measures: measures.sort((a, b) => a.at - b.at),
  }
}

function done(name: FeedName, { of, on, known, source }: Done): Measure {
  return measure(name, of, 1, on, known ?? on, source)
}

/** Cover is in force from one day to another, and known to be while it is. */
function coverOf({ provider, usd, from, until, source }: Cover): Measure[] {
  return [
    measure('cover', provider, usd, from, from, source),
    measure('cover', provider, 0, until, until, source),
  ]
}

function measure(
  name: FeedName,
  of: string,
  value: number,
  asOf: number,
  at: number,
  source: string,
): Measure {
  return { kind: 'measure', at, name, of, value, unit: feeds[name].unit, source, asOf }
}

const time = z.string('a UTC time, such as 2022-08-01').transform((text, context) => {
  const at = UnixTime.parse(text)
  if (at !== undefined) return at
  context.addIssue({ code: 'custom', message: 'a UTC time, such as 2022-08-01 or 2022-08-01T21:32:31Z' })
  return z.NEVER
})

const source = someText.default(fileName)
const usd = z.number().min(0, 'dollars, 0 or more')
const hours = z.number().min(0, 'hours, 0 or more')

const fact = z.strictObject({ of: z.string().default(''), on: time, known: time.optional(), source })
const facts = z.array(fact).default([])
const coverFact = z.strictObject({ provider: someText, usd, from: time, until: time, source })

type Done = z.output<typeof fact>
type Cover = z.output<typeof coverFact>

const feedNames = Object.keys(feeds) as [FeedName, ...FeedName[]]

const schema = z.strictObject({
  verifiers: z
    .array(z.strictObject({ name: someText, operator: someText }))
    .nullable()
    .default(null),
  threshold: z.int('a whole number').min(1, 'a whole number, 1 or more').nullable().default(null),
  owner: z
    .strictObject({ name: someText, kind: z.enum(Setups.ownerKinds) })
    .nullable()
    .default(null),
  timelockHours: hours.nullable().default(null),
  pauseHours: z
    .union([hours, z.literal('never')], 'hours, or never')
    .nullable()
    .default(null),
  limits: z
    .array(z.strictObject({ token: someText, usd }))
    .nullable()
    .default(null),
  implementations: z
    .array(z.strictObject({ name: someText, verified: z.boolean() }))
    .nullable()
    .default(null),
  coveredRoutes: z.array(someText).nullable().default(null),
  watchedTokens: z.array(someText).nullable().default(null),
  optimistic: z
    .strictObject({
      windowSeconds: z.number().min(0, 'seconds, 0 or more'),
      watchers: z.int('a whole number').min(0),
    })
    .nullable()
    .default(null),
  audits: facts,
  keyRotations: facts,
  drills: facts,
  codeReviews: facts,
  codeChanges: facts,
  cover: z.array(coverFact).default([]),
  calendar: z.array(z.strictObject({ what: someText, at: time, known: time, source })).default([]),
  readings: z
    .array(
      z.strictObject({
        name: z.enum(feedNames),
        of: z.string().default(''),
        value: z.number(),
        on: time,
        known: time.optional(),
        source,
      }),
    )
    .default([]),
})
