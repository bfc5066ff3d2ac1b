// Generated from mocks/FlashLender.sol by script/generateAbis.ts. Do not edit.

export const abi = [
  {"type":"function","name":"onFlashLoan","inputs":[{"name":"token","type":"address"},{"name":"amount","type":"uint256"},{"name":"data","type":"bytes"}],"outputs":[],"stateMutability":"nonpayable"},
] as const

export const bytecode: `0x${string}` =
  '0x'
