// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {TestToken} from "../../mocks/TestToken.sol";
import {CoverAuction} from "../../src/bond/CoverAuction.sol";
import {CoverVault} from "../../src/bond/CoverVault.sol";
import {Test} from "../utils/Test.sol";

contract CoverAuctionTest is Test {
    address internal underwriter = address(0x31);
    address internal second = address(0x32);
    address internal holder = address(0x33);
    TestToken internal asset;
    CoverVault internal vault;
    CoverAuction internal auction;
    uint256 internal sale;

    function setUp() public {
        vm.warp(1_700_000_000);
        asset = new TestToken("Dollar", "USD", 6);
        vault = new CoverVault(asset, address(this), 10 days, 0);
        auction = new CoverAuction(vault, address(this));
        vault.grantRole(vault.UNDERWRITER_ROLE(), address(auction));
        give(address(this));
        give(underwriter);
        give(second);
        sale = auction.open(CoverAuction.Terms(1_000, 1e18, 0.9e18, 1 days, 90 days, holder));
    }

    function test_the_price_falls_in_a_straight_line() public {
        vm.assertEq(auction.priceOf(sale), 1e18, "par");
        vm.warp(block.timestamp + 12 hours);
        vm.assertEq(auction.priceOf(sale), 0.95e18, "half way");
        vm.warp(block.timestamp + 2 days);
        vm.assertEq(auction.priceOf(sale), 0.9e18, "reserve");
    }

    function test_the_discount_is_the_underwriters_premium() public {
        vm.warp(block.timestamp + 12 hours);
        buy(underwriter, 400);
        vm.assertEq(asset.balanceOf(underwriter), 10_000 - 380, "pays 0.95");
        vm.assertEq(vault.totalAssets(), 400, "the vault gets par");
    }

    function test_a_sold_out_auction_becomes_a_policy_and_returns_the_rest_of_the_pot() public {
        vm.assertEq(asset.balanceOf(address(this)), 9_900, "pot of a tenth");
        buy(underwriter, 600);
        vm.expectRevert(abi.encodeWithSelector(CoverAuction.AuctionRunning.selector, sale));
        auction.settle(sale);
        vm.warp(block.timestamp + 12 hours);
        buy(second, 600);
        vm.assertEq(vault.totalAssets(), 1_000, "no more than the target");
        auction.settle(sale);
        vm.assertEq(asset.balanceOf(address(this)), 9_980, "20 of premium spent");
        vm.assertEq(vault.coverInForce(), 1_000, "covered");
        (address covered,,,) = vault.policyOf(1);
        vm.assertEq(covered, holder, "holder");
        vm.expectRevert(abi.encodeWithSelector(CoverAuction.AuctionOver.selector, sale));
        auction.settle(sale);
    }

    function test_shares_are_collected_after_the_policy_has_ended() public {
        buy(underwriter, 1_000);
        auction.settle(sale);
        vm.warp(block.timestamp + 90 days + 14 days);
        vm.startPrank(underwriter);
        vm.expectPartialRevert(CoverAuction.NotMature.selector);
        auction.collect(sale);
        vm.warp(block.timestamp + 1);
        auction.collect(sale);
        vault.requestUnlock(1_000);
        vm.warp(block.timestamp + 10 days);
        vm.assertEq(vault.maxRedeem(underwriter), 0, "cover still booked");
        vault.expirePolicy(1);
        vault.redeem(1_000, underwriter, underwriter);
        vm.stopPrank();
        vm.assertEq(asset.balanceOf(underwriter), 10_000, "capital back");
    }

    function test_an_auction_nobody_came_to_returns_the_whole_pot() public {
        vm.warp(block.timestamp + 1 days);
        vm.expectRevert(abi.encodeWithSelector(CoverAuction.AuctionOver.selector, sale));
        auction.bid(sale, 1, 1e18);
        auction.settle(sale);
        vm.assertEq(asset.balanceOf(address(this)), 10_000, "returned");
        vm.assertEq(vault.policyCount(), 0, "no policy");
    }

    function test_a_bid_is_safe_from_a_higher_price() public {
        vm.prank(underwriter);
        vm.expectRevert(abi.encodeWithSelector(CoverAuction.PriceAboveMaximum.selector, 1e18, 0.95e18));
        auction.bid(sale, 1, 0.95e18);
    }

    function test_impossible_terms_are_refused() public {
        vm.expectPartialRevert(CoverAuction.PriceOutOfRange.selector);
        auction.open(CoverAuction.Terms(1, 1.1e18, 0.9e18, 1, 1, holder));
        vm.expectPartialRevert(CoverAuction.PriceOutOfRange.selector);
        auction.open(CoverAuction.Terms(1, 0.9e18, 1e18, 1, 1, holder));
        vm.expectPartialRevert(CoverAuction.UnknownAuction.selector);
        auction.priceOf(7);
    }

    function buy(address buyer, uint256 capital) private {
        vm.prank(buyer);
        auction.bid(sale, capital, 1e18);
    }

    function give(address account) private {
        asset.mint(account, 10_000);
        vm.prank(account);
        asset.approve(address(auction), type(uint256).max);
    }
}
