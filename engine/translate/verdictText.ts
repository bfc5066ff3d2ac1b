import type { Concept } from './Translation.ts'

/** A verdict in words; what translates as a loss says so wherever it stands. */
export function verdictText({ verdict, bridge }: Pick<Concept, 'verdict' | 'bridge'>): string {
  return verdict === 'translates' && bridge.effect! < 0 ? 'translates, as a loss' : verdict
}
