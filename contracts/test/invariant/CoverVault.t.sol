// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {TestToken} from "../../mocks/TestToken.sol";
import {CoverVault} from "../../src/bond/CoverVault.sol";
import {Test} from "../utils/Test.sol";

/// @notice Providers, policy holders, the assessor and passers-by at work on one vault.
contract CoverVaultHandler is Test {
    CoverVault public vault;
    TestToken public asset;
    address[] public actors;

    /// @notice What accepted claims have promised, with deposits, and what was collected of it.
    uint256 public promised;
    uint256 public collected;
    /// @notice What was seen that must never be; empty while all is well.
    string public violation;

    constructor() {
        vm.warp(1_700_000_000);
        asset = new TestToken("Dollar", "USD", 6);
        vault = new CoverVault(asset, address(this), 2 days, 50);
        vault.grantRole(vault.UNDERWRITER_ROLE(), address(this));
        for (uint256 i = 1; i <= 4; i++) {
            address actor = address(uint160(0xAC000 + i));
            actors.push(actor);
            vm.prank(actor);
            asset.approve(address(vault), type(uint256).max);
        }
    }

    function deposit(uint256 actor, uint256 amount) external {
        address provider = pick(actor);
        amount = bound(amount, 1, 1e12);
        asset.mint(provider, amount);
        vm.prank(provider);
        vault.deposit(amount, provider);
    }

    function donate(uint256 amount) external {
        asset.mint(address(vault), bound(amount, 0, 1e9));
    }

    function requestUnlock(uint256 actor, uint256 shares, bool isAll) external {
        address provider = pick(actor);
        uint256 balance = vault.balanceOf(provider);
        if (balance == 0) return;
        vm.prank(provider);
        vault.requestUnlock(isAll ? balance : bound(shares, 1, balance));
    }

    function transfer(uint256 from, uint256 to, uint256 shares) external {
        uint256 balance = vault.balanceOf(pick(from));
        vm.prank(pick(from));
        vault.transfer(pick(to), bound(shares, 0, balance));
        (uint256 unlocking,) = vault.unlockOf(pick(from));
        if (vault.balanceOf(pick(from)) < unlocking) violation = "shares left the queue by transfer";
    }

    function redeem(uint256 actor, uint256 shares, bool isAll, bool isPatient) external {
        address provider = pick(actor);
        (, uint48 readyAt) = vault.unlockOf(provider);
        if (isPatient && block.timestamp < readyAt) vm.warp(readyAt);
        uint256 most = vault.maxRedeem(provider);
        if (most == 0) return;
        uint256 open = vault.openClaims();
        vm.prank(provider);
        vault.redeem(isAll ? most : bound(shares, 1, most), provider, provider);
        if (open != 0) violation = "assets left while a claim was open";
    }

    function redeemTooMuch(uint256 actor, uint256 shares) external {
        address provider = pick(actor);
        uint256 most = vault.maxRedeem(provider);
        shares = bound(shares, 1, 1e12);
        vm.prank(provider);
        vault.redeem(shares, provider, provider);
        if (shares > most) violation = "redeemed more than the most";
    }

    function issue(uint256 holder, uint256 cover, uint32 term) external {
        vault.issuePolicy(pick(holder), bound(cover, 1, 1e12), uint48(block.timestamp + bound(term, 1, 10 days)));
    }

    function file(uint256 policy, uint256 to, uint256 amount) external {
        policy = findPolicy(policy);
        (address holder, uint256 cover,,) = vault.policyOf(policy);
        asset.mint(holder, 50);
        vm.prank(holder);
        vault.fileClaim(policy, pick(to), bound(amount, 1, 2 * cover), "evidence");
    }

    function decide(uint256 claim, bool accepted) external {
        claim = findOpen(claim);
        vault.decideClaim(claim, accepted);
        if (accepted) promise_(claim);
    }

    function settle(uint256 claim, bool isPatient) external {
        claim = findOpen(claim);
        (,,, uint48 decideBy,) = vault.claimOf(claim);
        if (isPatient && block.timestamp < decideBy) vm.warp(decideBy);
        vault.settleClaim(claim);
        promise_(claim);
    }

    function collect(uint256 to) external {
        uint256 owed = vault.payoutOf(pick(to));
        vault.collectPayout(pick(to));
        collected += owed;
    }

    function expire(uint256 policy, bool isPatient) external {
        policy = findPolicy(policy);
        (,, uint48 expiry,) = vault.policyOf(policy);
        uint256 end = expiry + vault.REPORT_PERIOD() + 1;
        if (isPatient && block.timestamp < end) vm.warp(end);
        vault.expirePolicy(policy);
    }

    function wait(uint256 time) external {
        vm.warp(block.timestamp + bound(time, 1, 3 days));
    }

    function actorCount() external view returns (uint256) {
        return actors.length;
    }

    function sumOfPayouts() external view returns (uint256 sum) {
        for (uint256 i; i < actors.length; i++) sum += vault.payoutOf(actors[i]);
    }

    function sumOfCover() external view returns (uint256 sum) {
        for (uint256 policy = 1; policy <= vault.policyCount(); policy++) {
            (, uint256 cover,,) = vault.policyOf(policy);
            sum += cover;
        }
    }

    function promise_(uint256 claim) private {
        (,, uint256 amount,,) = vault.claimOf(claim);
        promised += amount + 50;
    }

    // The first policy with cover left from a random place on, or just the one at that place.
    function findPolicy(uint256 index) private view returns (uint256) {
        uint256 count = vault.policyCount();
        for (uint256 i; i < count; i++) {
            uint256 policy = 1 + (index % count + i) % count;
            (, uint256 cover,,) = vault.policyOf(policy);
            if (cover != 0) return policy;
        }
        return 1 + index % count;
    }

    // The first open claim from a random place on, or just the one at that place.
    function findOpen(uint256 index) private view returns (uint256) {
        uint256 count = vault.claimCount();
        for (uint256 i; i < count; i++) {
            uint256 claim = 1 + (index % count + i) % count;
            (,,,, CoverVault.ClaimState state) = vault.claimOf(claim);
            if (state == CoverVault.ClaimState.Open) return claim;
        }
        return 1 + index % count;
    }

    function pick(uint256 actor) private view returns (address) {
        return actors[actor % actors.length];
    }
}

contract CoverVaultInvariant is Test {
    CoverVaultHandler internal handler;
    CoverVault internal vault;

    function setUp() public {
        handler = new CoverVaultHandler();
        vault = handler.vault();
        targetContract(address(handler));
    }

    /// @notice Never pays more than it has: the balance covers claimants and all cover in force.
    function invariant_the_vault_covers_all_it_owes() public view {
        uint256 balance = handler.asset().balanceOf(address(vault));
        vm.assertGe(balance, vault.heldForClaimants() + vault.coverInForce(), "balance covers claimants and cover");
        vm.assertEq(vault.coverInForce(), handler.sumOfCover(), "cover in force is the sum of policies");
        uint256 deposits = 50 * vault.openClaims();
        vm.assertEq(vault.heldForClaimants(), handler.sumOfPayouts() + deposits, "held = payouts + deposits");
        vm.assertEq(handler.promised(), handler.collected() + handler.sumOfPayouts(), "promised = paid + owed");
        string memory violation = handler.violation();
        vm.assertTrue(bytes(violation).length == 0, violation);
    }

    /// @notice Never strands a claim: after any history everyone is paid by waiting, with nobody's leave.
    function afterInvariant() public {
        vm.warp(block.timestamp + vault.DECISION_PERIOD());
        for (uint256 claim = 1; claim <= vault.claimCount(); claim++) {
            (,,,, CoverVault.ClaimState state) = vault.claimOf(claim);
            if (state == CoverVault.ClaimState.Open) vault.settleClaim(claim);
        }
        for (uint256 i; i < handler.actorCount(); i++) {
            if (vault.payoutOf(handler.actors(i)) != 0) vault.collectPayout(handler.actors(i));
        }
        vm.assertEq(vault.openClaims(), 0, "every claim is closed");
        vm.assertEq(handler.sumOfPayouts(), 0, "every payout is collected");
        vm.assertEq(vault.heldForClaimants(), 0, "nothing is kept from claimants");
    }
}
