// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ConcentratedPool} from "../../mocks/ConcentratedPool.sol";
import {LendingPool} from "../../mocks/LendingPool.sol";
import {PriceFeed} from "../../mocks/PriceFeed.sol";
import {TestToken} from "../../mocks/TestToken.sol";
import {TestVault} from "../../mocks/TestVault.sol";
import {Test} from "../utils/Test.sol";

/// Stand-ins for what readers meet on real chains say what the real ones would.
contract MocksTest is Test {
    function setUp() public {
        vm.warp(1_700_000_000);
    }

    function test_a_price_feed_answers_as_of_when_it_was_told() public {
        PriceFeed feed = new PriceFeed(8, 2_000e8);
        feed.setAt(1_000e8, block.timestamp - 40 hours);
        (uint80 round, int256 answer,, uint256 updatedAt,) = feed.latestRoundData();
        vm.assertEq(uint256(round), 2, "round");
        vm.assertEq(uint256(answer), 1_000e8, "answer");
        vm.assertEq(updatedAt, block.timestamp - 40 hours, "when");
    }

    function test_a_pool_averages_the_ticks_it_stood_at() public {
        ConcentratedPool pool = new ConcentratedPool(address(1), address(2), 2 ** 96, 0);
        vm.warp(block.timestamp + 100);
        pool.set(2 ** 95, -13_863);
        vm.warp(block.timestamp + 300);
        uint32[] memory ago = new uint32[](2);
        ago[0] = 400;
        (int56[] memory ticks,) = pool.observe(ago);
        vm.assertEq(uint256(int256(ticks[0] - ticks[1])), 13_863 * 300, "of 400 s, 300 at the new tick");
    }

    function test_a_lending_pool_keeps_the_supply_cap_where_aave_does() public {
        LendingPool pool = new LendingPool();
        pool.set(address(1), 0.05e27, 1_000);
        LendingPool.ReserveData memory data = pool.getReserveData(address(1));
        vm.assertEq(uint256(data.currentLiquidityRate), 0.05e27, "rate");
        vm.assertEq((data.configuration >> 116) & (2 ** 36 - 1), 1_000, "cap");
    }

    function test_a_vault_that_is_given_assets_is_worth_more_and_one_that_loses_them_less() public {
        TestToken asset = new TestToken("Dollar", "USD", 6);
        TestVault vault = new TestVault(asset);
        asset.mint(address(this), 2_000e6);
        asset.approve(address(vault), 1_000e6);
        vault.deposit(1_000e6, address(this));
        asset.transfer(address(vault), 100e6);
        vm.assertEq(vault.convertToAssets(1e6), 1.1e6 - 1, "a tenth more");
        vault.lose(200e6);
        vm.assertEq(vault.convertToAssets(1e6), 0.9e6, "a tenth less");
    }
}
