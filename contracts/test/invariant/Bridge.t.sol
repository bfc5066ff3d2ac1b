// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Escrow} from "../../src/bridge/Escrow.sol";
import {Guard} from "../../src/guard/Guard.sol";
import {Pauses} from "../../src/guard/Pauses.sol";
import {Message, MessageLib} from "../../src/libraries/MessageLib.sol";
import {BridgeFixture} from "../utils/BridgeFixture.sol";

/// @notice Users, relayers (also careless and malicious ones), the guardian and the timelock at work on both ends.
contract BridgeHandler is BridgeFixture {
    using MessageLib for Message;

    Message[] internal messages;
    address[] internal actors;

    constructor() {
        deployBridge(Guard.Level.Prove);
        for (uint256 i = 1; i <= 4; i++) actors.push(address(uint160(0xAC000 + i)));
    }

    function lockSome(uint256 actor, uint256 amount) external {
        messages.push(lock(pick(actor), bound(amount, 1, 400 * WEI)));
    }

    function burnSome(uint256 actor, uint256 amount) external {
        address sender = pick(actor);
        uint256 balance = wrapped.balanceOf(sender);
        if (balance == 0) return;
        messages.push(burn(sender, bound(amount, 1, balance)));
    }

    function relay(uint256 index, bool isProven) external {
        // Mostly a message that still waits, now and then one that was delivered before.
        Message memory message = find(index, index % 8 == 0 ? Escrow.Status.Paid : Escrow.Status.None);
        deliver(message, isProven ? attest(message) : none());
    }

    function relayTampered(uint256 index, uint256 amount) external {
        Message memory message = messages[index % messages.length];
        bytes memory proof = proofOf(message);
        bytes[] memory attestations = attest(message);
        message.amount = bound(amount, 1, 1_000_000 * WEI);
        on(message.destinationChain);
        Escrow(message.destinationBridge).release(message, proof, attestations);
    }

    function execute(uint256 index, bool isProven) external {
        Message memory message = find(index, Escrow.Status.Held);
        bytes[] memory attestations = isProven ? attest(message) : none();
        on(message.destinationChain);
        Escrow(message.destinationBridge).execute(message, attestations);
    }

    function cancelAndRefund(uint256 index) external {
        Message memory message = find(index, Escrow.Status.Held);
        vm.startPrank(admin);
        Escrow(message.destinationBridge).cancel(message.id());
        Escrow(message.sourceBridge).refund(message);
        vm.stopPrank();
    }

    function pause(uint8 scope, uint256 index, uint32 duration) external {
        Pauses.Scope chosen = Pauses.Scope(scope % 4);
        bytes32 key;
        if (chosen == Pauses.Scope.Message) key = messages[index % messages.length].id();
        if (chosen == Pauses.Scope.Token) key = bytes32(uint256(uint160(address(wrapped))));
        vm.prank(guardian);
        awayGuard.pause(chosen, key, uint32(bound(duration, 1, 6 hours)), "drill");
    }

    function wait(uint256 time) external {
        vm.warp(block.timestamp + bound(time, 1, 12 hours));
    }

    /// @notice Out legs not yet paid, refunded for burns and locks alike, by what they will become.
    function inFlight() external view returns (uint256 toMint, uint256 toRelease) {
        for (uint256 i; i < messages.length; i++) {
            Message memory message = messages[i];
            bool isPaid = Escrow(message.destinationBridge).statusOf(message.id()) == Escrow.Status.Paid;
            if (isPaid || Escrow(message.sourceBridge).wasRefunded(message.id())) continue;
            if (message.destinationChain == AWAY) toMint += message.amount;
            else toRelease += message.amount;
        }
    }

    function supply() external view returns (uint256) {
        return wrapped.totalSupply();
    }

    function locked() external view returns (uint256) {
        return home.lockedOf(address(token));
    }

    function balance() external view returns (uint256) {
        return token.balanceOf(address(home));
    }

    function isAnyPaidAndRefunded() external view returns (bool) {
        for (uint256 i; i < messages.length; i++) {
            bytes32 id = messages[i].id();
            bool isPaid = Escrow(messages[i].destinationBridge).statusOf(id) == Escrow.Status.Paid;
            if (isPaid && Escrow(messages[i].sourceBridge).wasRefunded(id)) return true;
        }
        return false;
    }

    // The first message of that status from a random place on, or just the one at that place.
    function find(uint256 index, Escrow.Status status) private view returns (Message memory) {
        uint256 start = index % messages.length;
        for (uint256 i; i < messages.length; i++) {
            Message memory message = messages[(start + i) % messages.length];
            if (Escrow(message.destinationBridge).statusOf(message.id()) == status) return message;
        }
        return messages[start];
    }

    function pick(uint256 actor) private view returns (address) {
        return actors[actor % actors.length];
    }
}

contract BridgeInvariant is BridgeFixture {
    BridgeHandler internal handler;

    function setUp() public {
        handler = new BridgeHandler();
        targetContract(address(handler));
    }

    /// @notice Exact conservation: what is locked is what is minted plus what is on its way.
    function invariant_wrapped_supply_and_in_flight_are_what_the_escrow_holds() public view {
        (uint256 toMint, uint256 toRelease) = handler.inFlight();
        vm.assertEq(handler.locked(), handler.supply() + toMint + toRelease, "locked = minted + in flight");
        vm.assertLe(handler.supply(), handler.balance(), "supply <= escrow");
        vm.assertEq(handler.balance(), handler.locked(), "balance = locked");
        vm.assertFalse(handler.isAnyPaidAndRefunded(), "no message is both paid and refunded");
    }
}
