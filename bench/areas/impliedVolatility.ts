import { impliedVolatility as invert } from '@cutwater/core/options/pricing/impliedVolatility.ts'
import type { Area, Contest } from '../harness.ts'
import { areClose } from '../harness.ts'
import { install, openQuantLib } from './quantLib.ts'
import type { QuotedBatch } from './quotedOptions.ts'
import { quotedOptions } from './quotedOptions.ts'
import * as uqee from './uqee.ts'

const count = 1 << 16

/**
 * Implied volatilities of options out of the money, against QuantLib's fastest method, else the fastest package on npm.
 *
 * Jäckel's own program is neither on npm nor in Debian.
 */
export const impliedVolatility: Area = {
  name: 'implied-vol',
  prepare: async () => {
    const batch = quotedOptions(count)
    const out = new Float64Array(count)
    const run = () => {
      for (let i = 0; i < count; i++) out[i] = invert(batch.options[i]!)!
    }
    run()
    const error = out.reduce(
      (most, found, i) => Math.max(most, Math.abs(found / batch.volatilities[i]! - 1)),
      0,
    )
    const side = (await againstQuantLib(batch)) ?? againstNpm(batch)
    const note = `ours is off by ${error.toExponential(0)} at most, relative; ${side.note}`
    return { unit: 'M solves/s', items: count, target: 1, ours: run, ...side, note }
  },
}

type Side = Pick<Contest, 'peer' | 'agrees' | 'note' | 'theirs' | 'close'>

async function againstQuantLib(batch: QuotedBatch): Promise<Side | undefined> {
  const peer = await openQuantLib(batch)
  if (peer === undefined) return undefined
  await peer.imply()
  return {
    peer: 'QuantLib LiRS',
    agrees: areClose(batch.volatilities, await peer.results(), 1e-9),
    note: 'its method (Li, adaptive successive over-relaxation) was asked for 1e-12 and agrees to 1e-9',
    theirs: peer.imply,
    close: peer.close,
  }
}

function againstNpm(batch: QuotedBatch): Side {
  const peer = uqee.inverter()
  const terms = uqee.termsOf(batch)
  const theirs = () => terms.map((each) => peer.sigma(each))
  return {
    peer: uqee.name,
    agrees: areClose(batch.volatilities, theirs(), 1e-8),
    note: `QuantLib is absent (${install}); the package in its place, by bisection, agrees to 1e-8`,
    theirs,
  }
}
