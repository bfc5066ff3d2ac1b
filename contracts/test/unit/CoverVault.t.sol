// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {TestToken} from "../../mocks/TestToken.sol";
import {CoverVault} from "../../src/bond/CoverVault.sol";
import {Test} from "../utils/Test.sol";

contract CoverVaultTest is Test {
    address internal provider = address(0x21);
    address internal other = address(0x22);
    address internal holder = address(0x23);
    address internal victim = address(0x24);
    TestToken internal asset;
    CoverVault internal vault;

    function setUp() public {
        vm.warp(1_700_000_000);
        asset = new TestToken("Dollar", "USD", 6);
        vault = new CoverVault(asset, address(this), 10 days, 50);
        vault.grantRole(vault.UNDERWRITER_ROLE(), address(this));
        give(provider, 1_000);
        give(holder, 1_000);
        vm.prank(provider);
        vault.deposit(1_000, provider);
    }

    function test_cover_is_sold_only_against_assets() public {
        issue(700);
        vm.expectRevert(abi.encodeWithSelector(CoverVault.CoverAboveAssets.selector, 301, 300));
        issue(301);
        issue(300);
    }

    function test_shares_wait_their_delay_and_then_have_a_window() public {
        vm.prank(provider);
        vault.requestUnlock(500);
        vm.assertEq(vault.maxRedeem(provider), 0, "waiting");
        vm.warp(block.timestamp + 10 days);
        vm.assertEq(vault.maxRedeem(provider), 500, "ready");
        vm.prank(provider);
        vault.redeem(200, provider, provider);
        vm.assertEq(vault.maxRedeem(provider), 300, "rest");
        vm.warp(block.timestamp + 7 days);
        vm.assertEq(vault.maxRedeem(provider), 0, "window over");
    }

    function test_shares_in_the_queue_stay_where_they_are() public {
        vm.startPrank(provider);
        vault.requestUnlock(800);
        vault.transfer(other, 200);
        vm.expectRevert(abi.encodeWithSelector(CoverVault.SharesUnlocking.selector, provider, 800));
        vault.transfer(other, 1);
        vault.cancelUnlock();
        vault.transfer(other, 800);
        vm.stopPrank();
    }

    function test_assets_behind_cover_do_not_leave() public {
        issue(700);
        unlockAll(provider);
        vm.assertEq(vault.maxRedeem(provider), 300, "free assets only");
        vm.prank(provider);
        vm.expectPartialRevert(ERC4626.ERC4626ExceededMaxRedeem.selector);
        vault.redeem(301, provider, provider);
    }

    function test_an_accepted_claim_is_paid_in_full_with_its_deposit() public {
        uint256 claim = file(issue(700), 600);
        vm.assertEq(vault.totalAssets(), 1_000, "the deposit belongs to no share");
        vault.decideClaim(claim, true);
        vm.assertEq(vault.totalAssets(), 400, "shares bear the loss");
        vm.assertEq(vault.coverInForce(), 100, "cover used up");
        vault.collectPayout(victim);
        vm.assertEq(asset.balanceOf(victim), 650, "claim and deposit");
    }

    function test_a_rejected_claim_forfeits_its_deposit() public {
        uint256 policy = issue(700);
        vault.decideClaim(file(policy, 600), false);
        vm.assertEq(vault.totalAssets(), 1_050, "to the shares");
        vm.assertEq(vault.coverInForce(), 700, "cover stays");
        file(policy, 700);
    }

    function test_an_undecided_claim_is_paid_by_silence() public {
        uint256 claim = file(issue(700), 600);
        vm.expectRevert(abi.encodeWithSelector(CoverVault.DecisionPending.selector, claim));
        vault.settleClaim(claim);
        vm.warp(block.timestamp + 7 days);
        vm.expectRevert(abi.encodeWithSelector(CoverVault.DecisionOver.selector, claim));
        vault.decideClaim(claim, false);
        vault.settleClaim(claim);
        vm.assertEq(vault.payoutOf(victim), 650, "owed");
        vm.expectRevert(abi.encodeWithSelector(CoverVault.ClaimNotOpen.selector, claim));
        vault.settleClaim(claim);
    }

    function test_nothing_leaves_while_a_claim_is_open() public {
        uint256 policy = issue(100);
        unlockAll(provider);
        vm.assertEq(vault.maxRedeem(provider), 900, "before");
        uint256 claim = file(policy, 100);
        vm.assertEq(vault.maxRedeem(provider), 0, "open");
        vault.decideClaim(claim, true);
        vm.assertEq(vault.maxRedeem(provider), 1_000, "decided: nothing is covered any more");
    }

    function test_a_policy_ends_after_its_reporting_period() public {
        uint256 policy = issue(700);
        vm.warp(block.timestamp + 30 days + 14 days);
        vm.expectRevert(abi.encodeWithSelector(CoverVault.PolicyRunning.selector, policy));
        vault.expirePolicy(policy);
        uint256 claim = file(policy, 10);
        vm.warp(block.timestamp + 1);
        vm.expectRevert(abi.encodeWithSelector(CoverVault.ClaimOpen.selector, policy));
        vault.expirePolicy(policy);
        vault.decideClaim(claim, true);
        vault.expirePolicy(policy);
        vm.assertEq(vault.coverInForce(), 0, "freed");
        vm.prank(holder);
        vm.expectRevert(abi.encodeWithSelector(CoverVault.ClaimAboveCover.selector, 1, 0));
        vault.fileClaim(policy, victim, 1, "late");
    }

    function test_only_the_holder_claims_and_not_above_the_cover() public {
        uint256 policy = issue(700);
        vm.expectRevert(abi.encodeWithSelector(CoverVault.NotHolder.selector, address(this)));
        vault.fileClaim(policy, victim, 1, "");
        vm.startPrank(holder);
        vm.expectRevert(abi.encodeWithSelector(CoverVault.ClaimAboveCover.selector, 701, 700));
        vault.fileClaim(policy, victim, 701, "");
        vm.expectRevert(abi.encodeWithSelector(CoverVault.ZeroRecipient.selector));
        vault.fileClaim(policy, address(vault), 1, "");
        vm.stopPrank();
    }

    function test_a_wiped_out_vault_takes_no_new_money() public {
        vault.decideClaim(file(issue(1_000), 1_000), true);
        vm.assertEq(vault.totalAssets(), 0, "all paid");
        vm.assertEq(vault.maxDeposit(other), 0, "closed");
        vm.assertEq(vault.maxMint(other), 0, "closed");
    }

    function issue(uint256 cover) private returns (uint256) {
        return vault.issuePolicy(holder, cover, uint48(block.timestamp) + 30 days);
    }

    function file(uint256 policy, uint256 amount) private returns (uint256) {
        vm.prank(holder);
        return vault.fileClaim(policy, victim, amount, "tx 0xbad");
    }

    function unlockAll(address owner) private {
        uint256 shares = vault.balanceOf(owner);
        vm.prank(owner);
        vault.requestUnlock(shares);
        vm.warp(block.timestamp + 10 days);
    }

    function give(address account, uint256 amount) private {
        asset.mint(account, amount);
        vm.prank(account);
        asset.approve(address(vault), type(uint256).max);
    }
}
