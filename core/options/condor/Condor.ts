import type { UnixTime } from '../../units/UnixTime.ts'
import { type Option, spxOption } from '../account/Instrument.ts'

/** Four strikes of one expiry: a put spread and a call spread sold, points, rising. */
export type Condor = {
  readonly putWing: number
  readonly putShort: number
  readonly callShort: number
  readonly callWing: number
  readonly expiry: UnixTime
  readonly settles: Option['settles']
}

/** One of a condor's options, and how many are held for each condor: 1 or -1. */
export type Leg = { readonly instrument: Option; readonly sign: 1 | -1 }

/**
 * The four legs, puts first, by rising strike.
 *
 * @example
 * const condor = { putWing: 2700, putShort: 2750, callShort: 2900, callWing: 2950, expiry: 0, settles: 'close' }
 * Condor.legs(condor).map(({ sign }) => sign) // [1, -1, -1, 1]
 */
export function legs({ putWing, putShort, callShort, callWing, expiry, settles }: Condor): readonly Leg[] {
  return [
    { instrument: spxOption('put', putWing, expiry, settles), sign: 1 },
    { instrument: spxOption('put', putShort, expiry, settles), sign: -1 },
    { instrument: spxOption('call', callShort, expiry, settles), sign: -1 },
    { instrument: spxOption('call', callWing, expiry, settles), sign: 1 },
  ]
}

/** Whether the underlying is beyond a short strike. */
export function isBreached({ putShort, callShort }: Condor, value: number): boolean {
  return value < putShort || value > callShort
}
