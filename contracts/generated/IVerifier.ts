// Generated from src/verifiers/IVerifier.sol by script/generateAbis.ts. Do not edit.

export const abi = [
  {"type":"function","name":"verify","inputs":[{"name":"id","type":"bytes32"},{"name":"message","type":"tuple","components":[{"name":"sourceChain","type":"uint256"},{"name":"sourceBridge","type":"address"},{"name":"nonce","type":"uint256"},{"name":"tokenSource","type":"address"},{"name":"sender","type":"address"},{"name":"destinationChain","type":"uint256"},{"name":"destinationBridge","type":"address"},{"name":"token","type":"address"},{"name":"beneficiary","type":"address"},{"name":"amount","type":"uint256"}]},{"name":"proof","type":"bytes"}],"outputs":[{"name":"","type":"bool"}],"stateMutability":"nonpayable"},
] as const

export const bytecode: `0x${string}` =
  '0x'
