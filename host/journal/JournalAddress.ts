import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import * as NatsAddress from '../nats/NatsAddress.ts'

/** Where a journal is kept, as one line of a configuration or of a command says it. */
export type JournalAddress =
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'nats'; readonly address: NatsAddress.NatsAddress }

/**
 * Reads an address: `sqlite:path`, a path alone, or `nats://host:port/name`; `where` it was written, for errors.
 *
 * @throws CutwaterError `JOURNAL_ADDRESS_MALFORMED`, `NATS_ADDRESS_MALFORMED`
 *
 * @example
 * parse('sqlite:bridge.db') // { kind: 'sqlite', file: 'bridge.db' }
 * parse('bridge.db') // { kind: 'sqlite', file: 'bridge.db' }
 */
export function parse(text: string, where = text): JournalAddress {
  if (NatsAddress.isOne(text)) return { kind: 'nats', address: NatsAddress.parse(text, where) }
  const file = text.replace(/^sqlite:/, '')
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(file)?.[1]
  if (scheme !== undefined) throw malformed(where, `no journal is kept in ${scheme}`)
  if (file === '') throw malformed(where, 'the address names no file')
  return { kind: 'sqlite', file }
}

/**
 * The same address with a path of its own made whole; `of` makes a path whole.
 *
 * @example
 * whole('sqlite:bridge.db', (path) => `/etc/${path}`) // '/etc/bridge.db'
 */
export function whole(text: string, of: (path: string) => string, where?: string): string {
  const address = parse(text, where)
  return address.kind === 'sqlite' ? of(address.file) : text
}

function malformed(where: string, what: string): CutwaterError {
  return new CutwaterError('JOURNAL_ADDRESS_MALFORMED', what, {
    where,
    right: 'a path to a file, with or without sqlite: before it, or nats://host:port/name',
  })
}
