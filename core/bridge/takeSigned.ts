import type { BridgeBook } from './BridgeBook.ts'
import * as judge from './findings/judge.ts'
import * as Signers from './findings/Signers.ts'
import type { Signed } from './Observation.ts'

/** Who signed a message: a signer that has stopped while others go on must be asked, and stops nothing. */
export function takeSigned(book: BridgeBook, signed: Signed): void {
  const key = `${signed.chain}:${signed.set}`
  const signers = book.signers.get(key) ?? new Map()
  book.signers.set(key, signers)
  const fallen = Signers.note(signers, signed.by, signed.at)
  if (fallen.length === 0) return
  const [first] = fallen
  const who = fallen.map(({ signer }) => signer).join(' and ')
  const others = Signers.speaking(signers)
  judge.report(book, signed, null, null, {
    name: 'SilentSigner',
    severity: 'medium',
    what: `${who} of the ${signed.set} signed none of the last ${first!.missed} messages that others signed; ${others} still sign`,
    evidence: {
      set: signed.set,
      signers: who,
      missed: first!.missed,
      lastAt: first!.lastAt,
      stillSign: others,
    },
  })
}
