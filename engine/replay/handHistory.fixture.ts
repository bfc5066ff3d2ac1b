import type { Bridge } from '@cutwater/core/bridge/Bridge.ts'
import type { BridgeEvent, Kind } from '@cutwater/core/bridge/BridgeEvent.ts'
import * as Event from '@cutwater/core/bridge/BridgeEvent.ts'
import type { Observation } from '@cutwater/core/bridge/Observation.ts'
import { day, hour } from '@cutwater/core/units/UnixTime.ts'
import type { History } from './History.ts'

/**
 * A history small enough for a sheet of paper. Finality is a minute on both chains; a US dollar token and ether,
 * both at home on chain 1, and a third that nobody prices.
 *
 * | when       | what                                                                 |
 * |------------|----------------------------------------------------------------------|
 * | 0:00       | prices known: dollar 1.00, ether 2,000                               |
 * | 0:00:00    | locks of 10,000,000 dollars, 100 ether and 7 moss                    |
 * | 0:10:00    | the mints that answer them: three honest mints                       |
 * | 2:00:00    | burns of 3,000,000 and 2,000,000 dollars, and of 1,000 dollars       |
 * | 2:00:20    | release of the 3,000,000: 40 s before its burn is final              |
 * | 2:00:50    | release of the 2,000,000: 10 s before its burn is final              |
 * | 2:30:00    | release of the 1,000: long final                                     |
 * | 10:00:00   | attack A: 100,000 dollars                                            |
 * | 10:00:20   | attack B: 5 ether, before a pause of 36 s can bite                   |
 * | 10:10:00   | attack C: 15 ether and, in the same transaction, D: 7 moss           |
 * | next 0:00  | closes known: dollar 0.99, ether 2,100: what the attack is scored by |
 */
export const start = 1_700_006_400 // 2023-11-15T00:00:00Z
export const attackAt = start + 10 * hour

const usdc = { home: '0xaa', away: '0xab' }
const weth = { home: '0xba', away: '0xbb' }
const moss = { home: '0xca', away: '0xcb' }

const bridge: Bridge = {
  name: 'By hand',
  synthetic: true,
  chains: [
    { id: 1, name: 'Home', finalitySeconds: 60 },
    { id: 2, name: 'Away', finalitySeconds: 60 },
  ],
  tokens: [token('USDC', 6, 'usdc', usdc), token('WETH', 18, 'weth', weth), token('MOSS', 18, null, moss)],
}

const ether = 10n ** 18n
const dollar = 10n ** 6n

export const attack = {
  a: leg('release', attackAt, '0xa', '70', usdc, 100_000n * dollar),
  b: leg('release', attackAt + 20, '0xb', '71', weth, 5n * ether),
  c: leg('release', attackAt + 600, '0xc', '72', weth, 15n * ether),
  d: { ...leg('release', attackAt + 600, '0xc', '73', moss, 7n * ether), index: 2 },
}

const honest: readonly Observation[] = [
  { kind: 'price', at: start, priceId: 'usdc', price: 1 },
  { kind: 'price', at: start, priceId: 'weth', price: 2_000 },
  leg('lock', start, '0x01', '0', usdc, 10_000_000n * dollar),
  leg('lock', start, '0x02', '1', weth, 100n * ether),
  leg('lock', start, '0x03', '2', moss, 7n * ether),
  leg('mint', start + 600, '0x11', '0', usdc, 10_000_000n * dollar),
  leg('mint', start + 600, '0x12', '1', weth, 100n * ether),
  leg('mint', start + 600, '0x13', '2', moss, 7n * ether),
  leg('burn', start + 2 * hour, '0x21', '0', usdc, 3_000_000n * dollar),
  leg('burn', start + 2 * hour, '0x22', '1', usdc, 2_000_000n * dollar),
  leg('burn', start + 2 * hour, '0x23', '2', usdc, 1_000n * dollar),
  leg('release', start + 2 * hour + 20, '0x31', '0', usdc, 3_000_000n * dollar),
  leg('release', start + 2 * hour + 50, '0x32', '1', usdc, 2_000_000n * dollar),
  leg('release', start + 2.5 * hour, '0x33', '2', usdc, 1_000n * dollar),
]

const closes: readonly Observation[] = [
  { kind: 'price', at: start + day, priceId: 'usdc', price: 0.99 },
  { kind: 'price', at: start + day, priceId: 'weth', price: 2_100 },
]

/** The history, its four attack legs labelled. */
export const handHistory: History = {
  bridge,
  observations: [...honest, ...Object.values(attack), ...closes],
  attack: new Set(Object.values(attack).map(Event.id)),
  source: 'made by hand',
}

function leg(
  kind: Kind,
  at: number,
  tx: string,
  message: string,
  contracts: { readonly home: string; readonly away: string },
  amount: bigint,
): BridgeEvent {
  const atHome = kind === 'lock' || kind === 'release'
  const isOut = kind === 'lock' || kind === 'burn'
  const [here, there] = atHome ? [contracts.home, contracts.away] : [contracts.away, contracts.home]
  return {
    kind,
    at,
    chain: atHome ? 1 : 2,
    peer: atHome ? 2 : 1,
    tx,
    index: 1,
    block: null,
    message,
    tokenSource: isOut ? here : null,
    token: isOut ? there : here,
    sender: null,
    beneficiary: '0xcafe',
    amount,
  }
}

function token(
  symbol: string,
  decimals: number,
  priceId: string | null,
  { home, away }: { readonly home: string; readonly away: string },
) {
  const contracts = [
    { chain: 1, address: home },
    { chain: 2, address: away },
  ]
  return { symbol, decimals, home: 1, priceId, contracts }
}
