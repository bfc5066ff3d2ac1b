// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title LendingPool
/// @notice What can be read of an Aave v3 pool, at rates it is told, for tests and the lab. It lends nothing.
contract LendingPool {
    /// @param configuration Aave's bit map; the supply cap stands in its bits 116 to 151, whole tokens
    /// @param currentLiquidityRate what suppliers earn a year, 1e27 is 100%
    struct ReserveData {
        uint256 configuration;
        uint128 liquidityIndex;
        uint128 currentLiquidityRate;
        uint128 variableBorrowIndex;
        uint128 currentVariableBorrowRate;
        uint128 currentStableBorrowRate;
        uint40 lastUpdateTimestamp;
        uint16 id;
        address aTokenAddress;
        address stableDebtTokenAddress;
        address variableDebtTokenAddress;
        address interestRateStrategyAddress;
        uint128 accruedToTreasury;
        uint128 unbacked;
        uint128 isolationModeTotalDebt;
    }

    uint256 private constant SUPPLY_CAP_BIT = 116;

    mapping(address asset => ReserveData) private _reserves;

    /// @notice Pays suppliers of `asset` this rate and takes so many whole tokens, from now on; open to all.
    function set(address asset, uint128 liquidityRate, uint64 supplyCap) external {
        ReserveData storage reserve = _reserves[asset];
        reserve.currentLiquidityRate = liquidityRate;
        reserve.configuration = uint256(supplyCap) << SUPPLY_CAP_BIT;
        reserve.lastUpdateTimestamp = uint40(block.timestamp);
    }

    /// @notice What is known of `asset`; all zero where it is not listed.
    function getReserveData(address asset) external view returns (ReserveData memory) {
        return _reserves[asset];
    }
}
