import * as Bond from '@cutwater/contracts/generated/Bond.ts'
import type { Usd } from '@cutwater/core/units/Usd.ts'
import { decodeAbiParameters, type Hex } from 'viem'
import { coinOf, usdOf } from '../bridge/Coins.ts'
import { balanceOf } from '../bridge/gap.ts'
import type { Layers, Twin } from '../bridge/Twin.ts'
import * as Chain from '../chain/Chain.ts'
import * as World from '../World.ts'
import { readPayments } from './readPayments.ts'

/**
 * Takes the stake of whoever signed a release from South that South never sent, and returns what came of it, in
 * cents. The signatures are in the calldata of the theft; showing them is all it takes.
 */
export async function slash(world: World.World, twin: Twin, { bond }: Layers, first: number): Promise<Usd> {
  const { abi } = Bond
  const { admin, relayer } = world.accounts
  const chain = world.chains.south
  const token = twin.ends.south.tokens.SLV
  const before = await balanceOf(world, 'south', token, admin.address)
  const stolen = (await readPayments(world, twin, first)).filter(({ place }) => place === 'north')
  for (const { message, proof } of stolen) {
    for (const signature of signaturesIn(proof)) {
      const shown = { address: bond, abi, functionName: 'slashSigner', args: [message, signature] } as const
      // Who has nothing left, or signed what was really sent, is not slashed: the chain says so beforehand.
      const isDue = await chain.client.simulateContract({ ...shown, account: relayer.address }).then(
        () => true,
        () => false,
      )
      if (!isDue) continue
      const hash = await Chain.send(chain, relayer.address, Chain.call(bond, shown))
      world.toCheck.push({ chain, hashes: [hash], what: 'slashing a liar' })
      await World.mine(world)
    }
  }
  return usdOf(coinOf('SLV'), (await balanceOf(world, 'south', token, admin.address)) - before)
}

function signaturesIn(proof: Hex): readonly Hex[] {
  try {
    return decodeAbiParameters([{ type: 'bytes[]' }], proof)[0]
  } catch {
    return []
  }
}
