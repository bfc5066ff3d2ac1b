// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Escrow} from "../../src/bridge/Escrow.sol";
import {WrappedToken} from "../../src/bridge/WrappedToken.sol";
import {Guard} from "../../src/guard/Guard.sol";
import {Pauses} from "../../src/guard/Pauses.sol";
import {Message, MessageLib} from "../../src/libraries/MessageLib.sol";
import {IVerifier} from "../../src/verifiers/IVerifier.sol";
import {BridgeFixture} from "../utils/BridgeFixture.sol";

contract EscrowTest is BridgeFixture {
    using MessageLib for Message;

    function setUp() public {
        deployBridge(Guard.Level.Prove);
    }

    function test_lock_mint_burn_release_returns_the_tokens() public {
        fund(alice, 50 * WEI);
        vm.assertEq(wrapped.balanceOf(alice), 50 * WEI, "minted");
        vm.assertEq(home.lockedOf(address(token)), 50 * WEI, "locked");
        Message memory back = burn(alice, 20 * WEI);
        vm.assertTrue(deliver(back), "released at once");
        vm.assertEq(token.balanceOf(alice), 20 * WEI, "released");
        vm.assertEq(wrapped.totalSupply(), home.lockedOf(address(token)), "supply is what is locked");
    }

    function test_out_leg_announces_every_field() public {
        on(HOME);
        token.mint(alice, WEI);
        vm.prank(alice);
        token.approve(address(home), WEI);
        Message memory message = homeToAway(0, alice, bob, WEI);
        vm.expectEmit(address(home));
        emit Escrow.Locked(message.id(), 0, AWAY, address(token), address(wrapped), alice, bob, WEI);
        vm.prank(alice);
        bytes32 id = home.send(address(token), AWAY, bob, WEI);
        vm.assertEq(id, message.id(), "id");
        vm.assertTrue(home.wasSent(id), "recorded");
    }

    function test_in_leg_announces_the_same_fields() public {
        Message memory message = lock(alice, WEI);
        bytes memory proof = proofOf(message);
        bytes[] memory attestations = attest(message);
        on(AWAY);
        vm.expectEmit(address(away));
        emit Escrow.Minted(message.id(), 0, HOME, address(token), address(wrapped), alice, alice, WEI);
        away.release(message, proof, attestations);
    }

    function test_a_paid_message_is_not_paid_again() public {
        Message memory message = lock(alice, WEI);
        deliver(message);
        bytes memory proof = proofOf(message);
        vm.expectRevert(abi.encodeWithSelector(Escrow.Replay.selector, message.id(), Escrow.Status.Paid));
        away.release(message, proof, none());
    }

    function test_a_held_message_is_not_delivered_again() public {
        Message memory message = lock(alice, 200 * WEI);
        vm.assertFalse(deliver(message, none()), "held");
        bytes memory proof = proofOf(message);
        vm.expectRevert(abi.encodeWithSelector(Escrow.Replay.selector, message.id(), Escrow.Status.Held));
        away.release(message, proof, none());
    }

    function test_too_few_signatures_pay_nothing() public {
        Message memory message = lock(alice, WEI);
        on(AWAY);
        bytes memory proof = abi.encode(signAll(keysFrom(101, 1), message.id()));
        vm.expectRevert(abi.encodeWithSelector(Escrow.Unverified.selector, message.id()));
        away.release(message, proof, none());
    }

    function test_changing_the_amount_voids_the_signatures() public {
        Message memory message = lock(alice, WEI);
        bytes memory proof = proofOf(message);
        message.amount = 2 * WEI;
        on(AWAY);
        vm.expectRevert(abi.encodeWithSelector(Escrow.Unverified.selector, message.id()));
        away.release(message, proof, none());
    }

    function test_a_message_for_another_chain_or_escrow_is_refused() public {
        Message memory message = lock(alice, WEI);
        bytes memory proof = proofOf(message);
        vm.expectRevert(abi.encodeWithSelector(Escrow.WrongDestination.selector, AWAY, address(away)));
        away.release(message, proof, none());
        on(AWAY);
        vm.expectRevert(abi.encodeWithSelector(Escrow.WrongDestination.selector, AWAY, address(away)));
        home.release(message, proof, none());
    }

    function test_a_message_of_an_unknown_escrow_is_refused() public {
        Message memory message = homeToAway(0, alice, alice, WEI);
        message.sourceBridge = alice;
        bytes memory proof = proofOf(message);
        on(AWAY);
        vm.expectRevert(abi.encodeWithSelector(Escrow.UnknownPeer.selector, HOME, alice));
        away.release(message, proof, none());
    }

    function test_an_unmapped_token_is_refused_both_ways() public {
        on(HOME);
        vm.expectRevert(abi.encodeWithSelector(Escrow.UnmappedToken.selector, alice, AWAY));
        home.send(alice, AWAY, bob, 1);
        Message memory message = homeToAway(0, alice, alice, WEI);
        message.tokenSource = alice;
        bytes memory proof = proofOf(message);
        on(AWAY);
        vm.expectRevert(abi.encodeWithSelector(Escrow.UnmappedToken.selector, address(wrapped), HOME));
        away.release(message, proof, none());
    }

    function test_nothing_for_nobody_is_refused() public {
        on(HOME);
        vm.expectRevert(abi.encodeWithSelector(Escrow.ZeroBeneficiary.selector));
        home.send(address(token), AWAY, address(0), 1);
        vm.expectRevert(abi.encodeWithSelector(Escrow.ZeroAmount.selector));
        home.send(address(token), AWAY, bob, 0);
    }

    function test_no_more_is_released_than_was_locked() public {
        fund(alice, WEI);
        Message memory forged = awayToHome(7, bob, bob, 2 * WEI);
        bytes memory proof = proofOf(forged);
        on(HOME);
        vm.expectRevert(abi.encodeWithSelector(Escrow.BackingGap.selector, address(token), WEI, 2 * WEI));
        home.release(forged, proof, none());
    }

    function test_clean_up_works_while_everything_is_paused() public {
        Message memory message = lock(alice, 200 * WEI);
        deliver(message, none());
        vm.startPrank(guardian);
        awayGuard.pause(Pauses.Scope.Bridge, 0, 1 days, "drill");
        homeGuard.pause(Pauses.Scope.Bridge, 0, 1 days, "drill");
        vm.stopPrank();
        vm.startPrank(admin);
        away.cancel(message.id());
        on(HOME);
        home.refund(message);
        vm.stopPrank();
        vm.assertEq(token.balanceOf(alice), 200 * WEI, "refunded");
        vm.assertEq(home.lockedOf(address(token)), 0, "nothing locked");
        bytes memory proof = proofOf(message);
        on(AWAY);
        vm.expectRevert(abi.encodeWithSelector(Escrow.Replay.selector, message.id(), Escrow.Status.Cancelled));
        away.release(message, proof, none());
    }

    function test_a_refund_needs_a_sent_message_and_comes_once() public {
        Message memory message = lock(alice, WEI);
        Message memory forged = homeToAway(9, alice, alice, WEI);
        vm.startPrank(admin);
        vm.expectRevert(abi.encodeWithSelector(Escrow.NeverSent.selector, forged.id()));
        home.refund(forged);
        home.refund(message);
        vm.expectRevert(abi.encodeWithSelector(Escrow.AlreadyRefunded.selector, message.id()));
        home.refund(message);
        vm.stopPrank();
    }

    function test_only_the_owner_configures() public {
        bytes memory refusal = abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, alice);
        IVerifier verifier = home.verifier();
        vm.startPrank(alice);
        vm.expectRevert(refusal);
        home.setPeer(1, alice);
        vm.expectRevert(refusal);
        home.mapToken(alice, 1, alice, true);
        vm.expectRevert(refusal);
        home.setVerifier(verifier);
        vm.expectRevert(refusal);
        home.setGuard(homeGuard);
        vm.expectRevert(refusal);
        home.cancel(0);
        vm.stopPrank();
    }

    function test_only_the_escrow_mints() public {
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(WrappedToken.NotBridge.selector, alice));
        wrapped.crosschainMint(alice, 1);
    }
}
