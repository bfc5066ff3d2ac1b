// Generated from flawed/SkippedSignatureVerifier.sol by script/generateAbis.ts. Do not edit.

export const abi = [
  {"type":"function","name":"check","inputs":[{"name":"id","type":"bytes32"},{"name":"signatures","type":"bytes[]"}],"outputs":[{"name":"","type":"bool"}],"stateMutability":"view"},
] as const

export const bytecode: `0x${string}` =
  '0x'
