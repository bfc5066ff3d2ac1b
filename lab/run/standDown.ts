import * as Escrow from '@cutwater/contracts/generated/Escrow.ts'
import type { Hex } from 'viem'
import { other } from '../bridge/Coins.ts'
import { isBacked } from '../bridge/gap.ts'
import { coinAt, type Twin } from '../bridge/Twin.ts'
import * as Chain from '../chain/Chain.ts'
import * as World from '../World.ts'
import { type Payment, readPayments } from './readPayments.ts'

/**
 * What people do while releases wait: they look each up on its source, with a node of their own, and cancel what
 * nobody sent, what never paid in, and what was paid before. Then the holds run out, and the attacker asks for all
 * of it once more: only what this leaves is prevented for good.
 */
export async function standDown(
  world: World.World,
  twin: Twin,
  first: number,
  holdSeconds: number,
): Promise<void> {
  const held = await stillHeld(world, twin, first)
  if (held.length === 0) return
  for (const payment of held) {
    if (await isGood(world, twin, payment)) continue
    const { escrow } = twin.ends[payment.place]
    const cancel = Chain.call(escrow, { abi: Escrow.abi, functionName: 'cancel', args: [payment.id] })
    await Chain.send(world.chains[payment.place], world.accounts.admin.address, cancel)
  }
  await World.mine(world)
  world.at += holdSeconds
  for (const { place, message } of held) {
    const { escrow } = twin.ends[place]
    const execute = Chain.call(escrow, { abi: Escrow.abi, functionName: 'execute', args: [message, []] })
    await Chain.send(world.chains[place], world.accounts.attacker.address, execute)
  }
  await World.mine(world)
}

async function stillHeld(world: World.World, twin: Twin, first: number): Promise<readonly Payment[]> {
  const held = (await readPayments(world, twin, first)).filter(({ outcome }) => outcome === 'held')
  const byId = new Map<Hex, Payment>(held.map((payment) => [payment.id, payment]))
  const statuses = await Promise.all([...byId.values()].map((payment) => statusOf(world, twin, payment)))
  return [...byId.values()].filter((_, index) => statuses[index] === statusHeld)
}

// Status.Held of Escrow.sol.
const statusHeld = 1

function statusOf({ chains }: World.World, { ends }: Twin, { place, id }: Payment): Promise<number> {
  const { client } = chains[place]
  const { abi } = Escrow
  return client.readContract({ address: ends[place].escrow, abi, functionName: 'statusOf', args: [id] })
}

async function isGood(world: World.World, twin: Twin, { place, id, message }: Payment): Promise<boolean> {
  return isBacked(world, twin, other(place), id, coinAt(twin, place, message.token))
}
