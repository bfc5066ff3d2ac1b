import * as Guard from '@cutwater/contracts/generated/Guard.ts'
import type { Actuator, Deed, Outcome } from '@cutwater/engine/ports/Actuator.ts'
import {
  type Address,
  createPublicClient,
  encodeFunctionData,
  type Hex,
  http,
  numberToHex,
  type PublicClient,
  pad,
  toHex,
} from 'viem'
import type { BridgePlan, ChainPlan } from '../bridge/BridgePlan.ts'
import { directions } from '../bridge/deployTwins.ts'
import type { Account } from '../chain/Accounts.ts'

/** Sends each deed once, dear enough to come first, and waits until it is mined. */
export function plainActuator({ chains }: BridgePlan, guardian: Account): Actuator {
  return {
    execute: async (deed) => {
      const plan = chains.find(({ id }) => id === deed.chain)!
      const transport = http(plan.rpcs[0]!.http, { retryCount: 0 })
      return execute(
        createPublicClient({ transport, cacheTime: 0, pollingInterval: 20 }),
        plan,
        guardian,
        deed,
      )
    },
  }
}

async function execute(
  client: PublicClient,
  { guard }: ChainPlan,
  { address }: Account,
  { act, reason }: Deed,
): Promise<Outcome> {
  const data = await dataOf(client, guard, act, reason)
  const fee = toHex(50_000_000_000n)
  const request = { from: address, to: guard, data, gas: toHex(500_000), maxPriorityFeePerGas: fee }
  const params = [{ ...request, maxFeePerGas: toHex(1_000_000_000_000n) }]
  const hash = (await client.request({ method: 'eth_sendTransaction', params } as never)) as Hex
  const receipt = await client.waitForTransactionReceipt({ hash, timeout: 20_000 })
  if (receipt.status !== 'success') return { kind: 'failed', why: 'it was reverted', retryable: true }
  return { kind: 'confirmed', tx: hash, block: Number(receipt.blockNumber), attempts: 1 }
}

const scopes = { message: 0, token: 1, direction: 2, bridge: 3 }

async function dataOf(client: PublicClient, guard: Address, act: Deed['act'], reason: string): Promise<Hex> {
  const { abi } = Guard
  switch (act.kind) {
    case 'pause': {
      const args = [scopes[act.scope], keyOf(act), act.seconds, reason] as const
      return encodeFunctionData({ abi, functionName: 'pause', args })
    }
    case 'raiseLevel':
      return encodeFunctionData({ abi, functionName: 'raiseLevel', args: [act.level] })
    case 'tighten': {
      const args = [act.token as Address, directions[act.direction]] as const
      const [unproven, total] = await client.readContract({
        address: guard,
        abi,
        functionName: 'limitsOf',
        args,
      })
      const window = Math.max(act.windowSeconds, unproven.window)
      const next = { capacity: act.unproven ?? unproven.capacity, window }
      return encodeFunctionData({ abi, functionName: 'tightenLimits', args: [...args, next, total] })
    }
  }
}

function keyOf({ scope, key }: Extract<Deed['act'], { kind: 'pause' }>): Hex {
  switch (scope) {
    case 'message':
      return key as Hex
    case 'token':
      return pad(key as Hex, { size: 32 })
    case 'direction':
      return numberToHex(directions[key as 'in' | 'out'], { size: 32 })
    case 'bridge':
      return numberToHex(0, { size: 32 })
  }
}
