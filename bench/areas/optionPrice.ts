import { priceMany } from '@cutwater/core/options/pricing/priceMany.ts'
import type { Area, Contest } from '../harness.ts'
import { areClose } from '../harness.ts'
import { install, openQuantLib } from './quantLib.ts'
import type { QuotedBatch } from './quotedOptions.ts'
import { quotedOptions } from './quotedOptions.ts'
import * as uqee from './uqee.ts'

const count = 1 << 18

/** European options priced by Black's formula, against QuantLib's `blackFormula`, else the fastest package on npm. */
export const optionPrice: Area = {
  name: 'option-price',
  prepare: async () => {
    const batch = quotedOptions(count)
    const out = new Float64Array(count)
    const ours = {
      unit: 'M prices/s',
      items: count,
      target: 1.8,
      ours: () => priceMany(batch, out),
    }
    return { ...ours, ...((await againstQuantLib(batch)) ?? againstNpm(batch)) }
  },
}

type Side = Pick<Contest, 'peer' | 'agrees' | 'note' | 'theirs' | 'close'>

async function againstQuantLib(batch: QuotedBatch): Promise<Side | undefined> {
  const peer = await openQuantLib(batch)
  if (peer === undefined) return undefined
  await peer.price()
  return {
    peer: 'QuantLib blackFormula',
    agrees: areClose(priceMany(batch), await peer.results(), 1e-11),
    note: 'both take forward, strike, years, volatility and discount from arrays, on one core; all prices agree to 1e-11 dollars on forwards of 3000 to 5000',
    theirs: peer.price,
    close: peer.close,
  }
}

function againstNpm(batch: QuotedBatch): Side {
  const peer = uqee.pricer()
  const terms = uqee.termsOf(batch)
  const theirs = () => terms.map((each) => peer.option(each).price)
  return {
    peer: uqee.name,
    agrees: areClose(priceMany(batch), theirs(), 1e-6),
    note: `QuantLib is absent (${install}); the package in its place gives greeks too, and agrees to 1e-6 dollars`,
    theirs,
  }
}
