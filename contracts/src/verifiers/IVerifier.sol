// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Message} from "../libraries/MessageLib.sol";

/// @title IVerifier
/// @notice Decides whether the out leg of a message happened. An escrow asks it before it asks its guard.
interface IVerifier {
    /// @notice True if `message` may be paid; `proof` is whatever the verifier understands.
    /// @param id EIP-712 id of `message`, computed by the escrow
    function verify(bytes32 id, Message calldata message, bytes calldata proof) external returns (bool);
}
