import type { BridgePolicy } from '@cutwater/core/bridge/BridgePolicy.ts'
import type { GuardSettings } from '@cutwater/core/bridge/guard/GuardSettings.ts'
import { economyParameters } from '@cutwater/core/bridge/Protection.ts'
import { toDollars } from '@cutwater/core/units/Usd.ts'
import type { Parameter } from './ReplayResult.ts'

/** Every assumption behind a replay, with its unit and where it comes from. */
export function parameters({ guard, economy, conviction, posture }: BridgePolicy): readonly Parameter[] {
  return [
    { name: 'conviction', value: conviction, unit: 'κ', source: `posture ${posture.name}` },
    ...guardParameters.map(({ name, unit, source }) => ({
      name,
      value: settingOf(guard, name),
      unit,
      source,
    })),
    ...economyParameters.map(({ name, unit, source }) => ({ name, value: economy[name], unit, source })),
  ]
}

function settingOf(guard: GuardSettings, name: keyof GuardSettings): number {
  return name === 'coldFloorUsd' ? toDollars(guard.coldFloorUsd) : guard[name]
}

const block = 'one 12-second Ethereum slot'
const choice = 'posture; docs/decisions/0005-guard-settings.md'
const dydx = 'six hours of the dYdX withdrawal gate, max(1% of TVL, $1M) an hour'

const guardParameters: readonly { name: keyof GuardSettings; unit: string; source: string }[] = [
  { name: 'detectSeconds', unit: 's', source: block },
  { name: 'decideSeconds', unit: 's', source: block },
  { name: 'includeSeconds', unit: 's', source: block },
  {
    name: 'windowSeconds',
    unit: 's',
    source: 'Axelar flow limits use 6 h epochs; here refilling, without borders',
  },
  { name: 'limitQuantile', unit: 'quantile of trailing windows', source: choice },
  { name: 'looseQuantile', unit: 'quantile of trailing windows', source: choice },
  { name: 'unprovenQuantile', unit: 'quantile of trailing releases', source: choice },
  { name: 'unprovenWindowSeconds', unit: 's', source: choice },
  { name: 'warmLegs', unit: 'legs', source: choice },
  { name: 'coldShare', unit: 'share of value locked', source: dydx },
  { name: 'coldFloorUsd', unit: 'USD', source: dydx },
  { name: 'loosenPerDay', unit: 'per day', source: choice },
  { name: 'holdSeconds', unit: 's', source: 'longer than people need to notice (median 3.7 h)' },
  { name: 'pauseSeconds', unit: 's', source: choice },
]
