// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {Escrow} from "../bridge/Escrow.sol";
import {AttestationLib} from "../libraries/AttestationLib.sol";
import {Message, MessageLib} from "../libraries/MessageLib.sol";

/// @title Bond
/// @notice Stake of signers and watchers. It stands on the source chain, where a lie is plain: whoever signed a
/// message this chain's escrow never sent is slashed by anyone who shows the signature. No owner, no vote.
contract Bond {
    using SafeERC20 for IERC20;
    using MessageLib for Message;

    /// @param active raw units staked
    /// @param unbonding raw units on the way out, slashable until withdrawn
    /// @param releaseTime unix seconds from which `unbonding` can be withdrawn
    struct Stake {
        uint256 active;
        uint256 unbonding;
        uint48 releaseTime;
    }

    event Staked(address indexed operator, address indexed payer, uint256 amount);
    event UnbondingStarted(address indexed operator, uint256 amount, uint48 releaseTime);
    event Withdrawn(address indexed operator, uint256 amount);
    event Slashed(address indexed operator, bytes32 indexed id, address indexed reporter, uint256 amount, uint256 reward);

    error ZeroAmount();
    error StakeTooSmall(uint256 requested, uint256 active);
    error StillUnbonding(uint48 releaseTime);
    error NothingStaked(address operator);
    error NotThisEscrow(uint256 chain, address bridge);
    error WasSent(bytes32 id);
    error AlreadySlashed(address operator, bytes32 id);
    error ShareTooLarge(uint256 shareBps);

    uint256 private constant BPS = 10_000;

    IERC20 public immutable asset;
    /// @notice The escrow whose record of sent messages is the proof.
    Escrow public immutable escrow;
    /// @notice Receives what is slashed, less the reporter's reward: the cover vault or the reserve.
    address public immutable beneficiary;
    /// @notice Seconds between asking for stake back and getting it; longer than fraud takes to be seen.
    uint32 public immutable unbondingDelay;
    /// @notice Share of the stake that one proven lie costs, basis points.
    uint256 public immutable slashBps;
    /// @notice Reporter's share of what is slashed, basis points; small, or an operator could slash itself.
    uint256 public immutable rewardBps;

    mapping(address operator => Stake) public stakeOf;
    mapping(address operator => mapping(bytes32 id => bool)) public wasSlashedFor;

    constructor(
        IERC20 asset_,
        Escrow escrow_,
        address beneficiary_,
        uint32 unbondingDelay_,
        uint256 slashBps_,
        uint256 rewardBps_
    ) {
        require(slashBps_ <= BPS, ShareTooLarge(slashBps_));
        require(rewardBps_ <= BPS / 2, ShareTooLarge(rewardBps_));
        asset = asset_;
        escrow = escrow_;
        beneficiary = beneficiary_;
        unbondingDelay = unbondingDelay_;
        slashBps = slashBps_;
        rewardBps = rewardBps_;
    }

    /// @notice Adds stake for `operator`, the address that signs; the caller pays.
    function stake(address operator, uint256 amount) external {
        require(amount != 0, ZeroAmount());
        stakeOf[operator].active += amount;
        asset.safeTransferFrom(msg.sender, address(this), amount);
        emit Staked(operator, msg.sender, amount);
    }

    /// @notice Starts to take out `amount`; restarts the delay for all that is already on its way.
    function startUnbonding(uint256 amount) external {
        Stake storage own = stakeOf[msg.sender];
        require(amount != 0, ZeroAmount());
        require(amount <= own.active, StakeTooSmall(amount, own.active));
        own.active -= amount;
        own.unbonding += amount;
        own.releaseTime = uint48(block.timestamp) + unbondingDelay;
        emit UnbondingStarted(msg.sender, own.unbonding, own.releaseTime);
    }

    /// @notice Takes out what has been unbonding for the whole delay.
    function withdraw() external {
        Stake storage own = stakeOf[msg.sender];
        uint256 amount = own.unbonding;
        require(amount != 0, ZeroAmount());
        require(block.timestamp >= own.releaseTime, StillUnbonding(own.releaseTime));
        own.unbonding = 0;
        asset.safeTransfer(msg.sender, amount);
        emit Withdrawn(msg.sender, amount);
    }

    /// @notice Slashes the verifier's signer who signed the id of a message that was never sent. Anyone may call.
    function slashSigner(Message calldata message, bytes calldata signature) external {
        bytes32 id = _requireNeverSent(message);
        _slash(ECDSA.recover(id, signature), id);
    }

    /// @notice Slashes the watcher who attested to a message that was never sent. Anyone may call.
    /// @param guard the guard on the destination chain the attestation was made for
    function slashWatcher(Message calldata message, address guard, bytes calldata signature) external {
        bytes32 id = _requireNeverSent(message);
        _slash(ECDSA.recover(AttestationLib.digest(id, message, guard), signature), id);
    }

    function _requireNeverSent(Message calldata message) private view returns (bytes32 id) {
        require(
            message.sourceChain == block.chainid && message.sourceBridge == address(escrow),
            NotThisEscrow(message.sourceChain, message.sourceBridge)
        );
        id = message.id();
        require(!escrow.wasSent(id), WasSent(id));
    }

    function _slash(address operator, bytes32 id) private {
        require(!wasSlashedFor[operator][id], AlreadySlashed(operator, id));
        wasSlashedFor[operator][id] = true;
        Stake storage own = stakeOf[operator];
        uint256 fromActive = own.active * slashBps / BPS;
        uint256 fromUnbonding = own.unbonding * slashBps / BPS;
        uint256 amount = fromActive + fromUnbonding;
        require(amount != 0, NothingStaked(operator));
        own.active -= fromActive;
        own.unbonding -= fromUnbonding;
        uint256 reward = amount * rewardBps / BPS;
        asset.safeTransfer(msg.sender, reward);
        asset.safeTransfer(beneficiary, amount - reward);
        emit Slashed(operator, id, msg.sender, amount, reward);
    }
}
