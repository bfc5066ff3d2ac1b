import { abi as bondAbi } from '@cutwater/contracts/generated/Bond.ts'
import { abi as vaultAbi } from '@cutwater/contracts/generated/CoverVault.ts'
import { abi as guardAbi } from '@cutwater/contracts/generated/Guard.ts'
import { abi as verifierAbi } from '@cutwater/contracts/generated/MultisigVerifier.ts'
import { abi as treasuryAbi } from '@cutwater/contracts/generated/Treasury.ts'
import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { sum } from '@cutwater/core/units/sum.ts'
import { type Address, parseAbi } from 'viem'
import * as ChainAt from '../feeds/ChainAt.ts'
import * as Dollars from '../feeds/Dollars.ts'
import type { Reading, ReadingOf } from '../feeds/Reading.ts'
import { heldBy, weightsOf } from '../feeds/readMoney.ts'
import type { LiveChain } from '../LiveBridge.ts'
import * as Present from './Present.ts'

/** A chain at the block that it is read at. */
export type Moment = Promise<ChainAt.ChainAt>

type Asked = {
  readonly chains: readonly LiveChain[]
  readonly readings: readonly Reading[]
  readonly at: (chain: number) => Moment
  readonly signers: readonly Present.Known<Present.SetPresent>[]
}

/** What stands behind a bridge: timelocks, stake, cover, reserve and treasury, as far as its readings name them. */
export async function readStanding(
  asked: Asked,
): Promise<Pick<Present.Present, 'timelockSeconds' | 'money'>> {
  const [timelockSeconds, stakes, coverUsd, reserveUsd, treasury] = await Promise.all([
    timelocks(asked),
    stakesOf(asked),
    coverOf(asked),
    reserveOf(asked),
    treasuryOf(asked),
  ])
  return { timelockSeconds, money: { stakes, coverUsd, reserveUsd, treasury } }
}

async function timelocks({ chains, at }: Asked): Promise<Present.Known<number>> {
  const named = chains.flatMap(({ id, timelock }) =>
    timelock === null ? [] : [{ chain: id, contract: timelock }],
  )
  if (named.length === 0) return Present.notNamed('no timelock of a chain')
  return Present.known(async () => {
    const delays = await Promise.all(
      named.map(async ({ chain, contract }) => {
        const delay = await delayOf(await at(chain), contract)
        // What is named as a timelock and does not wait does not wait.
        return delay ?? 0
      }),
    )
    return Math.min(...delays)
  })
}

async function stakesOf(asked: Asked): Promise<Present.Known<readonly Present.StakePresent[]>> {
  const named = ofKind(asked.readings, 'stake')
  if (named.length === 0) return Present.notNamed('no stake under readings')
  return Present.known(async () => (await Promise.all(named.map((each) => stakesIn(asked, each)))).flat())
}

async function stakesIn(
  asked: Asked,
  { chain, contract, usd, operators }: ReadingOf<'stake'>,
): Promise<readonly Present.StakePresent[]> {
  const now = await asked.at(chain)
  const { dollars } = await Dollars.ofAsset(now, contract, usd)
  return Promise.all(
    operators.map(async ({ name, address }) => {
      const [active] = await ChainAt.call(now, contract, bondAbi, 'stakeOf', [address])
      return { operator: name, account: address, usd: dollars(active), ...(await setsOf(asked, address)) }
    }),
  )
}

// Which sets a key is in; one that cannot be asked has nobody in it.
async function setsOf({ chains, at, signers }: Asked, account: Address) {
  const isIn = (all: readonly Promise<boolean>[]) =>
    Promise.all(all.map((each) => each.catch(() => false))).then((found) => found.some(Boolean))
  return {
    isSigner: await isIn(
      chains.map(async ({ id }, nth) => {
        const set = signers[nth]!
        return (
          Present.isKnown(set) &&
          ChainAt.call(await at(id), set.value.contract, verifierAbi, 'isSigner', [account])
        )
      }),
    ),
    isWatcher: await isIn(
      chains.map(
        async ({ id, guard }) =>
          guard !== null && ChainAt.call(await at(id), guard, guardAbi, 'isWatcher', [account]),
      ),
    ),
  }
}

async function coverOf({ readings, at }: Asked): Promise<Present.Known<number>> {
  const named = ofKind(readings, 'coverVault')
  if (named.length === 0) return Present.notNamed('no coverVault under readings')
  return Present.known(async () =>
    sum(
      await Promise.all(
        named.map(async ({ chain, contract, usd }) => {
          const now = await at(chain)
          const [{ dollars }, cover] = await Promise.all([
            Dollars.ofAsset(now, contract, usd),
            ChainAt.call(now, contract, vaultAbi, 'coverInForce'),
          ])
          return dollars(cover)
        }),
      ),
    ),
  )
}

// Of what treasuries hold, the part that is not the ladder's own: that one is split over the layers.
async function reserveOf({ chains, readings, at }: Asked): Promise<Present.Known<number>> {
  const named = ofKind(readings, 'treasury')
  if (named.length === 0) return Present.notNamed('no treasury under readings')
  const own = new Set(ladders(chains, readings).map(({ contract }) => contract))
  return Present.known(async () =>
    sum(
      await Promise.all(
        named.map(async ({ chain, holders, assets }) => {
          const saving = holders.filter((holder) => !own.has(holder))
          return (await heldBy(await at(chain), saving, assets)).value
        }),
      ),
    ),
  )
}

async function treasuryOf({ chains, readings, at }: Asked): Promise<Present.MoneyPresent['treasury']> {
  const [named] = ladders(chains, readings)
  if (named === undefined) return Present.notNamed('no treasury of the ladder')
  return Present.known(async () => {
    const now = await at(named.chain)
    const [weights, total, asset] = await Promise.all([
      weightsOf(now, named.contract),
      ChainAt.call(now, named.contract, treasuryAbi, 'totalBalance'),
      ChainAt.call(now, named.contract, treasuryAbi, 'asset'),
    ])
    const decimals = await ChainAt.decimalsOf(now, asset)
    const priced = ofKind(readings, 'treasury').flatMap(({ assets }) => assets)
    const usd = priced.find(({ contract }) => contract === asset.toLowerCase())?.usd
    if (usd === undefined) throw unpriced(named.contract, asset)
    const { perToken } = await Dollars.of(now, usd)
    return { usd: ChainAt.whole(total, decimals) * perToken, weights }
  })
}

/** How long a timelock waits at least, seconds; null of what is none. */
export async function delayOf(now: ChainAt.ChainAt, account: Address): Promise<number | null> {
  return ChainAt.call(now, account, timelockAbi, 'getMinDelay').then(Number, () => null)
}

const timelockAbi = parseAbi(['function getMinDelay() view returns (uint256)'])

/** Treasuries that are split over the layers, each once. */
function ladders(chains: readonly LiveChain[], readings: readonly Reading[]) {
  const moved = chains.flatMap(({ id, treasury }) =>
    treasury === undefined ? [] : [{ chain: id, contract: treasury }],
  )
  const read = ofKind(readings, 'ladder').map(({ chain, contract }) => ({ chain, contract }))
  return [...new Map([...moved, ...read].map((each) => [each.contract, each])).values()]
}

function ofKind<Kind extends Reading['kind']>(readings: readonly Reading[], kind: Kind) {
  return readings.filter((reading): reading is ReadingOf<Kind> => reading.kind === kind)
}

function unpriced(treasury: Address, asset: Address): CutwaterError {
  return new CutwaterError('READING_EMPTY', `nothing says what ${asset}, which ${treasury} holds, is worth`, {
    right: 'a reading of kind treasury with that asset and its usd',
  })
}
