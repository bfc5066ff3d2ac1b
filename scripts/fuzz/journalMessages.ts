import * as Rng from '@cutwater/core/simulation/Rng.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import * as Envelope from '@cutwater/host/journal/nats/Envelope.ts'
import * as Ledger from '@cutwater/host/journal/nats/Ledger.ts'
import { mutateText } from './mutate.ts'
import type { Target } from './Target.ts'

/** Messages of a journal's stream: one of which a byte or a header is another is not taken. */
export function journalMessages(): Target {
  const entries = [1, 2, 3].map((nth) => {
    return { topic: 'found' as const, id: `entry ${nth}`, at: nth, body: `{"nth":${nth},"text":"🌊"}` }
  })
  const data = Envelope.pack(entries)
  const part = { kind: 'part', batch: 'abc', nth: 1, of: 1, first: 1, token: 0 } as const
  const told = Envelope.sealed(part, 1, data)
  const whole = [told.keys().map((key) => [key, told.get(key)]), Buffer.from(data).toString('base64')]
  return {
    name: 'journal messages',
    share: 5,
    whole: JSON.stringify(whole),
    make: (rng) => {
      const [heads, text] = whole as [[string, string][], string]
      if (Rng.chance(rng, 0.5)) return JSON.stringify([heads, turned(rng, Buffer.from(text, 'base64'))])
      const at = Rng.integer(rng, heads.length)
      const [key, value] = heads[at]!
      // What ends a line of headers cannot be in one.
      const changed = mutateText(rng, value)
        .replaceAll(/[^ -~]/g, '?')
        .trim()
      return JSON.stringify([heads.with(at, [key, changed]), text])
    },
    take: (input) => {
      const [heads, text] = JSON.parse(input) as [[string, string][], string]
      const received = Envelope.toHeaders(part)
      for (const key of received.keys()) received.delete(key)
      for (const [key, value] of heads) received.set(key, value)
      const bytes = Buffer.from(text, 'base64')
      if (!Envelope.isWhole(received, 1, bytes))
        throw new CutwaterError('JOURNAL_DAMAGED', 'the message is not whole')
      const ledger = Ledger.create('fuzz')
      Ledger.take(ledger, { sequence: 1, envelope: Envelope.read(received), data: bytes })
      return input === JSON.stringify(whole) ? null : 'a message is taken that was never sent so'
    },
  }
}

function turned(rng: Rng.Rng, bytes: Buffer): string {
  const cut = Rng.chance(rng, 0.2) ? bytes.subarray(0, Rng.integer(rng, bytes.length)) : bytes
  if (cut.length > 0) cut[Rng.integer(rng, cut.length)]! ^= 1 << Rng.integer(rng, 8)
  return cut.toString('base64')
}
