import type { Calibration, FamilySeverity } from '../incidents/Calibration.ts'

const dollars = 100

/** A made-up record: about fifteen attempts a year over all bridges, losses around a million dollars. */
export function sampleCalibration(changes: Partial<Calibration> = {}): Calibration {
  const severity = (median: number, sigma: number): FamilySeverity => ({
    median: median * dollars,
    sigma,
    count: 20,
    pooled: false,
  })
  return {
    from: 0,
    to: 0,
    perYear: { keys: 5, proof: 4, logic: 3, upgrade: 1, data: 0.5, other: 1.5 },
    severity: {
      keys: severity(8_000_000, 1.6),
      proof: severity(4_000_000, 2.2),
      logic: severity(1_000_000, 2),
      upgrade: severity(4_000_000, 2.2),
      data: severity(4_000_000, 2.2),
      other: severity(1_000_000, 2),
    },
    profiles: { single: 0.3, burst: 0.45, hours: 0.15, days: 0.1 },
    spans: {
      single: { median: 1, sigma: 0.5 },
      burst: { median: 600, sigma: 1 },
      hours: { median: 9_000, sigma: 0.5 },
      days: { median: 432_000, sigma: 0.5 },
    },
    precursorShare: 0.2,
    lead: { median: 50_000, sigma: 2 },
    notice: { median: 13_000, sigma: 2 },
    unstoppableShare: 0.1,
    count: 77,
    ...changes,
  }
}

/** Losses of one median and a narrow spread for every family, so that moments have closed forms. */
export function narrowCalibration(medianDollars: number, sigma: number): Calibration {
  const one = { median: medianDollars * dollars, sigma, count: 20, pooled: false }
  return sampleCalibration({
    severity: { keys: one, proof: one, logic: one, upgrade: one, data: one, other: one },
  })
}
