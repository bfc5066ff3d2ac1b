// Generated from flawed/SkippedSignatureVerifier.sol by script/generateAbis.ts. Do not edit.

export const abi = [
  {"type":"function","name":"check","inputs":[{"name":"","type":"bytes32"},{"name":"","type":"bytes[]"}],"outputs":[{"name":"","type":"bool"}],"stateMutability":"pure"},
] as const

export const bytecode: `0x${string}` =
  '0x6080604052348015600e575f5ffd5b5060c780601a5f395ff3fe6080604052348015600e575f5ffd5b50600436106026575f3560e01c8063540fda1414602a575b5f5ffd5b603e60353660046052565b60019392505050565b604051901515815260200160405180910390f35b5f5f5f604084860312156063575f5ffd5b83359250602084013567ffffffffffffffff811115607f575f5ffd5b8401601f81018613608e575f5ffd5b803567ffffffffffffffff81111560a3575f5ffd5b8660208260051b840101111560b6575f5ffd5b93966020919091019550929350505056'
