import type { UnixTime } from '../../units/UnixTime.ts'

/** One set of signers, such as a guard's watchers, and how each of them has kept signing what the others sign. */
export type Signers = Map<string, Signer>

export type Signer = {
  /** messages it signed, of those that anybody of the set signed since its first; the missed ones of now not among them */
  signed: number
  asked: number
  /** messages in a row that others signed and it did not */
  missed: number
  lastAt: UnixTime
  isSilent: boolean
}

/** A signer that has stopped while others go on. */
export type Silence = { readonly signer: string; readonly missed: number; readonly lastAt: UnixTime }

/** Signers remembered per set; the one unseen for longest is forgotten. */
export const limit = 256

/** From so few messages nobody's habit can be told, and so few in a row are never silence. */
export const least = { asked: 10, missed: 5 }

/** Silence is what would come by chance, from a signer's own habit, less than once in a million messages. */
export const odds = 1e-6

/** Only the newest messages make a habit: then the past counts half. */
const memory = 512

/**
 * Notes who signed one message, and returns who has fallen silent with it.
 *
 * Relayers often bring only as many signatures as are asked for, so a signer may be left out without having missed
 * anything. Who signs a share p of the messages misses n in a row with odds (1 − p)^n; p is (signed + 1) / (asked + 2),
 * Laplace's rule of succession. A message that nobody signed says nothing about anybody.
 */
export function note(signers: Signers, signed: readonly string[], at: UnixTime): readonly Silence[] {
  if (signed.length === 0) return []
  const present = new Set(signed)
  for (const name of present) sign(signers, name, at)
  const fallen: Silence[] = []
  for (const [name, signer] of signers) {
    if (present.has(name)) continue
    signer.missed += 1
    if (signer.isSilent || !isSilence(signer)) continue
    signer.isSilent = true
    fallen.push({ signer: name, missed: signer.missed, lastAt: signer.lastAt })
  }
  return fallen
}

/** How many of a set are not silent. */
export function speaking(signers: Signers): number {
  return [...signers.values()].filter(({ isSilent }) => !isSilent).length
}

function sign(signers: Signers, name: string, at: UnixTime): void {
  const signer = signers.get(name) ?? { signed: 0, asked: 0, missed: 0, lastAt: at, isSilent: false }
  // A silence that was told is no habit.
  if (!signer.isSilent) signer.asked += signer.missed
  Object.assign(signer, {
    asked: signer.asked + 1,
    signed: signer.signed + 1,
    missed: 0,
    lastAt: at,
    isSilent: false,
  })
  if (signer.asked > memory) Object.assign(signer, { asked: signer.asked / 2, signed: signer.signed / 2 })
  signers.delete(name)
  signers.set(name, signer)
  if (signers.size > limit) signers.delete(signers.keys().next().value!)
}

function isSilence({ signed, asked, missed }: Signer): boolean {
  if (asked < least.asked || missed < least.missed) return false
  const share = (signed + 1) / (asked + 2)
  return missed * Math.log1p(-share) < Math.log(odds)
}
