// Generated from src/guard/IGuard.sol by script/generateAbis.ts. Do not edit.

export const abi = [
  {"type":"function","name":"admit","inputs":[{"name":"id","type":"bytes32"},{"name":"message","type":"tuple","components":[{"name":"sourceChain","type":"uint256"},{"name":"sourceBridge","type":"address"},{"name":"nonce","type":"uint256"},{"name":"tokenSource","type":"address"},{"name":"sender","type":"address"},{"name":"destinationChain","type":"uint256"},{"name":"destinationBridge","type":"address"},{"name":"token","type":"address"},{"name":"beneficiary","type":"address"},{"name":"amount","type":"uint256"}]},{"name":"attestations","type":"bytes[]"}],"outputs":[{"name":"","type":"bool"}],"stateMutability":"nonpayable"},
  {"type":"function","name":"checkOut","inputs":[{"name":"id","type":"bytes32"},{"name":"token","type":"address"},{"name":"amount","type":"uint256"}],"outputs":[],"stateMutability":"nonpayable"},
  {"type":"function","name":"dropHold","inputs":[{"name":"id","type":"bytes32"}],"outputs":[],"stateMutability":"nonpayable"},
  {"type":"function","name":"endHold","inputs":[{"name":"id","type":"bytes32"},{"name":"message","type":"tuple","components":[{"name":"sourceChain","type":"uint256"},{"name":"sourceBridge","type":"address"},{"name":"nonce","type":"uint256"},{"name":"tokenSource","type":"address"},{"name":"sender","type":"address"},{"name":"destinationChain","type":"uint256"},{"name":"destinationBridge","type":"address"},{"name":"token","type":"address"},{"name":"beneficiary","type":"address"},{"name":"amount","type":"uint256"}]},{"name":"attestations","type":"bytes[]"}],"outputs":[],"stateMutability":"nonpayable"},
] as const

export const bytecode: `0x${string}` =
  '0x'
