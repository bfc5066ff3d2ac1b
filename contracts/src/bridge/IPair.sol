// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title IPair
/// @notice What this project calls on a Uniswap v2 pair.
interface IPair {
    /// @notice The token with the lower address.
    function token0() external view returns (address);

    /// @notice The token with the higher address.
    function token1() external view returns (address);

    /// @notice Both reserves and when they last changed, seconds modulo 2^32.
    function getReserves() external view returns (uint112 reserve0, uint112 reserve1, uint32 changedAt);

    /// @notice Sum over time of the price of token0 in token1, as UQ112x112 times seconds; it wraps.
    function price0CumulativeLast() external view returns (uint256);

    /// @notice Sum over time of the price of token1 in token0, as UQ112x112 times seconds; it wraps.
    function price1CumulativeLast() external view returns (uint256);

    /// @notice Pays out; what is owed must have been sent before.
    function swap(uint256 amount0Out, uint256 amount1Out, address to, bytes calldata data) external;

    /// @notice Mints liquidity shares for what was sent before.
    function mint(address to) external returns (uint256 liquidity);
}
