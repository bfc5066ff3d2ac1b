// Generated from src/bridge/IPriceOracle.sol by script/generateAbis.ts. Do not edit.

export const abi = [
  {"type":"function","name":"priceOf","inputs":[{"name":"token","type":"address"}],"outputs":[{"name":"","type":"uint256"}],"stateMutability":"view"},
] as const

export const bytecode: `0x${string}` =
  '0x'
