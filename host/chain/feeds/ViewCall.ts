import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { type AbiFunction, decodeFunctionResult, encodeFunctionData, type Hex } from 'viem'
import * as AbiItem from '../AbiItem.ts'

/** A call that an operator wrote down, ready to be made: its data, and what its answer is read by. */
export type ViewCall = { readonly data: Hex; readonly abi: AbiFunction }

/** A function as Solidity writes it, with its arguments; `ABI_*` says what does not fit. */
export function of(text: string, args: readonly (string | number | boolean)[], where: string): ViewCall {
  const abi = functionOf(text, where)
  if (abi.inputs.length !== args.length) throw argumentsUnfit(abi, `${args.length} are given`, where)
  try {
    const values = abi.inputs.map(({ type }, at) => (/^u?int\d*$/.test(type) ? BigInt(args[at]!) : args[at]))
    return { data: encodeFunctionData({ abi: [abi], args: values }), abi }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
    throw argumentsUnfit(abi, `they do not fit: ${reason}`, where)
  }
}

/** The first number of an answer. */
export function numberIn({ abi }: ViewCall, data: Hex): bigint | number {
  const told = decodeFunctionResult({ abi: [abi], data }) as unknown
  return (Array.isArray(told) ? told[0] : told) as bigint | number
}

const example =
  'a function that returns a number first, such as: function balanceOf(address) view returns (uint256)'

function functionOf(text: string, where: string): AbiFunction {
  const item = AbiItem.parse(text, where, example)
  if (item.type === 'function' && /^u?int\d*$/.test(item.outputs[0]?.type ?? '')) return item
  throw new CutwaterError('ABI_FUNCTION_UNFIT', `${JSON.stringify(text)} does not tell a number`, {
    where,
    right: example,
  })
}

function argumentsUnfit({ name, inputs }: AbiFunction, what: string, where: string): CutwaterError {
  return new CutwaterError('ABI_ARGUMENT_UNFIT', `${name} takes ${inputs.length} arguments, and ${what}`, {
    where,
    right: `args: with ${inputs.map(({ type }) => type).join(', ') || 'nothing in it'}`,
  })
}
