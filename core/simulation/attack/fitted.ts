import type { Calibration } from '../incidents/Calibration.ts'

/** Assumptions that the record speaks to, as it says; they take the place of the defaults, which it said when they were written. */
export function fitted({ precursorShare, unstoppableShare, lead }: Calibration) {
  return {
    precursorShare,
    bypassChance: unstoppableShare,
    leadSeconds: lead.median,
    leadSigma: lead.sigma,
  }
}
