/** What a broker and the exchange take for a contract, dollars, each way. */
export type Commission = {
  readonly spx: number
  readonly vix: number
  readonly vixFuture: number
}

/**
 * The order of what a private person pays. Options: $0.65 that Cboe charges on SPX and VIX and brokers pass on (tastytrade
 * help centre, "Single-listed exchange proprietary index options fees"; Cboe's fee schedule of 2021-09-01 has $0.18 to
 * $0.66 by premium), $0.02 clearing (OCC schedule of fees, 2021), $0.03 regulatory, and $0.65 of the broker's own. Futures:
 * $1.47 of the exchange (CFE fee schedule, customer, monthly VX) and $0.85 of the broker's.
 */
export const usual: Commission = { spx: 1.35, vix: 1.35, vixFuture: 2.32 }
