// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice One transfer from a source chain to a destination chain.
/// @param sourceChain EIP-155 id of the chain of the out leg (lock or burn)
/// @param sourceBridge escrow that took the tokens
/// @param nonce position among everything that escrow has sent, from 0
/// @param tokenSource token taken on the source chain
/// @param sender who gave the tokens
/// @param destinationChain EIP-155 id of the chain of the in leg (mint or release)
/// @param destinationBridge escrow that pays
/// @param token token paid on the destination chain
/// @param beneficiary who is paid
/// @param amount raw token units
struct Message {
    uint256 sourceChain;
    address sourceBridge;
    uint256 nonce;
    address tokenSource;
    address sender;
    uint256 destinationChain;
    address destinationBridge;
    address token;
    address beneficiary;
    uint256 amount;
}

/// @title MessageLib
/// @notice A message's id: its EIP-712 digest under a domain that no chain owns, so both chains get the same id
/// and a signature over the id is a signature over every field.
library MessageLib {
    bytes32 internal constant MESSAGE_TYPEHASH = keccak256(
        "Message(uint256 sourceChain,address sourceBridge,uint256 nonce,address tokenSource,address sender,uint256 destinationChain,address destinationBridge,address token,address beneficiary,uint256 amount)"
    );

    bytes32 internal constant DOMAIN_SEPARATOR = keccak256(
        abi.encode(
            keccak256("EIP712Domain(string name,string version)"), keccak256("Cutwater Bridge"), keccak256("1")
        )
    );

    /// @notice The id of `message`: `keccak256(0x1901 ++ domain ++ structHash)`.
    function id(Message memory message) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked("\x19\x01", DOMAIN_SEPARATOR, keccak256(abi.encode(MESSAGE_TYPEHASH, message))));
    }
}
