// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title ConcentratedPool
/// @notice What can be read of a Uniswap v3 pool, at a price it is told, for tests and the lab. Its reserves are its
/// balances, and it trades nothing.
contract ConcentratedPool {
    address public immutable token0;
    address public immutable token1;

    uint160 private _sqrtPriceX96;
    int24 private _tick;
    int24 private _tickBefore;
    int56 private _tickCumulative;
    uint256 private _since;

    /// @param sqrtPriceX96 square root of token1 per token0, raw units, as a Q64.96
    /// @param tick logarithm of the same price to the base 1.0001
    constructor(address token0_, address token1_, uint160 sqrtPriceX96, int24 tick) {
        token0 = token0_;
        token1 = token1_;
        _since = block.timestamp;
        _sqrtPriceX96 = sqrtPriceX96;
        _tick = tick;
        _tickBefore = tick;
    }

    /// @notice Stands at another price from now on; open to all.
    function set(uint160 sqrtPriceX96, int24 tick) external {
        _tickCumulative = _cumulative(0);
        _since = block.timestamp;
        _sqrtPriceX96 = sqrtPriceX96;
        _tickBefore = _tick;
        _tick = tick;
    }

    /// @notice The price of the moment; the other fields of Uniswap's slot are zero here.
    function slot0()
        external
        view
        returns (uint160 sqrtPriceX96, int24 tick, uint16, uint16, uint16, uint8, bool unlocked)
    {
        return (_sqrtPriceX96, _tick, 0, 0, 0, 0, true);
    }

    /// @notice The sum of ticks over seconds up to so many seconds ago; it remembers one change.
    function observe(uint32[] calldata secondsAgos)
        external
        view
        returns (int56[] memory tickCumulatives, uint160[] memory secondsPerLiquidity)
    {
        tickCumulatives = new int56[](secondsAgos.length);
        secondsPerLiquidity = new uint160[](secondsAgos.length);
        for (uint256 i; i < secondsAgos.length; i++) tickCumulatives[i] = _cumulative(secondsAgos[i]);
    }

    function _cumulative(uint256 secondsAgo) private view returns (int56) {
        int256 elapsed = int256(block.timestamp) - int256(secondsAgo) - int256(_since);
        return _tickCumulative + int56((elapsed < 0 ? int256(_tickBefore) : int256(_tick)) * elapsed);
    }
}
