// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Message} from "../libraries/MessageLib.sol";

/// @title IGuard
/// @notice What an escrow asks before tokens move. Both calls are for the guarded escrow only.
interface IGuard {
    /// @notice Checks an out leg; reverts while paused or over the limit, so that the sender keeps the tokens.
    function checkOut(bytes32 id, address token, uint256 amount) external;

    /// @notice Decides on a verified in leg: true pays now, false puts it on hold. Reverts while paused.
    /// @param attestations watchers' signatures over the attestation digest, ordered by signer address
    function admit(bytes32 id, Message calldata message, bytes[] calldata attestations) external returns (bool);

    /// @notice Ends a hold that is due, or that fits by now; reverts otherwise and while paused.
    function endHold(bytes32 id, Message calldata message, bytes[] calldata attestations) external;

    /// @notice Forgets a hold whose message was cancelled. Works while paused.
    function dropHold(bytes32 id) external;
}
