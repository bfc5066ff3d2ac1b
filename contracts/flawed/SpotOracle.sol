// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IPair} from "../src/bridge/IPair.sol";
import {IPriceOracle} from "../src/bridge/IPriceOracle.sol";

/// @title SpotOracle
/// @notice FLAWED: reports the pair's price of this very moment, which one large swap moves at will. With it a
/// LiquidityBridge's check of the pair against the oracle compares a number with itself.
contract SpotOracle is IPriceOracle {
    IPair public immutable pair;

    constructor(IPair pair_) {
        pair = pair_;
    }

    /// @inheritdoc IPriceOracle
    function priceOf(address token) external view returns (uint256) {
        (uint256 reserve0, uint256 reserve1,) = pair.getReserves();
        return token == pair.token0() ? Math.mulDiv(reserve1, 1e18, reserve0) : Math.mulDiv(reserve0, 1e18, reserve1);
    }
}
