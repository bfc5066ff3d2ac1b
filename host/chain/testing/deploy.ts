import { type Abi, type Address, encodeDeployData, encodeFunctionData, type Hex } from 'viem'
import type { Anvil } from './anvil.ts'

type Contract = { readonly abi: Abi; readonly bytecode: Hex }

/** Creates a contract on a local chain, mines it, and returns where it is. */
export async function deploy(
  anvil: Anvil,
  { abi, bytecode }: Contract,
  ...args: readonly unknown[]
): Promise<Address> {
  const { contractAddress } = await sendRaw(anvil, undefined, encodeDeployData({ abi, bytecode, args }))
  return contractAddress!.toLowerCase() as Address
}

/** Calls a contract in a transaction of the first account, or of another one, and mines it. */
export async function send(
  anvil: Anvil,
  to: Address,
  { abi }: Pick<Contract, 'abi'>,
  functionName: string,
  args: readonly unknown[],
  from?: Address,
): Promise<void> {
  await sendRaw(anvil, to, encodeFunctionData({ abi, functionName, args }), from)
}

async function sendRaw(anvil: Anvil, to: Address | undefined, data: Hex, from?: Address): Promise<Receipt> {
  const [first] = await anvil.call<[Address]>('eth_accounts')
  const transaction = { from: from ?? first, ...(to && { to }), data, gas: '0x700000' }
  const tx = await anvil.call<Hex>('eth_sendTransaction', [transaction])
  await anvil.mine()
  const receipt = await anvil.call<Receipt>('eth_getTransactionReceipt', [tx])
  if (receipt.status !== '0x1') throw new Error(`the transaction ${tx} was reverted`)
  return receipt
}

type Receipt = { readonly contractAddress: Address | null; readonly status: Hex }
