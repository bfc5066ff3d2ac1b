import * as Decayed from '../../signals/Decayed.ts'
import * as Signal from './Signal.ts'
import * as View from './View.ts'

/**
 * Round trips: value that one actor moves in and straight back out on one chain within a minute, as a share of all
 * value moved, both fading with a half-life of a day. Watched and not weighed: on the recorded bridge it said nothing
 * before the attack (docs/early-warning.md).
 */
export const roundTrips: Signal.Signal<null> = {
  name: 'arbitrage',
  concept: 'HFT arbitrage',
  unit: 'share of volume',
  layer: 'near',
  presses: Signal.noWeight,
  acute: 'high',
  ...Signal.forgetful,
  step(_, { at, tally }) {
    if (tally === null) return { why: 'nobody counts the legs' }
    const [volume, trips] = [tally.volume, tally.roundTrips].map((sum) =>
      Decayed.read(sum, Math.max(at, sum.at)),
    )
    if (!(volume! > 0)) return { why: 'nothing has moved yet' }
    const value = Signal.clamp(trips! / volume!)
    return { value, asOf: at, says: `${Signal.percent(value)} of the day’s volume goes straight back` }
  },
}

/** The share of volume that is sandwiched or front-run, as fed by whoever reads the blocks. */
export const mev: Signal.Signal<null> = {
  name: 'mevShare',
  concept: 'MEV share',
  unit: 'share of volume',
  layer: 'near',
  presses: { near: 0.5, mid: 0, far: 0 },
  acute: 'high',
  ...Signal.forgetful,
  step(_, view) {
    const share = View.feed(view, 'mevShare')
    if (!share.known) return share
    const { value, asOf } = share
    return { value, asOf, says: `${Signal.percent(value)} of volume is sandwiched or front-run` }
  },
}
