import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { type AbiEvent, type AbiFunction, parseAbiItem } from 'viem'

/** What an operator wrote down of a contract: a function, an event, or what is neither. */
export type AbiItem = AbiFunction | AbiEvent | { readonly type: 'error' }

/** An item as Solidity writes it; `ABI_MALFORMED` where it is none, with `example` as what would be right. */
export function parse(text: string, where: string, example: string): AbiItem {
  try {
    return parseAbiItem(text as 'function a()') as AbiItem
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
    throw new CutwaterError('ABI_MALFORMED', `${JSON.stringify(text)} is no ABI item (${reason})`, {
      where,
      right: example,
    })
  }
}
