import { parseAbi } from 'viem'

/** What the watcher calls, reads and is refused with, of the guard in front of an escrow. */
export const guardAbi = parseAbi([
  'struct Limit { uint208 capacity; uint48 window; }',
  'struct Message { uint256 sourceChain; address sourceBridge; uint256 nonce; address tokenSource; address sender; uint256 destinationChain; address destinationBridge; address token; address beneficiary; uint256 amount; }',
  'function pause(uint8 scope, bytes32 key, uint32 duration, string reason)',
  'function tightenLimits(address token, uint8 direction, Limit unproven, Limit total)',
  'function raiseLevel(uint8 level)',
  'function pausedUntil(uint8 scope, bytes32 key) view returns (uint48)',
  'function limitsOf(address token, uint8 direction) view returns (Limit unproven, Limit total, uint256 unprovenAvailable, uint256 totalAvailable)',
  'function level() view returns (uint8)',
  'function attestationDigest(bytes32 id, Message message) view returns (bytes32)',
  'function isProven(bytes32 id, Message message, bytes[] attestations) view returns (bool)',
  'error AccessControlUnauthorizedAccount(address account, bytes32 neededRole)',
  'error PauseTooLong(uint32 duration, uint32 maximum)',
  'error MalformedKey(uint8 scope, bytes32 key)',
  'error LoosensLimit(address token, uint8 direction)',
  'error LoosensLevel(uint8 next, uint8 current)',
  'error ZeroWindow()',
])
