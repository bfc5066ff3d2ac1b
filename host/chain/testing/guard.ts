import * as Guard from '@cutwater/contracts/generated/Guard.ts'
import {
  type Abi,
  type Address,
  decodeFunctionResult,
  encodeDeployData,
  encodeFunctionData,
  type Hex,
  toHex,
} from 'viem'
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import type { Anvil } from './anvil.ts'

/** A guard on a local chain, as its admin and its readers use it. */
export type DeployedGuard = {
  readonly address: Address
  read<Result>(functionName: string, args?: readonly unknown[]): Promise<Result>
  /** what the admin (in life: the timelock) does, mined at once */
  asAdmin(functionName: string, args: readonly unknown[]): Promise<void>
  /** the same, by call data that somebody else wrote */
  sendAsAdmin(data: Hex): Promise<void>
}

/** A key that holds money on the local chain and nothing anywhere else. */
export type TestKey = { readonly key: Hex; readonly account: PrivateKeyAccount }

const { bytecode } = Guard
const abi: Abi = Guard.abi

export async function fundedKey(anvil: Anvil, seed: number, wei = 10n ** 20n): Promise<TestKey> {
  const key = toHex(BigInt(seed), { size: 32 })
  const account = privateKeyToAccount(key)
  await anvil.call('anvil_setBalance', [account.address, toHex(wei)])
  return { key, account }
}

export async function deployGuard(
  anvil: Anvil,
  { bridge, guardian, level = 1 }: { bridge: Address; guardian: Address; level?: number },
): Promise<DeployedGuard> {
  const [admin] = await anvil.call<[Address]>('eth_accounts')
  const send = async (transaction: object) => {
    const tx = await anvil.call<Hex>('eth_sendTransaction', [
      { from: admin, gas: '0x600000', ...transaction },
    ])
    await anvil.mine()
    return anvil.call<{ contractAddress: Address }>('eth_getTransactionReceipt', [tx])
  }
  const args = [bridge, admin, guardian, level, 3_600]
  const { contractAddress: address } = await send({ data: encodeDeployData({ abi, bytecode, args }) })
  return {
    address,
    read: async <Result>(functionName: string, args: readonly unknown[] = []) => {
      const data = encodeFunctionData({ abi, functionName, args })
      const told = await anvil.call<Hex>('eth_call', [{ to: address, data }, 'latest'])
      return decodeFunctionResult({ abi, functionName, data: told }) as Result
    },
    sendAsAdmin: async (data) => void (await send({ to: address, data })),
    asAdmin: async (functionName, args) => {
      await send({ to: address, data: encodeFunctionData({ abi, functionName, args }) })
    },
  }
}
