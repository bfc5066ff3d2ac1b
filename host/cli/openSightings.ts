import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import * as JournalAddress from '../journal/JournalAddress.ts'
import { connectNats } from '../nats/connectNats.ts'
import type * as NatsAddress from '../nats/NatsAddress.ts'
import * as Sightings from '../nats/sightings/Sightings.ts'

/** What observers tell, beside a journal that several may reach; `close` lets go of the servers. */
export async function openSightings(journal: string) {
  const address = requireNats(journal)
  const connection = await connectNats(address)
  try {
    const sightings = await Sightings.open(connection, address)
    return { address, sightings, close: () => connection.close() }
  } catch (error) {
    await connection.close()
    throw error
  }
}

function requireNats(journal: string): NatsAddress.NatsAddress {
  const address = JournalAddress.parse(journal)
  if (address.kind === 'nats') return address.address
  throw new CutwaterError(
    'JOURNAL_NOT_SHARED',
    'observers and deciders need a journal that several may reach',
    {
      where: journal,
      right: 'journal: nats://host:port/name, or cutwater watch, which is both in one process',
    },
  )
}
