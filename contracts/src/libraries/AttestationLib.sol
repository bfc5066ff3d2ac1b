// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Message} from "./MessageLib.sol";

/// @title AttestationLib
/// @notice What a watcher signs: that the out leg of a message exists, matches and is final.
/// @dev The EIP-712 domain is the guard on the destination chain, so an attestation serves one guard only.
library AttestationLib {
    bytes32 internal constant ATTESTATION_TYPEHASH = keccak256(
        "Attestation(uint256 sourceChain,uint256 destinationChain,address bridge,bytes32 message,address token,address beneficiary,uint256 amount)"
    );

    bytes32 internal constant DOMAIN_TYPEHASH =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");

    /// @notice The EIP-712 digest a watcher of `guard` signs for `message` with id `id`.
    function digest(bytes32 id, Message memory message, address guard) internal pure returns (bytes32) {
        return keccak256(
            abi.encodePacked("\x19\x01", domainSeparator(message.destinationChain, guard), structHash(id, message))
        );
    }

    /// @notice The domain of a guard: name "Cutwater Guard", version "1".
    function domainSeparator(uint256 chainId, address guard) internal pure returns (bytes32) {
        return
            keccak256(abi.encode(DOMAIN_TYPEHASH, keccak256("Cutwater Guard"), keccak256("1"), chainId, guard));
    }

    function structHash(bytes32 id, Message memory message) private pure returns (bytes32) {
        return keccak256(
            abi.encode(
                ATTESTATION_TYPEHASH,
                message.sourceChain,
                message.destinationChain,
                message.destinationBridge,
                id,
                message.token,
                message.beneficiary,
                message.amount
            )
        );
    }
}
