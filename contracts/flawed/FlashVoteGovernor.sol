// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title FlashVoteGovernor
/// @notice FLAWED (Beanstalk, 2022): votes count what the caller holds now, and a proposal with two thirds runs in
/// the same transaction, so borrowed tokens decide.
contract FlashVoteGovernor {
    event Proposed(uint256 indexed proposal, address target, bytes data);
    event Voted(uint256 indexed proposal, address indexed voter, uint256 votes);
    event Executed(uint256 indexed proposal);

    error AlreadyVoted(address voter);
    error TooFewVotes(uint256 votes, uint256 supply);
    error AlreadyExecuted(uint256 proposal);
    error CallFailed(uint256 proposal);

    struct Proposal {
        address target;
        bytes data;
        uint256 votes;
        bool executed;
    }

    IERC20 public immutable token;
    uint256 public proposalCount;
    mapping(uint256 proposal => Proposal) public proposalOf;
    mapping(uint256 proposal => mapping(address voter => bool)) public hasVoted;

    constructor(IERC20 token_) {
        token = token_;
    }

    /// @notice Proposes one call.
    function propose(address target, bytes calldata data) external returns (uint256 proposal) {
        proposal = ++proposalCount;
        proposalOf[proposal].target = target;
        proposalOf[proposal].data = data;
        emit Proposed(proposal, target, data);
    }

    /// @notice Votes for a proposal with the caller's balance of this moment.
    function vote(uint256 proposal) external {
        require(!hasVoted[proposal][msg.sender], AlreadyVoted(msg.sender));
        hasVoted[proposal][msg.sender] = true;
        uint256 votes = token.balanceOf(msg.sender);
        proposalOf[proposal].votes += votes;
        emit Voted(proposal, msg.sender, votes);
    }

    /// @notice Runs a proposal with two thirds of the supply behind it, at once.
    function execute(uint256 proposal) external {
        Proposal storage chosen = proposalOf[proposal];
        require(!chosen.executed, AlreadyExecuted(proposal));
        require(3 * chosen.votes >= 2 * token.totalSupply(), TooFewVotes(chosen.votes, token.totalSupply()));
        chosen.executed = true;
        (bool success,) = chosen.target.call(chosen.data);
        require(success, CallFailed(proposal));
        emit Executed(proposal);
    }
}
