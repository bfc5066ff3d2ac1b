// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {TestToken} from "../../mocks/TestToken.sol";
import {CutwaterGovernor} from "../../src/govern/CutwaterGovernor.sol";
import {GovernanceToken} from "../../src/govern/GovernanceToken.sol";
import {Reserve} from "../../src/govern/Reserve.sol";
import {Timelock} from "../../src/govern/Timelock.sol";
import {Guard} from "../../src/guard/Guard.sol";
import {Test} from "../utils/Test.sol";

contract GovernTest is Test {
    address internal voter = address(0x51);
    address internal guardian = address(0x52);
    GovernanceToken internal votes;
    Timelock internal timelock;
    CutwaterGovernor internal governor;
    Reserve internal reserve;
    Guard internal guard;
    TestToken internal asset;

    address[] internal targets = new address[](1);
    uint256[] internal values = new uint256[](1);
    bytes[] internal calls = new bytes[](1);

    function setUp() public {
        vm.warp(1_700_000_000);
        votes = new GovernanceToken(voter, 1_000);
        timelock = new Timelock(2 days, new address[](0), new address[](1), address(this));
        governor = new CutwaterGovernor(votes, timelock, 1 days, 3 days, 10, 20);
        timelock.grantRole(timelock.PROPOSER_ROLE(), address(governor));
        timelock.renounceRole(timelock.DEFAULT_ADMIN_ROLE(), address(this));
        reserve = new Reserve(address(timelock));
        guard = new Guard(address(this), address(timelock), guardian, Guard.Level.Prove, 1 days);
        asset = new TestToken("Dollar", "USD", 6);
        asset.mint(address(reserve), 500);
        vm.prank(voter);
        votes.delegate(voter);
        vm.warp(block.timestamp + 1);
    }

    function test_loosening_takes_a_vote_and_the_timelock() public {
        aim(address(guard), abi.encodeCall(Guard.setLevel, (Guard.Level.Pause)));
        uint256 proposal = propose("loosen");
        vm.warp(block.timestamp + 1 days + 1);
        vm.prank(voter);
        governor.castVote(proposal, 1);
        vm.warp(block.timestamp + 3 days);
        governor.queue(targets, values, calls, keccak256("loosen"));
        vm.expectRevert();
        governor.execute(targets, values, calls, keccak256("loosen"));
        vm.warp(block.timestamp + 2 days);
        governor.execute(targets, values, calls, keccak256("loosen"));
        vm.assertTrue(guard.level() == Guard.Level.Pause, "loosened");
    }

    function test_the_reserve_backstops_by_vote_only() public {
        vm.expectRevert();
        reserve.backstop(asset, voter, 1, "");
        aim(address(reserve), abi.encodeCall(Reserve.backstop, (asset, guardian, 300, "incident")));
        uint256 proposal = propose("pay");
        vm.warp(block.timestamp + 1 days + 1);
        vm.prank(voter);
        governor.castVote(proposal, 1);
        vm.warp(block.timestamp + 3 days);
        governor.queue(targets, values, calls, keccak256("pay"));
        vm.warp(block.timestamp + 2 days);
        governor.execute(targets, values, calls, keccak256("pay"));
        vm.assertEq(asset.balanceOf(guardian), 300, "paid");
    }

    function test_borrowed_votes_do_not_count() public {
        aim(address(guard), abi.encodeCall(Guard.setLevel, (Guard.Level.None)));
        uint256 proposal = propose("steal");
        vm.warp(block.timestamp + 2 days);
        address borrower = address(0x53);
        vm.prank(voter);
        votes.transfer(borrower, 1_000);
        vm.startPrank(borrower);
        votes.delegate(borrower);
        vm.assertEq(governor.castVote(proposal, 1), 0, "held nothing at the snapshot");
        vm.stopPrank();
        vm.warp(block.timestamp + 3 days);
        vm.assertTrue(governor.state(proposal) == IGovernor.ProposalState.Defeated, "defeated");
    }

    function aim(address target, bytes memory data) private {
        targets[0] = target;
        calls[0] = data;
    }

    function propose(string memory description) private returns (uint256) {
        vm.prank(voter);
        return governor.propose(targets, values, calls, description);
    }
}
