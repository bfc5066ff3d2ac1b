// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Direction} from "../../src/guard/Direction.sol";
import {Guard} from "../../src/guard/Guard.sol";
import {Pauses} from "../../src/guard/Pauses.sol";
import {Limit} from "../../src/libraries/LimitLib.sol";
import {Message, MessageLib} from "../../src/libraries/MessageLib.sol";
import {Test} from "../utils/Test.sol";

/// @notice Is the escrow to the guard and believes every forged message: validators are stolen, some watchers too.
/// The guardian tightens at random, outsiders and the guardian try to loosen.
contract GuardHandler is Test {
    using MessageLib for Message;

    /// @param amount raw units that passed at `time`, not after a full hold
    struct Pass {
        uint256 time;
        uint256 amount;
        bool isProven;
    }

    uint256 internal constant UNPROVEN_CAPACITY = 100e18;
    uint256 internal constant TOTAL_CAPACITY = 1_000e18;
    uint256 internal constant WINDOW = 1 days;

    address internal guardian = address(0x6A2D);
    address internal asset = address(0xA55E7);
    uint256[] internal watchers = keysFrom(201, 5);
    Guard public guard;

    Message[] internal held;
    Pass[] internal passes;
    uint256 internal nonce;

    /// @notice What was seen that must never be; empty while all is well.
    string public violation;
    /// @notice End of the latest pause anyone entitled asked for, per scope.
    mapping(Pauses.Scope => uint256) public entitledUntil;

    constructor() {
        vm.warp(1_700_000_000);
        guard = new Guard(address(this), address(this), guardian, Guard.Level.Prove, 2 days);
        for (uint256 i; i < watchers.length; i++) guard.addWatcher(vm.addr(watchers[i]));
        guard.setThreshold(3);
        guard.setLimits(
            asset,
            Direction.In,
            Limit(uint208(UNPROVEN_CAPACITY), uint48(WINDOW)),
            Limit(uint208(TOTAL_CAPACITY), uint48(WINDOW))
        );
    }

    function forge(uint256 amount, uint256 signers) external {
        forgeOne(bound(amount, 1, 300e18), signers);
    }

    /// @dev The greedy thief: as much as the bucket shows, again and again.
    function forgeAll(uint256 signers, bool isUnproven) external {
        for (uint256 i; i < 3; i++) {
            (,, uint256 unproven, uint256 total) = guard.limitsOf(asset, Direction.In);
            uint256 room = isUnproven ? unproven : total;
            if (room != 0) forgeOne(room, isUnproven ? 0 : signers);
        }
    }

    function endHold(uint256 index, uint256 signers, bool isPatient) external {
        index = index % held.length;
        Message memory message = held[index];
        (, uint48 releaseTime) = guard.holdOf(message.id());
        if (isPatient && block.timestamp < releaseTime) vm.warp(releaseTime);
        bytes[] memory attestations = sign(message, signers);
        bool isProven = guard.isProven(message.id(), message, attestations);
        guard.endHold(message.id(), message, attestations);
        if (block.timestamp < releaseTime) record(message.amount, isProven);
        held[index] = held[held.length - 1];
        held.pop();
    }

    function wait(uint256 time) external {
        vm.warp(block.timestamp + bound(time, 1, 8 hours));
    }

    function tightenLimits(uint256 unproven, uint256 total, uint256 window) external {
        (Limit memory tightBefore, Limit memory looseBefore,,) = guard.limitsOf(asset, Direction.In);
        // Around the limits in force, or they would be nothing after a few calls.
        Limit memory tight = Limit(uint208(around(tightBefore.capacity, unproven)), uint48(around(tightBefore.window, window)));
        Limit memory loose = Limit(uint208(around(looseBefore.capacity, total)), uint48(around(looseBefore.window, window)));
        vm.prank(guardian);
        guard.tightenLimits(asset, Direction.In, tight, loose);
        if (isLooser(tight, tightBefore) || isLooser(loose, looseBefore)) violation = "guardian loosened a limit";
    }

    function raiseLevel(uint8 level) external {
        Guard.Level before = guard.level();
        vm.prank(guardian);
        guard.raiseLevel(Guard.Level(level % 4));
        if (guard.level() < before) violation = "guardian lowered the level";
    }

    function lengthenHoldDelay(uint32 delay) external {
        uint32 before = guard.holdDelay();
        delay = uint32(bound(delay, before - 1 hours, before + 1 hours));
        vm.prank(guardian);
        guard.lengthenHoldDelay(delay);
        if (guard.holdDelay() < before) violation = "guardian shortened the hold";
        if (guard.holdDelay() > guard.MAX_HOLD_DELAY()) violation = "a hold may never end";
    }

    function raiseThreshold(uint256 threshold) external {
        uint256 before = guard.threshold();
        vm.prank(guardian);
        guard.raiseThreshold(threshold % 7);
        if (guard.threshold() < before) violation = "guardian lowered the threshold";
    }

    function removeWatcher(uint256 index) external {
        // Two watchers stay, so that later calls still meet a set that changes.
        if (guard.watcherCount() <= 4) return;
        uint256 before = guard.watcherCount();
        vm.prank(guardian);
        guard.removeWatcher(vm.addr(watchers[index % watchers.length]));
        if (guard.watcherCount() >= before) violation = "guardian added a watcher";
    }

    function pause(uint8 scope, uint32 duration) external {
        Pauses.Scope chosen = Pauses.Scope(scope % 4);
        bytes32 key = keyOf(chosen);
        uint48 before = guard.pausedUntil(chosen, key);
        duration = uint32(bound(duration, 0, 2 hours));
        vm.prank(guardian);
        guard.pause(chosen, key, duration, "drill");
        if (guard.pausedUntil(chosen, key) < before) violation = "guardian shortened a pause";
        if (block.timestamp + duration > entitledUntil[chosen]) entitledUntil[chosen] = block.timestamp + duration;
    }

    function clearPause(uint8 scope) external {
        Pauses.Scope chosen = Pauses.Scope(scope % 4);
        bool wasPaused = guard.isPaused(chosen, keyOf(chosen));
        guard.clearPause(chosen, keyOf(chosen));
        if (wasPaused) violation = "clean-up ended a running pause";
    }

    function intrude(uint8 call, address intruder, uint32 number) external {
        if (intruder == address(this) || intruder == guardian) return;
        if (attempt(call % 10, intruder, number)) violation = "a stranger changed the guard";
    }

    function loosenAsGuardian(uint8 call, uint32 number) external {
        // The first four are the guardian's own calls.
        if (attempt(4 + call % 6, guardian, number)) violation = "the guardian used an admin call";
    }

    /// @notice Sum of the passes in the last `span` seconds; unproven ones only if asked.
    function passedWithin(uint256 span, bool unprovenOnly) public view returns (uint256 sum) {
        for (uint256 i = passes.length; i > 0 && block.timestamp - passes[i - 1].time <= span; i--) {
            if (!unprovenOnly || !passes[i - 1].isProven) sum += passes[i - 1].amount;
        }
    }

    function keyOf(Pauses.Scope scope) public view returns (bytes32) {
        if (scope == Pauses.Scope.Message) return bytes32(uint256(0xABC));
        if (scope == Pauses.Scope.Token) return bytes32(uint256(uint160(asset)));
        return 0;
    }

    function forgeOne(uint256 amount, uint256 signers) private {
        Message memory message;
        message.destinationChain = block.chainid;
        message.nonce = nonce++;
        message.token = asset;
        message.amount = amount;
        bytes[] memory attestations = sign(message, signers);
        bool isProven = guard.isProven(message.id(), message, attestations);
        if (guard.admit(message.id(), message, attestations)) record(amount, isProven);
        else held.push(message);
    }

    // Checks the loss bound for every stretch of time that ends now.
    function record(uint256 amount, bool isProven) private {
        passes.push(Pass(block.timestamp, amount, isProven));
        uint256 total;
        uint256 unproven;
        for (uint256 i = passes.length; i > 0; i--) {
            Pass memory pass = passes[i - 1];
            total += pass.amount;
            if (!pass.isProven) unproven += pass.amount;
            uint256 span = block.timestamp - pass.time;
            if (total > TOTAL_CAPACITY + span * TOTAL_CAPACITY / WINDOW) violation = "total over C + r * D";
            if (unproven > UNPROVEN_CAPACITY + span * UNPROVEN_CAPACITY / WINDOW) violation = "unproven over C + r * D";
        }
    }

    function attempt(uint256 call, address caller, uint32 number) private returns (bool success) {
        Limit memory limit = Limit(number, 1);
        bytes memory data;
        if (call == 0) data = abi.encodeCall(Guard.pause, (Pauses.Scope.Bridge, 0, number % 5 days, ""));
        if (call == 1) data = abi.encodeCall(Guard.tightenLimits, (asset, Direction.In, limit, limit));
        if (call == 2) data = abi.encodeCall(Guard.raiseLevel, (Guard.Level.Prove));
        if (call == 3) data = abi.encodeCall(Guard.removeWatcher, (vm.addr(watchers[number % watchers.length])));
        if (call == 4) data = abi.encodeCall(Guard.unpause, (Pauses.Scope(number % 4), 0));
        if (call == 5) data = abi.encodeCall(Guard.setLimits, (asset, Direction.In, limit, limit));
        if (call == 6) data = abi.encodeCall(Guard.setLevel, (Guard.Level(number % 4)));
        if (call == 7) data = abi.encodeCall(Guard.setHoldDelay, (number % 30 days));
        if (call == 8) data = abi.encodeCall(Guard.addWatcher, (caller));
        if (call == 9) data = abi.encodeCall(Guard.setThreshold, (1));
        vm.prank(caller);
        (success,) = address(guard).call(data);
    }

    function sign(Message memory message, uint256 signers) private view returns (bytes[] memory) {
        return signAll(keysFrom(201, signers % 6), guard.attestationDigest(message.id(), message));
    }

    // From 10% less to 5% more.
    function around(uint256 value, uint256 seed) private pure returns (uint256) {
        return value * bound(seed, 90, 105) / 100;
    }

    function isLooser(Limit memory next, Limit memory old) private pure returns (bool) {
        if (next.capacity > old.capacity) return true;
        return uint256(next.capacity) * old.window > uint256(old.capacity) * next.window;
    }
}

contract GuardInvariant is Test {
    GuardHandler internal handler;

    function setUp() public {
        handler = new GuardHandler();
        targetContract(address(handler));
    }

    /// @notice Loss bound, roles and pauses: the handler names the first law it saw broken.
    function invariant_released_within_bound_and_guardian_never_loosens() public view {
        string memory violation = handler.violation();
        vm.assertTrue(bytes(violation).length == 0, violation);
    }

    /// @notice A pause ends by itself, at the latest when the last renewal by someone entitled says.
    function invariant_a_pause_ends_or_was_renewed_by_someone_entitled() public view {
        for (uint256 i; i < 4; i++) {
            Pauses.Scope scope = Pauses.Scope(i);
            uint256 until = handler.guard().pausedUntil(scope, handler.keyOf(scope));
            vm.assertLe(until, handler.entitledUntil(scope), "no later than asked");
            vm.assertLe(until, block.timestamp + handler.guard().MAX_PAUSE(), "ends by itself");
        }
    }
}
