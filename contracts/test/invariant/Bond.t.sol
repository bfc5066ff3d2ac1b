// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {TestToken} from "../../mocks/TestToken.sol";
import {Bond} from "../../src/bond/Bond.sol";
import {Guard} from "../../src/guard/Guard.sol";
import {Message, MessageLib} from "../../src/libraries/MessageLib.sol";
import {BridgeFixture} from "../utils/BridgeFixture.sol";

/// @notice Honest and lying operators stake and leave; reporters show lies and truths alike.
contract BondHandler is BridgeFixture {
    using MessageLib for Message;

    TestToken public stakeToken;
    Bond public bond;
    address public cover = address(0xC0);
    address internal reporter = address(0x9E);
    uint256 public honestSlashes;
    uint256 public earlyWithdrawals;

    constructor() {
        deployBridge(Guard.Level.Prove);
        stakeToken = new TestToken("Stake", "STK", 18);
        bond = new Bond(stakeToken, home, cover, 3 days, 5_000, 1_000);
        stakeToken.approve(address(bond), type(uint256).max);
        on(HOME);
    }

    function stake(uint256 operator, uint256 amount) external {
        amount = bound(amount, 1, 1e24);
        stakeToken.mint(address(this), amount);
        bond.stake(addressOf(operator), amount);
    }

    function startUnbonding(uint256 operator, uint256 amount) external {
        (uint256 active,,) = bond.stakeOf(addressOf(operator));
        vm.prank(addressOf(operator));
        bond.startUnbonding(bound(amount, 1, active));
    }

    function withdraw(uint256 operator) external {
        (,, uint48 releaseTime) = bond.stakeOf(addressOf(operator));
        vm.prank(addressOf(operator));
        bond.withdraw();
        if (block.timestamp < releaseTime) earlyWithdrawals++;
    }

    function reportLie(uint256 operator, uint256 nonce) external {
        Message memory forged = homeToAway(1e6 + nonce % 50, bob, bob, WEI);
        vm.prank(reporter);
        bond.slashSigner(forged, sign(validators[operator % 3], forged.id()));
    }

    function reportTruth(uint256 operator, uint256 amount) external {
        Message memory message = lock(alice, bound(amount, 1, WEI));
        vm.prank(reporter);
        bond.slashSigner(message, sign(validators[operator % 3], message.id()));
        honestSlashes++;
    }

    function wait(uint256 time) external {
        vm.warp(block.timestamp + bound(time, 1, 2 days));
    }

    function sumOfStakes() external view returns (uint256 sum) {
        for (uint256 i; i < 3; i++) {
            (uint256 active, uint256 unbonding,) = bond.stakeOf(addressOf(i));
            sum += active + unbonding;
        }
    }

    function addressOf(uint256 operator) private view returns (address) {
        return vm.addr(validators[operator % 3]);
    }
}

contract BondInvariant is BridgeFixture {
    BondHandler internal handler;

    function setUp() public {
        handler = new BondHandler();
        targetContract(address(handler));
    }

    function invariant_every_stake_is_held_and_only_lies_are_slashed() public view {
        uint256 balance = handler.stakeToken().balanceOf(address(handler.bond()));
        vm.assertEq(balance, handler.sumOfStakes(), "balance = stakes");
        vm.assertEq(handler.honestSlashes(), 0, "honest signers keep their stake");
        vm.assertEq(handler.earlyWithdrawals(), 0, "unbonding delay");
    }
}
