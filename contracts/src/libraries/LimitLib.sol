// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {RateLimiter} from "@openzeppelin/contracts/utils/RateLimiter.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @notice A refilling limit: `capacity` passes at once, then `capacity / window` per second.
/// @param capacity raw token units
/// @param window seconds in which an empty bucket refills; never 0
struct Limit {
    uint208 capacity;
    uint48 window;
}

/// @title LimitLib
/// @notice One refilling bucket with its own limit, on OpenZeppelin's RateLimiter.
/// @dev In D seconds at most `capacity + D * capacity / window` passes: the loss bound `C + r * D`.
library LimitLib {
    using RateLimiter for RateLimiter.RefillingBucket;

    error ZeroWindow();

    // Every bucket here has a configuration of its own, so the limiter's inner key is not used.
    bytes32 private constant KEY = 0;

    /// @notice Changes the limit and keeps what has been used, so a change never refills the bucket.
    function set(RateLimiter.RefillingBucket storage self, Limit memory limit) internal {
        require(limit.window != 0, ZeroWindow());
        self.sync(KEY);
        self.updateSettings(limit.window, limit.capacity);
    }

    /// @notice The limit in force.
    function get(RateLimiter.RefillingBucket storage self) internal view returns (Limit memory) {
        return Limit(self._capacity, self._window);
    }

    /// @notice What would pass now, raw token units.
    function available(RateLimiter.RefillingBucket storage self) internal view returns (uint256) {
        return self.available(KEY);
    }

    /// @notice Takes `amount` out of the bucket; the caller has checked that it fits.
    function take(RateLimiter.RefillingBucket storage self, uint256 amount) internal {
        self.consume(KEY, amount);
    }

    /// @notice Seconds until `amount` would pass if nothing else did; the largest number if it never will.
    function secondsUntilFit(RateLimiter.RefillingBucket storage self, uint256 amount) internal view returns (uint256) {
        Limit memory limit = get(self);
        if (amount > limit.capacity) return type(uint256).max;
        uint256 usedAllowed = limit.capacity - amount;
        uint256 used = self.used(KEY);
        if (used <= usedAllowed) return 0;
        return Math.mulDiv(used - usedAllowed, limit.window, limit.capacity, Math.Rounding.Ceil);
    }

    /// @notice Whether `next` lets nothing pass that `old` would hold: no larger at once, no faster after.
    function isTighter(Limit memory next, Limit memory old) internal pure returns (bool) {
        if (next.window == 0 || next.capacity > old.capacity) return false;
        // next.capacity / next.window <= old.capacity / old.window, cross-multiplied: 208 + 48 bits fit in 256.
        return uint256(next.capacity) * old.window <= uint256(old.capacity) * next.window;
    }
}
