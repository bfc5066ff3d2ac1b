import { type Hex, numberToHex, pad } from 'viem'
import type { Anvil } from './anvil.ts'
import { accountOf } from './emitter.ts'

/** Puts a contract at an address that answers whatever it is asked with the same words. */
export async function oneAnswer(anvil: Anvil, number: number, words: readonly bigint[]): Promise<Hex> {
  const address = accountOf(number)
  // PUSH32 word, PUSH1 offset, MSTORE for each; then PUSH1 size, PUSH0, RETURN.
  const stores = words.map((word, at) => `7f${pad(numberToHex(word)).slice(2)}60${byte(at * 32)}52`)
  await anvil.call('anvil_setCode', [address, `0x${stores.join('')}60${byte(words.length * 32)}5ff3`])
  return address
}

function byte(value: number): string {
  return value.toString(16).padStart(2, '0')
}
