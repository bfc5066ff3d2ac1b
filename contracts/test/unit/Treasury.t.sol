// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {TestToken} from "../../mocks/TestToken.sol";
import {Treasury} from "../../src/govern/Treasury.sol";
import {Test} from "../utils/Test.sol";

contract TreasuryTest is Test {
    address internal controller = address(0x41);
    TestToken internal asset;
    Treasury internal treasury;

    function setUp() public {
        vm.warp(1_700_000_000);
        asset = new TestToken("Dollar", "USD", 6);
        uint256[3] memory floor = [uint256(2_000), 2_000, 1_000];
        uint256[3] memory cap = [uint256(6_000), 6_000, 4_000];
        treasury = new Treasury(asset, address(this), controller, floor, cap, 500);
        asset.mint(address(this), 10_001);
        asset.approve(address(treasury), type(uint256).max);
        treasury.deposit(10_001);
    }

    function test_a_deposit_is_split_40_40_20_to_the_last_unit() public view {
        assertBalances(4_000, 4_000, 2_001);
    }

    function test_the_standing_is_what_a_tilt_is_judged_by() public {
        vm.warp(block.timestamp + 30 minutes);
        (uint256[3] memory weights, uint256[3] memory floor, uint256[3] memory cap, uint256 changeBps) =
            treasury.standing();
        vm.assertEq(weights[0], 4_000, "weight");
        vm.assertEq(floor[1], 2_000, "floor");
        vm.assertEq(cap[2], 4_000, "cap");
        vm.assertEq(changeBps, 250, "speed");
    }

    function test_the_controller_tilts_within_speed() public {
        vm.warp(block.timestamp + 30 minutes);
        vm.startPrank(controller);
        vm.expectRevert(abi.encodeWithSelector(Treasury.TooFast.selector, Treasury.Layer.Near, 251, 250));
        treasury.tilt([uint256(4_251), 3_749, 2_000]);
        treasury.tilt([uint256(4_250), 3_750, 2_000]);
        vm.expectRevert(abi.encodeWithSelector(Treasury.TooFast.selector, Treasury.Layer.Near, 1, 0));
        treasury.tilt([uint256(4_251), 3_749, 2_000]);
        vm.stopPrank();
        assertBalances(4_250, 3_750, 2_001);
    }

    function test_weights_stay_within_bounds_and_whole() public {
        for (uint256 i = 1; i <= 4; i++) {
            vm.warp(block.timestamp + 10 hours);
            vm.prank(controller);
            treasury.tilt([4_000 + 500 * i, 4_000 - 500 * i, 2_000]);
        }
        vm.warp(block.timestamp + 1 hours);
        vm.startPrank(controller);
        vm.expectPartialRevert(Treasury.OutOfBounds.selector);
        treasury.tilt([uint256(6_001), 2_000, 1_999]);
        vm.expectRevert(abi.encodeWithSelector(Treasury.WeightsNotWhole.selector, 9_999));
        treasury.tilt([uint256(6_000), 2_000, 1_999]);
        vm.stopPrank();
    }

    function test_only_the_controller_tilts_and_only_the_owner_spends() public {
        vm.expectRevert(abi.encodeWithSelector(Treasury.NotController.selector, address(this)));
        treasury.tilt([uint256(4_000), 4_000, 2_000]);
        vm.prank(controller);
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, controller));
        treasury.spend(Treasury.Layer.Near, controller, 1);
        treasury.spend(Treasury.Layer.Near, controller, 1_000);
        vm.assertEq(asset.balanceOf(controller), 1_000, "spent");
        vm.expectRevert(abi.encodeWithSelector(Treasury.LayerTooSmall.selector, Treasury.Layer.Near, 3_001, 3_000));
        treasury.spend(Treasury.Layer.Near, controller, 3_001);
    }

    function test_bounds_must_admit_the_weights_in_force() public {
        vm.expectPartialRevert(Treasury.OutOfBounds.selector);
        treasury.setBounds([uint256(5_000), 2_000, 1_000], [uint256(6_000), 6_000, 4_000], 500);
    }

    function assertBalances(uint256 near, uint256 mid, uint256 far) private view {
        uint256[3] memory balances = treasury.balances();
        vm.assertEq(balances[0], near, "near");
        vm.assertEq(balances[1], mid, "mid");
        vm.assertEq(balances[2], far, "far");
    }
}
