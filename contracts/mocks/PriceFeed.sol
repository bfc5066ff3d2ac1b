// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title PriceFeed
/// @notice A price oracle with Chainlink's interface that says what it is told, for tests and the lab.
contract PriceFeed {
    /// @notice Digits after the point.
    uint8 public immutable decimals;

    int256 private _answer;
    uint256 private _updatedAt;
    uint80 private _round;

    constructor(uint8 decimals_, int256 answer) {
        decimals = decimals_;
        _set(answer, block.timestamp);
    }

    /// @notice Answers `answer` from now on; open to all.
    function set(int256 answer) external {
        _set(answer, block.timestamp);
    }

    /// @notice The same, as if it had been said at `updatedAt`.
    function setAt(int256 answer, uint256 updatedAt) external {
        _set(answer, updatedAt);
    }

    /// @notice The newest answer with its times, unix seconds.
    function latestRoundData()
        external
        view
        returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)
    {
        return (_round, _answer, _updatedAt, _updatedAt, _round);
    }

    function _set(int256 answer, uint256 updatedAt) private {
        _answer = answer;
        _updatedAt = updatedAt;
        _round++;
    }
}
