// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {RateLimiter} from "@openzeppelin/contracts/utils/RateLimiter.sol";
import {Limit, LimitLib} from "../../src/libraries/LimitLib.sol";
import {Test} from "../utils/Test.sol";

contract LimitFuzz is Test {
    using LimitLib for RateLimiter.RefillingBucket;

    RateLimiter.RefillingBucket private _bucket;
    RateLimiter.RefillingBucket private _tighter;

    function setUp() public {
        vm.warp(1_700_000_000);
    }

    /// @notice Law: over D seconds at most C + r * D passes, however greedy and however spaced.
    function testFuzz_passed_within_capacity_plus_rate_times_time(
        uint208 capacity,
        uint48 window,
        uint16[8] calldata gaps,
        uint256[8] calldata wishes
    ) public {
        Limit memory limit = Limit(uint208(bound(capacity, 1, 1e30)), uint48(bound(window, 1, 30 days)));
        _bucket.set(limit);
        uint256 passed;
        uint256 elapsed;
        for (uint256 i; i < gaps.length; i++) {
            vm.warp(block.timestamp + gaps[i]);
            elapsed += gaps[i];
            uint256 amount = bound(wishes[i], 0, limit.capacity);
            if (amount > _bucket.available()) amount = _bucket.available();
            _bucket.take(amount);
            passed += amount;
            vm.assertLe(passed, limit.capacity + elapsed * limit.capacity / limit.window, "C + r * D");
        }
    }

    /// @notice Law: after `secondsUntilFit` an amount fits, one second earlier it does not.
    function testFuzz_seconds_until_fit_is_exact(uint208 capacity, uint48 window, uint256 used, uint256 amount)
        public
    {
        Limit memory limit = Limit(uint208(bound(capacity, 1, 1e30)), uint48(bound(window, 1, 30 days)));
        _bucket.set(limit);
        _bucket.take(bound(used, 0, limit.capacity));
        amount = bound(amount, 1, limit.capacity);
        uint256 wait = _bucket.secondsUntilFit(amount);
        if (wait > 0) {
            vm.warp(block.timestamp + wait - 1);
            vm.assertLt(_bucket.available(), amount, "not yet");
            vm.warp(block.timestamp + 1);
        }
        vm.assertGe(_bucket.available(), amount, "fits");
    }

    /// @notice Law: a tighter limit never has more room than the one it replaced would have had.
    function testFuzz_tighter_never_has_more_room(
        Limit memory loose,
        Limit memory tight,
        uint256 used,
        uint32 before,
        uint32 later
    ) public {
        loose = Limit(uint208(bound(loose.capacity, 1, 1e30)), uint48(bound(loose.window, 1, 30 days)));
        tight = Limit(uint208(bound(tight.capacity, 0, loose.capacity)), uint48(bound(tight.window, 1, 60 days)));
        vm.assume(LimitLib.isTighter(tight, loose));
        used = bound(used, 0, loose.capacity);
        _bucket.set(loose);
        _tighter.set(loose);
        _bucket.take(used);
        _tighter.take(used);
        vm.warp(block.timestamp + before);
        _tighter.set(tight);
        vm.assertLe(_tighter.available(), _bucket.available(), "at once");
        vm.warp(block.timestamp + later);
        // Each refill is rounded down on its own, so the pair may differ by the one unit of the earlier rounding.
        vm.assertLe(_tighter.available(), _bucket.available() + 1, "later");
    }

    /// @notice Law: changing the limit back and forth never refills the bucket.
    function testFuzz_changing_the_limit_never_refills(uint208 capacity, uint256 used, uint208 other) public {
        Limit memory limit = Limit(uint208(bound(capacity, 1, 1e30)), 1 days);
        _bucket.set(limit);
        _bucket.take(bound(used, 0, limit.capacity));
        uint256 room = _bucket.available();
        _bucket.set(Limit(uint208(bound(other, 0, 1e30)), 1 hours));
        _bucket.set(limit);
        vm.assertEq(_bucket.available(), room, "same moment, same room");
    }
}
