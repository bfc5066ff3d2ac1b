import type { UnixTime } from '../../units/UnixTime.ts'
import type { Usd } from '../../units/Usd.ts'
import type { Instrument } from '../account/Instrument.ts'

/** Contracts of one layer that were bought together. */
export type Lot = {
  readonly instrument: Instrument
  quantity: number
  /** undefined for what does not expire */
  readonly expiry: UnixTime | undefined
  readonly openedAt: UnixTime
  /** for one contract, cents */
  readonly costCents: Usd
}
