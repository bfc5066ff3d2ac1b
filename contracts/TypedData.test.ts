import { describe, expect, it } from 'vitest'
import * as TypedData from './TypedData.ts'

// The same message and the same two digests stand in test/unit/TypedData.t.sol.
const id = '0x625133237c70d16e817117b6442e32277a93f7f17d91a7146a1630168dedc983'
const attestation = '0x6252435169b51818f00b4775cf5d0d555cc4be986a131f619a5a823ce5fe07cb'

const message: TypedData.Message = {
  sourceChain: 31_337n,
  sourceBridge: '0x0000000000000000000000000000000000000101',
  nonce: 7n,
  tokenSource: '0x0000000000000000000000000000000000000202',
  sender: '0x0000000000000000000000000000000000000303',
  destinationChain: 31_338n,
  destinationBridge: '0x0000000000000000000000000000000000000404',
  token: '0x0000000000000000000000000000000000000505',
  beneficiary: '0x0000000000000000000000000000000000000606',
  amount: 1_234_567_890_123_456_789n,
}
const guard = '0x0000000000000000000000000000000000000707'

describe('TypedData', () => {
  it('law: viem hashes a message to the id the escrow computes', () => {
    expect(TypedData.messageId(message)).toBe(id)
  })

  it('law: viem hashes an attestation to the digest the guard checks', () => {
    expect(TypedData.attestationDigest(message, guard)).toBe(attestation)
  })
})
