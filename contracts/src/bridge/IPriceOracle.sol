// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title IPriceOracle
/// @notice The price of one token in another.
interface IPriceOracle {
    /// @notice Raw units of the quote token per 1e18 raw units of `token`.
    function priceOf(address token) external view returns (uint256);
}
