// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {Escrow} from "../../src/bridge/Escrow.sol";
import {Direction} from "../../src/guard/Direction.sol";
import {Guard} from "../../src/guard/Guard.sol";
import {Pauses} from "../../src/guard/Pauses.sol";
import {Limit} from "../../src/libraries/LimitLib.sol";
import {Message, MessageLib} from "../../src/libraries/MessageLib.sol";
import {BridgeFixture} from "../utils/BridgeFixture.sol";

contract GuardTest is BridgeFixture {
    using MessageLib for Message;

    function setUp() public {
        deployBridge(Guard.Level.Prove);
    }

    function test_an_unproven_release_over_the_unproven_limit_waits_for_the_hold_delay() public {
        Message memory message = lock(alice, 101 * WEI);
        uint48 releaseTime = uint48(block.timestamp) + HOLD;
        bytes memory proof = proofOf(message);
        on(AWAY);
        vm.expectEmit(address(awayGuard));
        emit Guard.Held(message.id(), address(wrapped), 101 * WEI, Guard.Reason.Unproven, releaseTime);
        vm.assertFalse(away.release(message, proof, none()), "held");

        vm.warp(releaseTime - 1);
        vm.expectRevert(
            abi.encodeWithSelector(Guard.NotDue.selector, message.id(), Guard.Reason.Unproven, releaseTime)
        );
        away.execute(message, none());

        vm.warp(releaseTime);
        away.execute(message, none());
        vm.assertEq(wrapped.balanceOf(alice), 101 * WEI, "paid when due");
    }

    function test_a_late_proof_ends_the_hold_at_once() public {
        Message memory message = lock(alice, 101 * WEI);
        deliver(message, none());
        away.execute(message, attest(message));
        vm.assertEq(wrapped.balanceOf(alice), 101 * WEI, "paid on proof");
    }

    function test_a_proven_release_waits_only_until_the_bucket_refills() public {
        fund(alice, 900 * WEI);
        Message memory message = lock(bob, 200 * WEI);
        vm.assertFalse(deliver(message), "does not fit");
        (Guard.Reason reason,) = awayGuard.holdOf(message.id());
        vm.assertTrue(reason == Guard.Reason.LimitReached, "reason");
        uint256 wait = awayGuard.secondsUntilFit(address(wrapped), Direction.In, 200 * WEI);
        vm.assertEq(wait, 8_640, "a tenth of the capacity takes a tenth of a day");
        vm.warp(block.timestamp + wait);
        away.execute(message, attest(message));
        vm.assertEq(wrapped.balanceOf(bob), 200 * WEI, "paid once it fits");
    }

    function test_a_release_above_the_whole_limit_is_a_large_release() public {
        Message memory message = lock(alice, 1_001 * WEI);
        deliver(message);
        (Guard.Reason reason, uint48 releaseTime) = awayGuard.holdOf(message.id());
        vm.assertTrue(reason == Guard.Reason.LargeRelease, "reason");
        vm.warp(releaseTime);
        away.execute(message, none());
        vm.assertEq(wrapped.balanceOf(alice), 1_001 * WEI, "a hold always ends");
    }

    function test_stolen_validators_alone_get_the_unproven_limit() public {
        fund(alice, 500 * WEI);
        on(HOME);
        uint256 stolen;
        for (uint256 i; i < 20; i++) {
            if (deliver(awayToHome(1_000 + i, bob, bob, 30 * WEI), none())) stolen += 30 * WEI;
        }
        vm.assertEq(stolen, 90 * WEI, "three of 30 fit into 100");
    }

    function test_stolen_validators_and_deceived_watchers_get_the_total_limit() public {
        fund(alice, 900 * WEI);
        vm.warp(block.timestamp + 1 days);
        fund(alice, 900 * WEI);
        uint256 stolen;
        for (uint256 i; i < 20; i++) {
            if (deliver(awayToHome(1_000 + i, bob, bob, 300 * WEI))) stolen += 300 * WEI;
        }
        vm.assertEq(stolen, 900 * WEI, "three of 300 fit into 1000");
    }

    function test_attestations_of_one_watcher_twice_prove_nothing() public {
        Message memory message = lock(alice, WEI);
        bytes[] memory twice = new bytes[](2);
        twice[0] = sign(watchers[0], awayGuard.attestationDigest(message.id(), message));
        twice[1] = twice[0];
        vm.assertFalse(awayGuard.isProven(message.id(), message, twice), "one watcher");
        vm.assertTrue(awayGuard.isProven(message.id(), message, attest(message)), "all watchers");
    }

    function test_an_attestation_serves_one_guard_only() public {
        Message memory message = lock(alice, WEI);
        bytes[] memory foreign = signAll(watchers, homeGuard.attestationDigest(message.id(), message));
        vm.assertFalse(awayGuard.isProven(message.id(), message, foreign), "other guard's domain");
    }

    function test_levels_switch_checks_on_one_by_one() public {
        vm.prank(admin);
        awayGuard.setLevel(Guard.Level.None);
        vm.prank(guardian);
        awayGuard.pause(Pauses.Scope.Bridge, 0, 1 days, "drill");
        vm.assertTrue(deliver(lock(alice, 5_000 * WEI), none()), "None: not even the pause");

        vm.prank(admin);
        awayGuard.setLevel(Guard.Level.Pause);
        Message memory message = lock(alice, 5_000 * WEI);
        bytes memory proof = proofOf(message);
        on(AWAY);
        vm.expectPartialRevert(Pauses.IsPaused.selector);
        away.release(message, proof, none());
        vm.prank(admin);
        awayGuard.unpause(Pauses.Scope.Bridge, 0);
        vm.assertTrue(deliver(message, none()), "Pause: no limit");

        vm.prank(admin);
        awayGuard.setLevel(Guard.Level.Limit);
        vm.assertTrue(deliver(lock(alice, 900 * WEI), none()), "Limit: total limit, no proof asked");
        vm.assertFalse(deliver(lock(alice, 200 * WEI)), "Limit: total limit, a proof does not help");
    }

    function test_pauses_stop_their_scope_only() public {
        Message memory message = lock(alice, WEI);
        Message memory other = lock(bob, WEI);
        pauseOnAway(Pauses.Scope.Message, message.id());
        expectPaused(message, Pauses.Scope.Message, message.id());
        vm.assertTrue(deliver(other), "another message passes");

        fund(alice, 10 * WEI);
        pauseOnAway(Pauses.Scope.Direction, bytes32(uint256(Direction.In)));
        burn(alice, WEI);
        expectPaused(lock(bob, WEI), Pauses.Scope.Direction, bytes32(uint256(Direction.In)));

        pauseOnAway(Pauses.Scope.Token, bytes32(uint256(uint160(address(wrapped)))));
        on(AWAY);
        vm.prank(alice);
        vm.expectPartialRevert(Pauses.IsPaused.selector);
        away.send(address(wrapped), HOME, alice, WEI);
    }

    function test_a_pause_ends_by_itself_unless_renewed() public {
        Message memory message = lock(alice, WEI);
        pauseOnAway(Pauses.Scope.Bridge, 0);
        vm.warp(block.timestamp + 20 hours);
        pauseOnAway(Pauses.Scope.Bridge, 0);
        vm.warp(block.timestamp + 23 hours);
        expectPaused(message, Pauses.Scope.Bridge, 0);
        vm.expectPartialRevert(Pauses.PauseRunning.selector);
        awayGuard.clearPause(Pauses.Scope.Bridge, 0);
        vm.warp(block.timestamp + 1 hours);
        awayGuard.clearPause(Pauses.Scope.Bridge, 0);
        vm.assertTrue(deliver(message), "over");
    }

    function test_a_renewal_never_shortens_a_pause() public {
        vm.startPrank(guardian);
        awayGuard.pause(Pauses.Scope.Bridge, 0, 2 days, "first");
        awayGuard.pause(Pauses.Scope.Bridge, 0, 1, "second");
        vm.stopPrank();
        vm.assertEq(awayGuard.pausedUntil(Pauses.Scope.Bridge, 0), block.timestamp + 2 days, "until");
    }

    function test_a_pause_that_would_stop_nothing_is_refused() public {
        vm.startPrank(guardian);
        vm.expectPartialRevert(Pauses.MalformedKey.selector);
        awayGuard.pause(Pauses.Scope.Bridge, bytes32(uint256(1)), 1, "");
        vm.expectPartialRevert(Pauses.MalformedKey.selector);
        awayGuard.pause(Pauses.Scope.Token, bytes32(type(uint256).max), 1, "");
        vm.expectPartialRevert(Pauses.MalformedKey.selector);
        awayGuard.pause(Pauses.Scope.Direction, bytes32(uint256(2)), 1, "");
        vm.expectPartialRevert(Pauses.MalformedKey.selector);
        awayGuard.pause(Pauses.Scope.Message, 0, 1, "");
        vm.expectRevert(abi.encodeWithSelector(Pauses.PauseTooLong.selector, 5 days + 1, 5 days));
        awayGuard.pause(Pauses.Scope.Bridge, 0, 5 days + 1, "");
        vm.stopPrank();
    }

    function test_the_guardian_tightens_at_once_and_cannot_loosen() public {
        Limit memory tight = Limit(uint208(100 * WEI), 1 days);
        Limit memory loose = Limit(uint208(1_000 * WEI), 1 days);
        vm.startPrank(guardian);
        vm.expectPartialRevert(Guard.LoosensLimit.selector);
        awayGuard.tightenLimits(address(wrapped), Direction.In, tight, Limit(uint208(1_001 * WEI), 1 days));
        vm.expectPartialRevert(Guard.LoosensLimit.selector);
        awayGuard.tightenLimits(address(wrapped), Direction.In, Limit(uint208(50 * WEI), 11 hours), loose);
        awayGuard.tightenLimits(address(wrapped), Direction.In, Limit(2, 1 days), Limit(1, 1 days));
        vm.expectPartialRevert(Guard.LoosensLimit.selector);
        awayGuard.tightenLimits(address(wrapped), Direction.In, tight, loose);
        vm.expectPartialRevert(Guard.LoosensLevel.selector);
        awayGuard.raiseLevel(Guard.Level.Limit);
        vm.expectPartialRevert(Guard.LoosensHoldDelay.selector);
        awayGuard.lengthenHoldDelay(HOLD - 1);
        awayGuard.lengthenHoldDelay(30 days);
        vm.expectPartialRevert(Guard.HoldDelayTooLong.selector);
        awayGuard.lengthenHoldDelay(30 days + 1);
        vm.expectPartialRevert(Guard.LoosensThreshold.selector);
        awayGuard.raiseThreshold(1);
        awayGuard.raiseThreshold(3);
        awayGuard.removeWatcher(vm.addr(watchers[0]));
        vm.stopPrank();
        Message memory message = lock(alice, 1);
        vm.assertFalse(awayGuard.isProven(message.id(), message, attest(message)), "two watchers left of three");
    }

    function test_the_guardian_has_none_of_the_admin_calls() public {
        bytes memory refusal = abi.encodeWithSelector(
            IAccessControl.AccessControlUnauthorizedAccount.selector, guardian, bytes32(0)
        );
        Limit memory any = Limit(1, 1);
        vm.startPrank(guardian);
        vm.expectRevert(refusal);
        awayGuard.unpause(Pauses.Scope.Bridge, 0);
        vm.expectRevert(refusal);
        awayGuard.setLimits(address(wrapped), Direction.In, any, any);
        vm.expectRevert(refusal);
        awayGuard.setLevel(Guard.Level.None);
        vm.expectRevert(refusal);
        awayGuard.setHoldDelay(0);
        vm.expectRevert(refusal);
        awayGuard.addWatcher(guardian);
        vm.expectRevert(refusal);
        awayGuard.setThreshold(1);
        vm.expectRevert(refusal);
        awayGuard.grantRole(bytes32(0), guardian);
        vm.stopPrank();
    }

    function test_without_a_threshold_nothing_can_be_proven() public {
        Guard fresh = new Guard(address(away), admin, guardian, Guard.Level.Prove, HOLD);
        Message memory message = homeToAway(0, alice, alice, 1);
        vm.assertFalse(fresh.isProven(message.id(), message, none()), "an empty list is no proof");
        vm.prank(admin);
        fresh.addWatcher(alice);
        vm.prank(guardian);
        vm.expectPartialRevert(Guard.LoosensThreshold.selector);
        fresh.raiseThreshold(1);
    }

    function test_only_the_escrow_asks_the_guard() public {
        Message memory message = homeToAway(0, alice, alice, 1);
        bytes memory refusal = abi.encodeWithSelector(Guard.NotBridge.selector, alice);
        vm.startPrank(alice);
        vm.expectRevert(refusal);
        awayGuard.admit(0, message, none());
        vm.expectRevert(refusal);
        awayGuard.endHold(0, message, none());
        vm.expectRevert(refusal);
        awayGuard.dropHold(0);
        vm.expectRevert(refusal);
        awayGuard.checkOut(0, address(wrapped), 1);
        vm.stopPrank();
    }

    function test_an_out_leg_over_its_limit_leaves_the_tokens_with_the_sender() public {
        Limit memory small = Limit(uint208(5 * WEI), 1 days);
        vm.prank(admin);
        homeGuard.setLimits(address(token), Direction.Out, small, small);
        token.mint(alice, 6 * WEI);
        on(HOME);
        vm.startPrank(alice);
        token.approve(address(home), 6 * WEI);
        vm.expectPartialRevert(Guard.LimitExceeded.selector);
        home.send(address(token), AWAY, alice, 6 * WEI);
        home.send(address(token), AWAY, alice, 5 * WEI);
        vm.stopPrank();
        vm.assertEq(token.balanceOf(alice), WEI, "kept");
    }

    function test_changing_the_limits_does_not_refill_them() public {
        fund(alice, 1_000 * WEI);
        setLimits(awayGuard, address(wrapped), 100 * WEI, 1_000 * WEI);
        (,,, uint256 room) = awayGuard.limitsOf(address(wrapped), Direction.In);
        vm.assertEq(room, 0, "used stays used");
    }

    function test_a_token_without_limits_fits_nothing() public view {
        vm.assertEq(awayGuard.secondsUntilFit(bob, Direction.In, 1), type(uint256).max, "never");
    }

    function pauseOnAway(Pauses.Scope scope, bytes32 key) private {
        vm.prank(guardian);
        awayGuard.pause(scope, key, 1 days, "looking at it");
    }

    function expectPaused(Message memory message, Pauses.Scope scope, bytes32 key) private {
        bytes memory proof = proofOf(message);
        bytes[] memory attestations = attest(message);
        uint48 until = awayGuard.pausedUntil(scope, key);
        on(AWAY);
        vm.expectRevert(abi.encodeWithSelector(Pauses.IsPaused.selector, scope, key, until));
        away.release(message, proof, attestations);
    }
}
