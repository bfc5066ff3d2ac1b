import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import {
  type Address,
  type Hex,
  numberToHex,
  parseTransaction,
  recoverTransactionAddress,
  serializeTransaction,
  type TransactionSerializableEIP1559,
  type TransactionSerialized,
} from 'viem'
import * as z from 'zod'
import * as Rpc from './Rpc.ts'
import type { Wallet } from './Wallet.ts'

export type Signer = { readonly url: string; readonly address: Address }

/** A deed waits for it; a signer that asks a person has to be given leave in advance. */
const timeoutMilliseconds = 10_000

/**
 * A key on another machine, asked by JSON-RPC: `eth_accounts` and `eth_signTransaction`, as web3signer, clef and geth
 * answer them.
 *
 * What comes back is sent only when it is what was asked for, signed by that key: a signer can refuse, and can do nothing
 * else.
 *
 * @throws CutwaterError `SIGNER_LACKS_KEY`, and `RPC_*` of the signer; later `SIGNER_DIFFERS`
 */
export async function remoteSigner({ url, address }: Signer): Promise<Wallet> {
  const rpc = Rpc.create({ http: url, batch: 1 }, { timeoutMilliseconds })
  const accounts = z.array(z.string()).safeParse(await rpc.request('eth_accounts', []))
  const held = accounts.success ? accounts.data.map((account) => account.toLowerCase()) : []
  if (!held.includes(address.toLowerCase())) throw lacksKey(rpc.name, address)
  return {
    address,
    signTransaction: async (transaction) => {
      const asked = transaction as TransactionSerializableEIP1559
      const raw = rawOf(await rpc.request('eth_signTransaction', [requestOf(asked, address)]))
      if (raw === undefined || !(await isAnswer(raw, asked, address))) throw differs(rpc.name)
      return raw
    },
  }
}

function requestOf(asked: TransactionSerializableEIP1559, from: Address) {
  return {
    from,
    to: asked.to,
    data: asked.data,
    value: numberToHex(asked.value ?? 0n),
    nonce: numberToHex(asked.nonce ?? 0),
    gas: numberToHex(asked.gas ?? 0n),
    maxFeePerGas: numberToHex(asked.maxFeePerGas ?? 0n),
    maxPriorityFeePerGas: numberToHex(asked.maxPriorityFeePerGas ?? 0n),
    chainId: numberToHex(asked.chainId),
    type: '0x2',
  }
}

/** web3signer answers with the bytes, geth and clef with an object that holds them. */
const answer = z.union([z.string(), z.object({ raw: z.string() }).transform(({ raw }) => raw)])

function rawOf(told: unknown): TransactionSerialized<'eip1559'> | undefined {
  const parsed = answer.safeParse(told)
  return parsed.success && parsed.data.startsWith('0x02') ? (parsed.data as `0x02${string}`) : undefined
}

async function isAnswer(
  raw: TransactionSerialized<'eip1559'>,
  asked: TransactionSerializableEIP1559,
  address: Address,
): Promise<boolean> {
  try {
    const { r: _, s: __, v: ___, yParity: ____, ...signed } = parseTransaction(raw)
    if (bytesOf(signed as TransactionSerializableEIP1559) !== bytesOf(asked)) return false
    const signer = await recoverTransactionAddress({ serializedTransaction: raw })
    return signer.toLowerCase() === address.toLowerCase()
  } catch {
    // What cannot be read is no answer.
    return false
  }
}

function bytesOf(transaction: TransactionSerializableEIP1559): Hex {
  return serializeTransaction({ ...transaction, type: 'eip1559' })
}

function lacksKey(where: string, address: Address): CutwaterError {
  return new CutwaterError('SIGNER_LACKS_KEY', `the signer has no key of ${address}`, {
    where,
    right: 'the address of a key that it has',
  })
}

function differs(where: string): CutwaterError {
  return new CutwaterError('SIGNER_DIFFERS', 'the signer answered with something else; it was not sent', {
    where,
    right: 'the transaction it was asked for, signed by the key it was asked for',
  })
}
