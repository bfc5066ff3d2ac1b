// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IPair} from "./IPair.sol";
import {IPriceOracle} from "./IPriceOracle.sol";

/// @title PairOracle
/// @notice The time-weighted average price of a Uniswap v2 pair over at least `period`: moving it means holding the
/// pool away from the market that long, not for one transaction.
contract PairOracle is IPriceOracle {
    event Updated(uint256 price0, uint256 price1);

    error UnknownToken(address token);
    error NotReady();
    error TooEarly(uint32 elapsed, uint32 period);

    IPair public immutable pair;
    uint32 public immutable period;
    address public immutable token0;
    address public immutable token1;

    uint256 private _cumulative0;
    uint256 private _cumulative1;
    uint32 private _observedAt;
    uint256 private _price0;
    uint256 private _price1;

    constructor(IPair pair_, uint32 period_) {
        pair = pair_;
        period = period_;
        token0 = pair_.token0();
        token1 = pair_.token1();
        (_cumulative0, _cumulative1, _observedAt) = _observe();
    }

    /// @notice Averages the price since the last update; anyone may call once the period is over.
    function update() external {
        (uint256 cumulative0, uint256 cumulative1, uint32 now_) = _observe();
        // Pair sums and 32-bit times wrap by design; differences stay right.
        unchecked {
            uint32 elapsed = now_ - _observedAt;
            require(elapsed >= period && elapsed != 0, TooEarly(elapsed, period));
            _price0 = Math.mulDiv((cumulative0 - _cumulative0) / elapsed, 1e18, 2 ** 112);
            _price1 = Math.mulDiv((cumulative1 - _cumulative1) / elapsed, 1e18, 2 ** 112);
        }
        (_cumulative0, _cumulative1, _observedAt) = (cumulative0, cumulative1, now_);
        emit Updated(_price0, _price1);
    }

    /// @inheritdoc IPriceOracle
    function priceOf(address token) external view returns (uint256) {
        require(token == token0 || token == token1, UnknownToken(token));
        require(_price0 != 0, NotReady());
        return token == token0 ? _price0 : _price1;
    }

    // The pair adds to its sums only when touched, so the time since then is added here.
    function _observe() private view returns (uint256 cumulative0, uint256 cumulative1, uint32 now_) {
        (uint112 reserve0, uint112 reserve1, uint32 changedAt) = pair.getReserves();
        require(reserve0 != 0 && reserve1 != 0, NotReady());
        cumulative0 = pair.price0CumulativeLast();
        cumulative1 = pair.price1CumulativeLast();
        now_ = uint32(block.timestamp);
        unchecked {
            uint256 elapsed = now_ - changedAt;
            cumulative0 += (uint256(reserve1) << 112) / reserve0 * elapsed;
            cumulative1 += (uint256(reserve0) << 112) / reserve1 * elapsed;
        }
    }
}
