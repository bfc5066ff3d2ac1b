// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {TestToken} from "../../mocks/TestToken.sol";
import {Bond} from "../../src/bond/Bond.sol";
import {Guard} from "../../src/guard/Guard.sol";
import {Message, MessageLib} from "../../src/libraries/MessageLib.sol";
import {BridgeFixture} from "../utils/BridgeFixture.sol";

contract BondTest is BridgeFixture {
    using MessageLib for Message;

    TestToken internal stakeToken;
    Bond internal bond;
    address internal cover = address(0xC0);
    address internal operator;

    function setUp() public {
        deployBridge(Guard.Level.Prove);
        stakeToken = new TestToken("Stake", "STK", 18);
        bond = new Bond(stakeToken, home, cover, 14 days, 5_000, 1_000);
        operator = vm.addr(validators[0]);
        stakeFor(operator, 1_000);
        on(HOME);
    }

    function test_stake_comes_back_after_the_unbonding_delay() public {
        vm.startPrank(operator);
        bond.startUnbonding(400);
        vm.warp(block.timestamp + 14 days - 1);
        vm.expectPartialRevert(Bond.StillUnbonding.selector);
        bond.withdraw();
        vm.warp(block.timestamp + 1);
        bond.withdraw();
        vm.stopPrank();
        vm.assertEq(stakeToken.balanceOf(operator), 400, "withdrawn");
    }

    function test_signing_a_message_never_sent_is_slashed_unbonding_stake_included() public {
        vm.prank(operator);
        bond.startUnbonding(400);
        Message memory forged = homeToAway(99, bob, bob, WEI);
        bytes memory signature = sign(validators[0], forged.id());
        vm.prank(alice);
        bond.slashSigner(forged, signature);
        (uint256 active, uint256 unbonding,) = bond.stakeOf(operator);
        vm.assertEq(active, 300, "half of 600");
        vm.assertEq(unbonding, 200, "half of 400");
        vm.assertEq(stakeToken.balanceOf(alice), 50, "reporter gets a tenth");
        vm.assertEq(stakeToken.balanceOf(cover), 450, "cover gets the rest");
        vm.expectPartialRevert(Bond.AlreadySlashed.selector);
        bond.slashSigner(forged, signature);
    }

    function test_attesting_to_a_message_never_sent_is_slashed() public {
        address watcher = vm.addr(watchers[0]);
        stakeFor(watcher, 1_000);
        Message memory forged = homeToAway(99, bob, bob, WEI);
        bytes memory signature = sign(watchers[0], awayGuard.attestationDigest(forged.id(), forged));
        bond.slashWatcher(forged, address(awayGuard), signature);
        (uint256 active,,) = bond.stakeOf(watcher);
        vm.assertEq(active, 500, "half");
    }

    function test_signing_what_was_sent_is_never_slashed() public {
        Message memory message = lock(alice, WEI);
        bytes memory signature = sign(validators[0], message.id());
        vm.expectRevert(abi.encodeWithSelector(Bond.WasSent.selector, message.id()));
        bond.slashSigner(message, signature);
    }

    function test_a_message_of_another_escrow_proves_nothing() public {
        Message memory foreign = awayToHome(0, bob, bob, WEI);
        bytes memory signature = sign(validators[0], foreign.id());
        vm.expectPartialRevert(Bond.NotThisEscrow.selector);
        bond.slashSigner(foreign, signature);
    }

    function test_a_signer_without_stake_cannot_be_slashed() public {
        Message memory forged = homeToAway(99, bob, bob, WEI);
        bytes memory signature = sign(validators[1], forged.id());
        vm.expectPartialRevert(Bond.NothingStaked.selector);
        bond.slashSigner(forged, signature);
    }

    function stakeFor(address account, uint256 amount) private {
        stakeToken.mint(address(this), amount);
        stakeToken.approve(address(bond), amount);
        bond.stake(account, amount);
    }
}
