import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import type { Entry } from '../ports/Journal.ts'
import { topics } from '../ports/Journal.ts'

/**
 * Refuses a batch with an entry no journal may hold, before anything is written.
 *
 * Ids and bodies must be well-formed Unicode: a lone surrogate has no UTF-8, and would come back as another
 * character or make two ids one.
 *
 * @throws CutwaterError `JOURNAL_ENTRY_MALFORMED`, the entry's place in the batch in `facts.index`
 */
export function checkEntries(entries: readonly Entry[]): void {
  for (let index = 0; index < entries.length; index++) {
    const fault = faultOf(entries[index])
    if (fault) throw malformed(index, fault)
  }
}

type Fault = { readonly what: string; readonly right: string }

function faultOf(entry: Partial<Entry> | null | undefined): Fault | undefined {
  if (typeof entry !== 'object' || entry === null) return { what: 'entry is missing', right: 'an entry' }
  const { topic, id, at, body } = entry
  if (!topics.includes(topic!))
    return { what: `topic is ${show(topic)}`, right: `one of ${topics.join(', ')}` }
  if (!isText(id)) return { what: `id is ${show(id)}`, right: 'well-formed text that is not empty' }
  if (!Number.isSafeInteger(at)) return { what: `at is ${show(at)}`, right: 'whole unix seconds' }
  if (!isText(body) || !isJson(body)) return { what: `body is ${show(body)}`, right: 'JSON text' }
  return undefined
}

function isText(text: unknown): text is string {
  return typeof text === 'string' && text !== '' && !unusable.test(text)
}

// With the u flag the class matches a surrogate only where it stands alone. NUL ends a text in much of the
// software that may one day read a journal file.
const unusable = /[\0\ud800-\udfff]/u

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function show(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

function malformed(index: number, { what, right }: Fault): CutwaterError {
  return new CutwaterError('JOURNAL_ENTRY_MALFORMED', `${what}; nothing of the batch was written`, {
    where: `entry ${index} of the batch`,
    right,
    facts: { index },
  })
}
