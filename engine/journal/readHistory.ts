import * as Observation from '@cutwater/core/bridge/Observation.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { Journal, Recorded } from '../ports/Journal.ts'
import type { History } from '../replay/History.ts'
import { decode } from './encode.ts'
import type { Closing, Opening } from './ingest.ts'

/**
 * The history that `ingest` wrote into a journal, equal to the one it was given.
 *
 * What the journal holds after the history's last entry is later life and not part of it.
 *
 * @throws CutwaterError `JOURNAL_EMPTY`, `JOURNAL_HALF_INGESTED`, or `JOURNAL_DAMAGED` where its counts are
 * not what its last entry says
 */
export async function readHistory(journal: Journal): Promise<History> {
  const end = await findEnd(journal)
  let opening: Opening | undefined
  const observations: Observation.Observation[] = []
  const attack = new Set<string>()
  for await (const page of journal.read({ topics: ['bridge', 'observed', 'label'], upTo: end.seq - 1 })) {
    for (const entry of page) {
      if (entry.topic === 'observed') observations.push(decodeObservation(entry))
      else if (entry.topic === 'label') attack.add(entry.id)
      else opening = decodeOpening(entry)
    }
  }
  checkCounts(end, opening, observations.length, attack.size)
  return { bridge: opening!.bridge, observations, attack, source: opening!.source }
}

/** The entry that says the history is whole. */
async function findEnd(journal: Journal): Promise<Recorded> {
  const newest = await journal.last('bridge')
  if (!newest) throw empty()
  for (let end: Recorded | undefined = newest; end; end = await journal.last('bridge', end.seq - 1)) {
    if (closingOf(end)) return end
  }
  throw halfIngested(newest.id, await journal.count('observed'))
}

function closingOf(entry: Recorded): Closing['complete'] | undefined {
  return (decodeRecord(entry) as Partial<Closing>).complete
}

function decodeOpening(entry: Recorded): Opening {
  const body = decodeRecord(entry) as Partial<Opening>
  if (body.bridge && typeof body.source === 'string') return body as Opening
  throw malformed(entry, 'a bridge with its source')
}

function decodeObservation(entry: Recorded): Observation.Observation {
  const body = decodeRecord(entry) as Partial<Observation.Observation>
  if (body.kind && Object.hasOwn(Observation.kinds, body.kind) && body.at === entry.at)
    return body as Observation.Observation
  throw malformed(entry, `one of ${Object.keys(Observation.kinds).join(', ')}, of the same time`)
}

function decodeRecord(entry: Recorded): object {
  const value = decodeBody(entry)
  if (typeof value === 'object' && value !== null) return value
  throw malformed(entry, 'an object')
}

function decodeBody(entry: Recorded): unknown {
  try {
    return decode(entry.body)
  } catch (cause) {
    throw malformed(entry, 'what ingest wrote', cause)
  }
}

function checkCounts(
  end: Recorded,
  opening: Opening | undefined,
  observations: number,
  labels: number,
): void {
  const said = closingOf(end)!
  if (opening && said.observations === observations && said.labels === labels) return
  const held = `${observations} observations and ${labels} labels${opening ? '' : ' and no bridge'}`
  throw new CutwaterError('JOURNAL_DAMAGED', `the journal holds ${held}`, {
    where: `journal entry ${end.seq}`,
    right: `the ${said.observations} observations and ${said.labels} labels of which that entry speaks`,
  })
}

function malformed(entry: Recorded, right: string, cause?: unknown): CutwaterError {
  const what = `the body of ${entry.topic} ${entry.id} cannot be read`
  return new CutwaterError('JOURNAL_BODY_MALFORMED', what, {
    where: `journal entry ${entry.seq}`,
    right,
    cause,
  })
}

function empty(): CutwaterError {
  return new CutwaterError('JOURNAL_EMPTY', 'the journal holds no bridge', {
    where: 'journal',
    right: 'a journal into which a history was ingested',
  })
}

function halfIngested(name: string, observations: number): CutwaterError {
  return new CutwaterError(
    'JOURNAL_HALF_INGESTED',
    `the journal holds the first ${observations} observations of ${name}; ingesting them was interrupted`,
    {
      where: 'journal',
      right: 'a whole history: ingest it again, it goes on from there',
      facts: { observations },
    },
  )
}
