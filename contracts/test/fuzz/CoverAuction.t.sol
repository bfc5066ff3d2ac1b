// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {TestToken} from "../../mocks/TestToken.sol";
import {CoverAuction} from "../../src/bond/CoverAuction.sol";
import {CoverVault} from "../../src/bond/CoverVault.sol";
import {Test} from "../utils/Test.sol";

contract CoverAuctionFuzz is Test {
    TestToken internal asset;
    CoverVault internal vault;
    CoverAuction internal auction;

    function setUp() public {
        vm.warp(1_700_000_000);
        asset = new TestToken("Dollar", "USD", 6);
        vault = new CoverVault(asset, address(this), 10 days, 0);
        auction = new CoverAuction(vault, address(this));
        vault.grantRole(vault.UNDERWRITER_ROLE(), address(auction));
        asset.mint(address(this), type(uint128).max);
        asset.approve(address(auction), type(uint256).max);
    }

    /// @notice Law: however the capital is split into bids, the pot covers every premium and all money is accounted.
    function testFuzz_money_is_conserved(
        uint96 target,
        uint64 startPrice,
        uint64 reservePrice,
        uint96[6] calldata bids,
        uint16[6] calldata gaps
    ) public {
        CoverAuction.Terms memory terms;
        terms.target = bound(target, 1, type(uint96).max);
        terms.startPrice = bound(startPrice, 1, 1e18);
        terms.reservePrice = bound(reservePrice, 1, terms.startPrice);
        terms.duration = 1 days;
        terms.term = 30 days;
        terms.holder = address(this);
        uint256 before = asset.balanceOf(address(this));
        uint256 sale = auction.open(terms);
        uint256 last = type(uint256).max;
        for (uint256 i; i < bids.length; i++) {
            vm.warp(block.timestamp + gaps[i]);
            if (auction.isOver(sale)) break;
            vm.assertLe(auction.priceOf(sale), last, "price never rises");
            last = auction.priceOf(sale);
            auction.bid(sale, bids[i], last);
        }
        vm.warp(block.timestamp + 1 days);
        auction.settle(sale);
        (, uint256 sold,,,) = auction.saleOf(sale);
        vm.assertEq(before - asset.balanceOf(address(this)), sold, "premium paid by one hand came to the other");
        vm.assertEq(vault.totalAssets(), sold, "the vault holds what was sold at par");
        vm.assertEq(asset.balanceOf(address(auction)), 0, "nothing left behind");
        vm.assertEq(vault.coverInForce(), sold, "all of it covers");
    }
}
