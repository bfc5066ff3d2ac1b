// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {TestToken} from "../../mocks/TestToken.sol";
import {Message, MessageLib} from "../../src/libraries/MessageLib.sol";
import {SignerSetLib} from "../../src/libraries/SignerSetLib.sol";
import {MultisigVerifier} from "../../src/verifiers/MultisigVerifier.sol";
import {OptimisticVerifier} from "../../src/verifiers/OptimisticVerifier.sol";
import {Test} from "../utils/Test.sol";

contract VerifiersTest is Test {
    using MessageLib for Message;

    address internal proposer = address(0x11);
    address internal challenger = address(0x12);
    address internal arbiter = address(0x13);
    TestToken internal bondToken;
    OptimisticVerifier internal optimistic;
    MultisigVerifier internal multisig;
    Message internal message;
    bytes32 internal id;

    function setUp() public {
        vm.warp(1_700_000_000);
        message.nonce = 7;
        id = message.id();
        multisig = new MultisigVerifier(address(this), addressesOf(keysFrom(101, 5)), 3);
        bondToken = new TestToken("Bond", "BOND", 18);
        optimistic = new OptimisticVerifier(bondToken, 100, 1 hours, 2 days, arbiter);
        give(proposer);
        give(challenger);
    }

    function test_multisig_needs_m_distinct_signers() public view {
        vm.assertTrue(multisig.verify(id, message, abi.encode(signAll(keysFrom(101, 3), id))), "3 of 5");
        vm.assertFalse(multisig.verify(id, message, abi.encode(signAll(keysFrom(101, 2), id))), "2 of 5");
        vm.assertFalse(multisig.verify(id, message, abi.encode(signAll(keysFrom(301, 3), id))), "strangers");
        vm.assertFalse(multisig.verify(id, message, abi.encode(new bytes[](3))), "empty signatures");
    }

    function test_multisig_threshold_stays_between_one_and_the_size() public {
        vm.expectRevert(abi.encodeWithSelector(SignerSetLib.ZeroThreshold.selector));
        multisig.setThreshold(0);
        vm.expectRevert(abi.encodeWithSelector(SignerSetLib.ThresholdAboveSize.selector, 6, 5));
        multisig.setThreshold(6);
        multisig.setThreshold(5);
        address gone = vm.addr(101);
        vm.expectRevert(abi.encodeWithSelector(SignerSetLib.ThresholdAboveSize.selector, 5, 4));
        multisig.removeSigner(gone);
        vm.expectRevert(abi.encodeWithSelector(SignerSetLib.SignerKnown.selector, gone));
        multisig.addSigner(gone);
    }

    function test_a_proposal_stands_after_its_window() public {
        propose();
        vm.warp(block.timestamp + 1 hours - 1);
        vm.assertFalse(optimistic.verify(id, message, ""), "window open");
        vm.expectPartialRevert(OptimisticVerifier.WindowOpen.selector);
        optimistic.reclaimBond(id);
        vm.warp(block.timestamp + 1);
        vm.assertTrue(optimistic.verify(id, message, ""), "window over");
        vm.prank(challenger);
        vm.expectPartialRevert(OptimisticVerifier.WindowClosed.selector);
        optimistic.challenge(id);
        optimistic.reclaimBond(id);
        vm.assertEq(bondToken.balanceOf(proposer), 100, "bond back");
        vm.assertTrue(optimistic.verify(id, message, ""), "still stands");
    }

    function test_a_proven_fraud_costs_the_proposer_the_bond_and_never_stands() public {
        propose();
        challenge();
        vm.warp(block.timestamp + 1 days);
        vm.assertFalse(optimistic.verify(id, message, ""), "challenged");
        vm.prank(arbiter);
        optimistic.resolve(id, true);
        vm.assertEq(bondToken.balanceOf(challenger), 200, "both bonds");
        vm.assertFalse(optimistic.verify(id, message, ""), "rejected");
        vm.expectPartialRevert(OptimisticVerifier.WrongState.selector);
        optimistic.propose(message);
    }

    function test_a_wrong_challenge_costs_the_challenger_the_bond() public {
        propose();
        challenge();
        vm.expectPartialRevert(OptimisticVerifier.NotArbiter.selector);
        optimistic.resolve(id, false);
        vm.prank(arbiter);
        optimistic.resolve(id, false);
        vm.assertEq(bondToken.balanceOf(proposer), 200, "both bonds");
        vm.assertTrue(optimistic.verify(id, message, ""), "accepted");
    }

    function test_a_silent_arbiter_strands_no_bond() public {
        propose();
        challenge();
        vm.expectPartialRevert(OptimisticVerifier.WindowOpen.selector);
        optimistic.voidUnresolved(id);
        vm.warp(block.timestamp + 2 days);
        vm.prank(arbiter);
        vm.expectPartialRevert(OptimisticVerifier.WindowClosed.selector);
        optimistic.resolve(id, true);
        optimistic.voidUnresolved(id);
        vm.assertEq(bondToken.balanceOf(proposer), 100, "proposer");
        vm.assertEq(bondToken.balanceOf(challenger), 100, "challenger");
        vm.assertFalse(optimistic.verify(id, message, ""), "void");
    }

    function test_a_window_below_the_minimum_is_refused() public {
        vm.expectRevert(abi.encodeWithSelector(OptimisticVerifier.WindowTooShort.selector, 200, 30 minutes));
        new OptimisticVerifier(bondToken, 100, 200, 2 days, arbiter);
    }

    function propose() private {
        vm.prank(proposer);
        optimistic.propose(message);
    }

    function challenge() private {
        vm.prank(challenger);
        optimistic.challenge(id);
    }

    function give(address account) private {
        bondToken.mint(account, 100);
        vm.prank(account);
        bondToken.approve(address(optimistic), type(uint256).max);
    }
}
