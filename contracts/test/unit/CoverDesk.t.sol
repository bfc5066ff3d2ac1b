// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {TestToken} from "../../mocks/TestToken.sol";
import {CoverAuction} from "../../src/bond/CoverAuction.sol";
import {CoverDesk} from "../../src/bond/CoverDesk.sol";
import {CoverVault} from "../../src/bond/CoverVault.sol";
import {Test} from "../utils/Test.sol";

contract CoverDeskTest is Test {
    address internal keeper = address(0x41);
    address internal underwriter = address(0x42);
    address internal holder = address(0x43);
    TestToken internal asset;
    CoverVault internal vault;
    CoverAuction internal auctions;
    CoverDesk internal desk;

    function setUp() public {
        vm.warp(1_700_000_000);
        asset = new TestToken("Dollar", "USD", 6);
        vault = new CoverVault(asset, address(this), 10 days, 0);
        auctions = new CoverAuction(vault, address(this));
        vault.grantRole(vault.UNDERWRITER_ROLE(), address(auctions));
        CoverDesk.Terms memory terms = CoverDesk.Terms(1e18, 0.9e18, 1 days, 90 days, holder, 5_000);
        desk = new CoverDesk(auctions, address(this), keeper, terms);
        auctions.transferOwnership(address(desk));
        asset.mint(address(desk), 200);
        asset.mint(underwriter, 10_000);
        vm.prank(underwriter);
        asset.approve(address(auctions), type(uint256).max);
    }

    function test_the_keeper_raises_and_the_pot_comes_from_the_desk() public {
        vm.prank(keeper);
        uint256 sale = desk.raise(1_000);
        vm.assertEq(asset.balanceOf(address(desk)), 100, "a pot of a tenth");
        (uint256 raising, uint256 most, uint8 decimals) = desk.standing();
        vm.assertEq(raising, 1_000, "on its way");
        vm.assertEq(most, 1_000, "what the rest of the premium pays for");
        vm.assertEq(uint256(decimals), 6, "decimals");
        vm.prank(underwriter);
        auctions.bid(sale, 1_000, 1e18);
        auctions.settle(sale);
        vm.assertEq(vault.coverInForce(), 1_000, "covered");
        (raising,,) = desk.standing();
        vm.assertEq(raising, 0, "over");
        vm.assertEq(asset.balanceOf(address(desk)), 200, "at par nothing is spent");
    }

    function test_one_auction_at_a_time_and_one_that_is_over_is_settled_first() public {
        vm.startPrank(keeper);
        uint256 sale = desk.raise(500);
        vm.expectRevert(abi.encodeWithSelector(CoverDesk.AlreadyRaising.selector, sale));
        desk.raise(500);
        vm.warp(block.timestamp + 2 days);
        desk.raise(2_000);
        vm.stopPrank();
        vm.assertEq(auctions.auctionCount(), 2, "the second runs");
    }

    function test_no_more_than_the_terms_and_the_premium_money_allow() public {
        vm.startPrank(keeper);
        vm.expectRevert(abi.encodeWithSelector(CoverDesk.CapitalOutOfRange.selector, 2_001, 2_000));
        desk.raise(2_001);
        asset.mint(address(desk), 10_000);
        vm.expectRevert(abi.encodeWithSelector(CoverDesk.CapitalOutOfRange.selector, 5_001, 5_000));
        desk.raise(5_001);
        vm.expectRevert(abi.encodeWithSelector(CoverDesk.CapitalOutOfRange.selector, 0, 5_000));
        desk.raise(0);
        vm.stopPrank();
    }

    function test_only_the_keeper_raises_and_only_the_owner_does_the_rest() public {
        vm.expectRevert(abi.encodeWithSelector(CoverDesk.NotKeeper.selector, address(this)));
        desk.raise(1);
        vm.startPrank(keeper);
        bytes memory refusal = abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, keeper);
        CoverDesk.Terms memory own = desk.terms();
        vm.expectRevert(refusal);
        desk.setTerms(own);
        vm.expectRevert(refusal);
        desk.setKeeper(keeper);
        vm.expectRevert(refusal);
        desk.withdraw(keeper, 1);
        vm.stopPrank();
        desk.withdraw(address(this), 200);
        vm.assertEq(asset.balanceOf(address(this)), 200, "taken back");
    }
}
