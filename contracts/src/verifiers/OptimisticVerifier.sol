// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Message, MessageLib} from "../libraries/MessageLib.sol";
import {IVerifier} from "./IVerifier.sol";

/// @title OptimisticVerifier
/// @notice A bonded proposer claims that a message was sent; the claim stands unless someone with an equal bond
/// challenges it within the window. An arbiter settles a challenge, the loser's bond goes to the winner. Nothing
/// here can be paused: proposing, challenging and getting a bond back are always open.
contract OptimisticVerifier is IVerifier {
    using SafeERC20 for IERC20;
    using MessageLib for Message;

    enum State {
        None,
        Proposed,
        Challenged,
        Accepted,
        Rejected
    }

    /// @param deadline end of the challenge window, or of the arbiter's time once challenged
    struct Proposal {
        address proposer;
        address challenger;
        uint48 deadline;
        State state;
    }

    event Proposed(bytes32 indexed id, address indexed proposer, uint48 deadline, Message message);
    event Challenged(bytes32 indexed id, address indexed challenger, uint48 deadline);
    event Resolved(bytes32 indexed id, bool fraudulent, address indexed winner);
    event Voided(bytes32 indexed id);
    event BondReclaimed(bytes32 indexed id, address indexed proposer);

    error WindowTooShort(uint32 window, uint32 minimum);
    error WrongState(bytes32 id, State state);
    error WindowClosed(bytes32 id, uint48 deadline);
    error WindowOpen(bytes32 id, uint48 deadline);
    error NotArbiter(address caller);

    IERC20 public immutable bondToken;
    uint256 public immutable bondAmount;
    uint32 public immutable window;
    uint32 public immutable arbitrationPeriod;
    address public immutable arbiter;

    mapping(bytes32 id => Proposal) public proposalOf;

    constructor(IERC20 bondToken_, uint256 bondAmount_, uint32 window_, uint32 arbitrationPeriod_, address arbiter_) {
        require(window_ >= minimumWindow(), WindowTooShort(window_, minimumWindow()));
        bondToken = bondToken_;
        bondAmount = bondAmount_;
        window = window_;
        arbitrationPeriod = arbitrationPeriod_;
        arbiter = arbiter_;
    }

    /// @notice Shortest challenge window allowed, seconds: time to detect, decide and be included when congested.
    function minimumWindow() public pure virtual returns (uint32) {
        return 30 minutes;
    }

    /// @notice Claims that `message` was sent, with a bond; opens the challenge window.
    function propose(Message calldata message) external returns (bytes32 id) {
        id = message.id();
        _requireState(id, State.None);
        uint48 deadline = uint48(block.timestamp) + window;
        proposalOf[id] = Proposal(msg.sender, address(0), deadline, State.Proposed);
        bondToken.safeTransferFrom(msg.sender, address(this), bondAmount);
        emit Proposed(id, msg.sender, deadline, message);
    }

    /// @notice Disputes a proposal within its window, with an equal bond.
    function challenge(bytes32 id) external {
        _requireState(id, State.Proposed);
        Proposal storage proposal = proposalOf[id];
        require(block.timestamp < proposal.deadline, WindowClosed(id, proposal.deadline));
        proposal.state = State.Challenged;
        proposal.challenger = msg.sender;
        proposal.deadline = uint48(block.timestamp) + arbitrationPeriod;
        bondToken.safeTransferFrom(msg.sender, address(this), bondAmount);
        emit Challenged(id, msg.sender, proposal.deadline);
    }

    /// @notice Settles a challenge; both bonds go to the winner. Arbiter only, until its time is over.
    function resolve(bytes32 id, bool fraudulent) external {
        require(msg.sender == arbiter, NotArbiter(msg.sender));
        _requireState(id, State.Challenged);
        Proposal storage proposal = proposalOf[id];
        require(block.timestamp < proposal.deadline, WindowClosed(id, proposal.deadline));
        proposal.state = fraudulent ? State.Rejected : State.Accepted;
        address winner = fraudulent ? proposal.challenger : proposal.proposer;
        bondToken.safeTransfer(winner, 2 * bondAmount);
        emit Resolved(id, fraudulent, winner);
    }

    /// @notice Clean-up, open to all: a challenge the arbiter left unsettled is void and both bonds go back.
    function voidUnresolved(bytes32 id) external {
        _requireState(id, State.Challenged);
        Proposal memory proposal = proposalOf[id];
        require(block.timestamp >= proposal.deadline, WindowOpen(id, proposal.deadline));
        delete proposalOf[id];
        bondToken.safeTransfer(proposal.proposer, bondAmount);
        bondToken.safeTransfer(proposal.challenger, bondAmount);
        emit Voided(id);
    }

    /// @notice Clean-up, open to all: sends the bond of a proposal that stood back to its proposer.
    function reclaimBond(bytes32 id) external {
        _requireState(id, State.Proposed);
        Proposal storage proposal = proposalOf[id];
        require(block.timestamp >= proposal.deadline, WindowOpen(id, proposal.deadline));
        proposal.state = State.Accepted;
        bondToken.safeTransfer(proposal.proposer, bondAmount);
        emit BondReclaimed(id, proposal.proposer);
    }

    /// @inheritdoc IVerifier
    /// @dev `proof` is not read: the proposal on record is the proof.
    function verify(bytes32 id, Message calldata, bytes calldata) external view returns (bool) {
        Proposal storage proposal = proposalOf[id];
        return proposal.state == State.Accepted
            || (proposal.state == State.Proposed && block.timestamp >= proposal.deadline);
    }

    function _requireState(bytes32 id, State state) private view {
        require(proposalOf[id].state == state, WrongState(id, proposalOf[id].state));
    }
}
