// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice Which way value crosses the guarded escrow: `In` mints or releases, `Out` locks or burns.
enum Direction {
    In,
    Out
}
