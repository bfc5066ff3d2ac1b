import {
  formatTransaction,
  keccak256,
  type RpcTransaction,
  recoverTransactionAddress,
  type Signature,
  serializeTransaction,
  type TransactionSerializable,
} from 'viem'

/** Whether a transaction as a node tells it is what its sender signed: nobody but him could have made it up. */
export async function isSigned(told: unknown): Promise<boolean> {
  try {
    const { from, hash, input, r, s, v, yParity, ...rest } = formatTransaction(told as RpcTransaction)
    const signature = { r, s, v, yParity } as Signature
    const transaction = { ...rest, data: input } as TransactionSerializable
    const serializedTransaction = serializeTransaction(transaction, signature)
    if (keccak256(serializedTransaction) !== hash) return false
    const signer = await recoverTransactionAddress({ serializedTransaction, signature } as Parameters<
      typeof recoverTransactionAddress
    >[0])
    return signer.toLowerCase() === from.toLowerCase()
  } catch {
    // Fields that do not fit together were never signed either.
    return false
  }
}
