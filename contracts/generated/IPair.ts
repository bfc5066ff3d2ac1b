// Generated from src/bridge/IPair.sol by script/generateAbis.ts. Do not edit.

export const abi = [
  {"type":"function","name":"getReserves","inputs":[],"outputs":[{"name":"reserve0","type":"uint112"},{"name":"reserve1","type":"uint112"},{"name":"changedAt","type":"uint32"}],"stateMutability":"view"},
  {"type":"function","name":"mint","inputs":[{"name":"to","type":"address"}],"outputs":[{"name":"liquidity","type":"uint256"}],"stateMutability":"nonpayable"},
  {"type":"function","name":"price0CumulativeLast","inputs":[],"outputs":[{"name":"","type":"uint256"}],"stateMutability":"view"},
  {"type":"function","name":"price1CumulativeLast","inputs":[],"outputs":[{"name":"","type":"uint256"}],"stateMutability":"view"},
  {"type":"function","name":"swap","inputs":[{"name":"amount0Out","type":"uint256"},{"name":"amount1Out","type":"uint256"},{"name":"to","type":"address"},{"name":"data","type":"bytes"}],"outputs":[],"stateMutability":"nonpayable"},
  {"type":"function","name":"token0","inputs":[],"outputs":[{"name":"","type":"address"}],"stateMutability":"view"},
  {"type":"function","name":"token1","inputs":[],"outputs":[{"name":"","type":"address"}],"stateMutability":"view"},
] as const

export const bytecode: `0x${string}` =
  '0x'
