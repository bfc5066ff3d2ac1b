// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Escrow} from "../src/bridge/Escrow.sol";

/// @title ReplayableEscrow
/// @notice FLAWED: never looks whether a message was paid already, so one good proof pays again and again.
contract ReplayableEscrow is Escrow {
    constructor(address owner) Escrow(owner) {}

    function _requireFresh(bytes32) internal pure override {}
}
