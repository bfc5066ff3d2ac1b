import type { PostureName } from '@cutwater/core/ladder/Posture.ts'
import * as OptionsPolicy from '@cutwater/core/options/book/OptionsPolicy.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { choice } from '@cutwater/core/units/nearest.ts'
import * as UnixTime from '@cutwater/core/units/UnixTime.ts'

/** Which of the method's parts are on. */
export type Part = 'core' | 'gate' | 'hedge' | 'roll' | 'all' | 'adaptive'

export type Variant = {
  readonly name: string
  readonly part: Part
  readonly what: string
  readonly policy: OptionsPolicy.OptionsPolicy
  /** the first day it could have been traded */
  readonly from?: UnixTime.UnixTime
}

export const parts: readonly Part[] = ['core', 'gate', 'hedge', 'roll', 'all', 'adaptive']

/** SPXW expiries on every weekday: Tuesdays from April 2022, Thursdays from 11 May 2022. */
export const dailyFrom = UnixTime.parse('2022-05-11')!

/**
 * The variants of both condors, each part by itself: what the gate does is not credited to the hedge.
 *
 * @example
 * Variant.all().map(({ name }) => name).slice(0, 3) // ['core', 'gate', 'hedge']
 */
export function all(
  base: OptionsPolicy.OptionsPolicy = OptionsPolicy.of(),
  chosen: readonly Part[] = parts,
): readonly Variant[] {
  const monthly = chosen.map((part) => of(part, base))
  if (base.condor.style === 'daily') return monthly.map((variant) => ({ ...variant, from: dailyFrom }))
  const daily = dailyOf(base)
  const ofDaily = chosen.map((part) => ({ ...of(part, daily), name: `1-DTE ${part}`, from: dailyFrom }))
  return [...monthly, ...ofDaily]
}

/** A policy with only some of its parts on. */
export function of(part: Part, base: OptionsPolicy.OptionsPolicy): Variant {
  const isOn = (...among: readonly Part[]) => among.includes(part)
  const whole = isOn('all', 'adaptive')
  const policy: OptionsPolicy.OptionsPolicy = {
    ...base,
    gate: { ...base.gate, on: whole || part === 'gate' },
    hedge: {
      ...base.hedge,
      on: whole || part === 'hedge',
      tilts: part === 'adaptive' || (base.hedge.tilts && whole),
      gainRoll: { ...base.hedge.gainRoll, on: whole && base.hedge.gainRoll.on },
    },
    shift: { ...base.shift, on: whole || part === 'roll' },
    press: { ...base.press, on: whole && base.press.on },
  }
  return { name: part, part, what: says[part], policy }
}

/** The parts named in a text, separated by commas; VARIANT_UNKNOWN with the nearest name for anything else. */
export function parse(text: string): readonly Part[] {
  return text.split(',').map((word) => {
    const part = parts.find((candidate) => candidate === word.trim())
    if (part !== undefined) return part
    throw new CutwaterError('VARIANT_UNKNOWN', `there is no variant "${word.trim()}"`, {
      right: choice(word.trim(), parts),
    })
  })
}

function dailyOf({
  posture,
  startCents,
  hedge,
  gate,
  costs,
}: OptionsPolicy.OptionsPolicy): OptionsPolicy.OptionsPolicy {
  return { ...OptionsPolicy.daily('conservative', posture as PostureName), startCents, hedge, gate, costs }
}

const says: Readonly<Record<Part, string>> = {
  core: 'condors alone, at any VIX, held to expiry',
  gate: 'no new condor from VIX 20 on',
  hedge: '4/4/2 VIX calls per ten condors, always on',
  roll: 'threatened condors rolled to a later expiry',
  all: 'gate, ladder and both time shifts',
  adaptive: 'the same, with the ladder tilted by stress',
}
