import * as z from 'zod'

// Parts of a bridge's description that stand in its history's file as in its live one.

export const someText = z.string().min(1, 'text that is not empty')

export const chainId = z.int('a whole number').min(0, 'a whole number, zero or more')

export const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/, '0x and 40 hexadecimal digits')
  .transform((text) => text.toLowerCase())

const contract = z.strictObject({ chain: chainId, address })

export const token = tokenWith(contract)

/** A token whose contracts say more than where they are. */
export function tokenWith<Contract extends z.ZodType>(contract: Contract) {
  return z.strictObject({
    symbol: someText,
    decimals: z
      .int('a whole number')
      .min(0, 'a whole number from 0 to 36')
      .max(36, 'a whole number from 0 to 36'),
    home: chainId,
    priceId: someText.nullable().default(null),
    contracts: z.array(contract).min(2, 'a contract on each of two chains or more'),
  })
}
