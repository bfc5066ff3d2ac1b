// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {LiquidityBridge} from "../../src/bridge/LiquidityBridge.sol";
import {PairOracle} from "../../src/bridge/PairOracle.sol";
import {Guard} from "../../src/guard/Guard.sol";
import {PairFixture} from "../utils/PairFixture.sol";

contract LiquidityBridgeTest is PairFixture {
    PairOracle internal oracle;
    LiquidityBridge internal liquidity;

    function setUp() public {
        deployBridge(Guard.Level.Pause);
        deployPair(1_000 * WEI);
        oracle = new PairOracle(pair, 30 minutes);
        liquidity = new LiquidityBridge(admin, away, pair, wrapped, canonical, oracle, 200, 10);
        vm.warp(block.timestamp + 30 minutes);
        oracle.update();
        canonical.mint(address(liquidity), 500 * WEI);
        fund(alice, 100 * WEI);
        canonical.mint(bob, 5_000 * WEI);
        vm.prank(alice);
        wrapped.approve(address(liquidity), type(uint256).max);
        vm.prank(bob);
        canonical.approve(address(liquidity), type(uint256).max);
    }

    function test_the_oracle_reads_the_pool_at_par() public view {
        vm.assertEq(oracle.priceOf(address(wrapped)), 1e18, "equal reserves");
    }

    function test_wrapped_is_swapped_through_the_pair() public {
        uint256 expected = liquidity.quote(wrapped, 10 * WEI);
        vm.prank(alice);
        liquidity.swap(wrapped, 10 * WEI, expected, block.timestamp, alice);
        vm.assertEq(canonical.balanceOf(alice), expected, "received");
    }

    function test_canonical_is_swapped_and_sent_home() public {
        on(AWAY);
        uint256 expected = liquidity.quote(canonical, 10 * WEI);
        vm.prank(bob);
        liquidity.swapAndSend(10 * WEI, expected, block.timestamp, HOME, bob);
        deliver(awayToHome(0, address(liquidity), bob, expected));
        vm.assertEq(token.balanceOf(bob), expected, "released at home");
    }

    function test_inventory_pays_the_oracles_price_less_the_fee() public {
        vm.prank(alice);
        liquidity.redeem(100 * WEI, 0, alice);
        vm.assertEq(canonical.balanceOf(alice), 99.9e18, "0.1% fee");
    }

    function test_a_manipulated_pool_stops_every_trade() public {
        rawSwap(bob, false, 500 * WEI);
        vm.startPrank(alice);
        vm.expectPartialRevert(LiquidityBridge.PriceDeviation.selector);
        liquidity.redeem(10 * WEI, 0, alice);
        vm.expectPartialRevert(LiquidityBridge.PriceDeviation.selector);
        liquidity.swap(wrapped, 10 * WEI, 0, block.timestamp, alice);
        vm.stopPrank();
    }

    function test_a_trade_below_its_minimum_or_after_its_deadline_is_refused() public {
        vm.startPrank(alice);
        vm.expectPartialRevert(LiquidityBridge.TooLittleOut.selector);
        liquidity.swap(wrapped, 10 * WEI, 10 * WEI, block.timestamp, alice);
        vm.expectPartialRevert(LiquidityBridge.Expired.selector);
        liquidity.swap(wrapped, 10 * WEI, 0, block.timestamp - 1, alice);
        vm.stopPrank();
    }

    function test_the_average_moves_slower_than_the_pool() public {
        rawSwap(bob, false, 500 * WEI);
        vm.expectPartialRevert(PairOracle.TooEarly.selector);
        oracle.update();
        vm.assertGt(liquidity.spotPrice(), 2e18, "spot more than doubled");
        vm.assertEq(oracle.priceOf(address(wrapped)), 1e18, "average has not");
    }
}
