import * as Pool from '../beside/Pool.ts'
import { coinOf, usdOf } from '../bridge/Coins.ts'
import { balanceOf } from '../bridge/gap.ts'
import * as Chain from '../chain/Chain.ts'
import type { Scenario, Stage } from './Scenario.ts'
import { between, dollarsBetween } from './steal.ts'

/** The most the victim sells, and the attacker can sell before, wrapped dollars. */
const soldDollars = 50_000
const frontDollars = 1_000_000

/** What the guarded side's users let slip, basis points; the other side's ask for nothing. */
const slippageBps = 100n

export const ammSandwich: Scenario = {
  name: 'amm-sandwich',
  incident: 'Multichain rush (MEV) 2023',
  says: 'Seen in the mempool, a user’s swap is put between two of the attacker’s: one spoils the price before it, one takes the profit after.',
  steps: 'many',
  // The first of the three is a trade as large as any; what makes it an attack is the victim's that comes after it.
  visibleBefore: false,
  deceived: false,
  looksHonest: true,
  limitedBy:
    'what the user lets slip and the check of the pair against its average: a greedy sandwich makes the swap fail, one within the tolerance still takes the tolerance',
  prepare: async (stage) => {
    const { attacker, victim } = stage.world.accounts
    const pool = await Pool.deploy(stage)
    stage.notes.set('pool', pool)
    await Pool.endow(stage, pool, attacker.address, { wrapped: 2 * frontDollars, native: 0 })
    await Pool.endow(stage, pool, victim.address, { wrapped: 2 * soldDollars, native: 0 })
    await stage.nextBlock()
  },
  observe: async (stage, place, block) =>
    place === 'south' ? Pool.readQuotes(stage, poolOf(stage), block) : [],
  attack: async (stage) => {
    const sold = Pool.dollarUnits(dollarsBetween(stage.rng, 20_000, soldDollars))
    const front = Pool.dollarUnits(dollarsBetween(stage.rng, 400_000, frontDollars))
    const waitBlocks = between(stage.rng, 1, 3)
    await sandwich(stage, sold, () => front)
    for (let block = 0; block < waitBlocks; block++) await stage.nextBlock()
    await sandwich(stage, sold, stage.side === 'on' ? withinTolerance : () => front)
  },
  lostUsd: async ({ notes }) => usdOf(coinOf('USD'), (notes.get('lost') as bigint | undefined) ?? 0n),
}

/** One of the victim's swaps with the attacker around it; what it got less than it was quoted is lost. */
async function sandwich(
  stage: Stage,
  sold: bigint,
  front: (reserves: Pool.Reserves, sold: bigint) => bigint,
): Promise<void> {
  const { world, notes } = stage
  const pool = poolOf(stage)
  const { attacker, victim } = world.accounts
  const reserves = await Pool.reservesOf(stage, pool)
  const quoted = Pool.paid(reserves.wrapped, reserves.native, sold)
  const minimum = leastOf(stage, quoted)
  const had = await balanceOf(world, 'south', pool.native, victim.address)
  const sent = await Pool.swap(stage, pool, victim.address, {
    sells: 'wrapped',
    amountIn: sold,
    least: minimum,
  })
  const moves = plan(stage, reserves, sold, front(reserves, sold))
  await Pool.rawSwap(stage, pool, attacker.address, moves.before, Chain.fees.urgent)
  await Pool.rawSwap(stage, pool, attacker.address, moves.after, Chain.fees.patient)
  await stage.nextBlock()
  const { status } = await world.chains.south.client.waitForTransactionReceipt({ hash: sent })
  const got = (await balanceOf(world, 'south', pool.native, victim.address)) - had
  // Who keeps the tokens has lost nothing but the fee.
  if (status !== 'success') return
  notes.set('lost', ((notes.get('lost') as bigint) ?? 0n) + quoted - got)
  notes.set('movedAt', world.height)
}

function plan(stage: Stage, { wrapped, native }: Pool.Reserves, sold: bigint, front: bigint) {
  const bought = Pool.paid(wrapped, native, front)
  const moved = { wrapped: wrapped + front, native: native - bought }
  const got = Pool.paid(moved.wrapped, moved.native, sold)
  const passes = stage.side === 'off' || got >= leastOf(stage, Pool.paid(wrapped, native, sold))
  // Out of the pair as it will be: with the victim's swap, or without it where that fails.
  const left = passes ? { wrapped: moved.wrapped + sold, native: moved.native - got } : moved
  const back = Pool.paid(left.native, left.wrapped, bought)
  return {
    before: { sells: 'wrapped', amountIn: front, amountOut: bought },
    after: { sells: 'native', amountIn: bought, amountOut: back },
  } as const
}

/** The largest sale that leaves the victim just what it asks for. */
function withinTolerance({ wrapped, native }: Pool.Reserves, sold: bigint): bigint {
  const least = minimumOf(Pool.paid(wrapped, native, sold))
  const got = (front: bigint) => Pool.paid(wrapped + front, native - Pool.paid(wrapped, native, front), sold)
  let [low, high] = [0n, Pool.dollarUnits(frontDollars)]
  while (high - low > 1n) {
    const middle = (low + high) / 2n
    if (got(middle) >= least) low = middle
    else high = middle
  }
  return low
}

function leastOf({ side }: Stage, quoted: bigint): bigint {
  return side === 'on' ? minimumOf(quoted) : 0n
}

function minimumOf(quoted: bigint): bigint {
  return (quoted * (10_000n - slippageBps)) / 10_000n
}

function poolOf({ notes }: Stage): Pool.Pool {
  return notes.get('pool') as Pool.Pool
}
