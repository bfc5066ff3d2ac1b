// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {TestToken} from "../../mocks/TestToken.sol";
import {Treasury} from "../../src/govern/Treasury.sol";
import {Test} from "../utils/Test.sol";

/// @notice A controller that asks for anything, an owner that spends and moves bounds, payers, and passers-by.
contract TreasuryHandler is Test {
    address internal controller = address(0x41);
    Treasury public treasury;
    TestToken public asset;

    uint256 public paidIn;
    uint256 public spent;
    string public violation;

    constructor() {
        vm.warp(1_700_000_000);
        asset = new TestToken("Dollar", "USD", 6);
        uint256[3] memory floor = [uint256(2_000), 2_000, 1_000];
        uint256[3] memory cap = [uint256(6_000), 6_000, 4_000];
        treasury = new Treasury(asset, address(this), controller, floor, cap, 500);
        asset.approve(address(treasury), type(uint256).max);
    }

    function deposit(uint256 amount) external {
        amount = bound(amount, 0, 1e15);
        asset.mint(address(this), amount);
        treasury.deposit(amount);
        paidIn += amount;
    }

    function tilt(uint256 near, uint256 mid) external {
        uint256[3] memory now_ = treasury.weights();
        near = bound(near, 0, now_[0] + 600);
        mid = bound(mid, 0, now_[1] + 600);
        tryTilt([near, mid, near + mid > 10_000 ? 0 : 10_000 - near - mid]);
    }

    function tiltALittle(uint256 near, uint256 mid) external {
        uint256[3] memory now_ = treasury.weights();
        near = now_[0] + 200 - bound(near, 0, 400);
        mid = now_[1] + 200 - bound(mid, 0, 400);
        tryTilt([near, mid, 10_000 - near - mid]);
    }

    function tiltAsStranger(address stranger, uint256[3] calldata weights) external {
        if (stranger == controller) return;
        vm.prank(stranger);
        treasury.tilt(weights);
        violation = "a stranger tilted";
    }

    function spend(uint8 layer, uint256 amount) external {
        uint256[3] memory balances = treasury.balances();
        amount = bound(amount, 0, balances[layer % 3]);
        treasury.spend(Treasury.Layer(layer % 3), address(0xD0), amount);
        spent += amount;
    }

    function wait(uint256 time) external {
        vm.warp(block.timestamp + bound(time, 1, 2 hours));
    }

    function tryTilt(uint256[3] memory weights) private {
        uint256[3] memory before = treasury.weights();
        uint256 elapsed = block.timestamp - treasury.tiltedAt();
        uint256 total = treasury.totalBalance();
        vm.prank(controller);
        treasury.tilt(weights);
        uint256 allowed = elapsed > 1 hours ? 500 : 500 * elapsed / 1 hours;
        for (uint256 i; i < 3; i++) {
            uint256 change = weights[i] > before[i] ? weights[i] - before[i] : before[i] - weights[i];
            if (change > allowed) violation = "tilted too fast";
        }
        if (treasury.totalBalance() != total) violation = "a tilt made or lost money";
    }
}

contract TreasuryInvariant is Test {
    TreasuryHandler internal handler;
    Treasury internal treasury;

    function setUp() public {
        handler = new TreasuryHandler();
        treasury = handler.treasury();
        targetContract(address(handler));
    }

    function invariant_weights_within_bounds_and_sums_conserved() public view {
        uint256[3] memory weights = treasury.weights();
        (uint256[3] memory floor, uint256[3] memory cap) = treasury.bounds();
        vm.assertEq(weights[0] + weights[1] + weights[2], 10_000, "whole");
        for (uint256 i; i < 3; i++) {
            vm.assertGe(weights[i], floor[i], "floor");
            vm.assertLe(weights[i], cap[i], "cap");
        }
        vm.assertEq(treasury.totalBalance(), handler.paidIn() - handler.spent(), "layers");
        vm.assertEq(handler.asset().balanceOf(address(treasury)), treasury.totalBalance(), "tokens");
        string memory violation = handler.violation();
        vm.assertTrue(bytes(violation).length == 0, violation);
    }
}
