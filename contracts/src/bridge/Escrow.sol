// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {IERC7802} from "@openzeppelin/contracts/interfaces/draft-IERC7802.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IGuard} from "../guard/IGuard.sol";
import {Message, MessageLib} from "../libraries/MessageLib.sol";
import {IVerifier} from "../verifiers/IVerifier.sol";

/// @title Escrow
/// @notice The bridge on one chain: locks home tokens, burns wrapped ones, and pays the other side's messages once
/// the verifier believes them and the guard lets them pass. The owner is the timelock.
contract Escrow is Ownable2Step, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;
    using MessageLib for Message;

    /// @notice Where a message stands on its destination chain.
    enum Status {
        None,
        Held,
        Paid,
        Cancelled
    }

    /// @notice Out leg of a home token.
    event Locked(
        bytes32 indexed id,
        uint256 nonce,
        uint256 destinationChain,
        address tokenSource,
        address token,
        address indexed sender,
        address indexed beneficiary,
        uint256 amount
    );
    /// @notice Out leg of a wrapped token.
    event Burned(
        bytes32 indexed id,
        uint256 nonce,
        uint256 destinationChain,
        address tokenSource,
        address token,
        address indexed sender,
        address indexed beneficiary,
        uint256 amount
    );
    /// @notice In leg of a wrapped token.
    event Minted(
        bytes32 indexed id,
        uint256 nonce,
        uint256 sourceChain,
        address tokenSource,
        address token,
        address indexed sender,
        address indexed beneficiary,
        uint256 amount
    );
    /// @notice In leg of a home token.
    event Released(
        bytes32 indexed id,
        uint256 nonce,
        uint256 sourceChain,
        address tokenSource,
        address token,
        address indexed sender,
        address indexed beneficiary,
        uint256 amount
    );
    event Cancelled(bytes32 indexed id);
    event Refunded(bytes32 indexed id, address indexed token, address indexed sender, uint256 amount);
    event PeerSet(uint256 indexed chain, address peer);
    event TokenMapped(address indexed token, uint256 indexed chain, address counterpart, bool wrapped);
    event VerifierSet(address verifier);
    event GuardSet(address guard);

    error UnmappedToken(address token, uint256 chain);
    error UnknownPeer(uint256 chain, address peer);
    error WrongDestination(uint256 chain, address bridge);
    error ZeroAmount();
    error ZeroBeneficiary();
    error Replay(bytes32 id, Status status);
    error Unverified(bytes32 id);
    error NotHeld(bytes32 id, Status status);
    error NeverSent(bytes32 id);
    error AlreadyRefunded(bytes32 id);
    error BackingGap(address token, uint256 locked, uint256 amount);

    IVerifier public verifier;
    IGuard public guard;

    /// @notice How many messages this escrow has sent; the next message's nonce.
    uint256 public nonce;
    /// @notice The escrow on another chain.
    mapping(uint256 chain => address) public peerOf;
    /// @notice A token's contract on another chain.
    mapping(address token => mapping(uint256 chain => address)) public counterpartOf;
    /// @notice True for tokens this escrow mints and burns, false for home tokens.
    mapping(address token => bool) public isWrapped;
    /// @notice Home tokens locked and not yet released, raw units.
    mapping(address token => uint256) public lockedOf;
    /// @notice Whether this escrow sent the message: the fact a signer is held to.
    mapping(bytes32 id => bool) public wasSent;
    /// @notice Whether the message was taken back on this, its source chain.
    mapping(bytes32 id => bool) public wasRefunded;
    /// @notice Where an incoming message stands.
    mapping(bytes32 id => Status) public statusOf;

    constructor(address owner) Ownable(owner) {}

    /// @notice Out leg: locks or burns `amount` of `token` for `beneficiary` on `destinationChain`.
    /// @dev A home token needs an allowance. A token that keeps a fee counts with what arrived.
    /// @return id the message's id
    function send(address token, uint256 destinationChain, address beneficiary, uint256 amount)
        external
        nonReentrant
        returns (bytes32 id)
    {
        Message memory message = _outgoing(token, destinationChain, beneficiary);
        message.amount = _take(token, amount);
        require(message.amount != 0, ZeroAmount());
        id = message.id();
        wasSent[id] = true;
        guard.checkOut(id, token, message.amount);
        _emitOut(id, message);
    }

    /// @notice In leg: verifies a message and pays it, or puts it on hold. Anyone may call.
    /// @param proof for the verifier
    /// @param attestations for the guard, ordered by signer address; may be empty
    /// @return paid false if the guard holds the message; then see `execute`
    function release(Message calldata message, bytes calldata proof, bytes[] calldata attestations)
        external
        nonReentrant
        returns (bool paid)
    {
        bytes32 id = message.id();
        _requireRoute(message);
        _requireFresh(id);
        statusOf[id] = Status.Held;
        require(verifier.verify(id, message, proof), Unverified(id));
        paid = guard.admit(id, message, attestations);
        if (paid) _pay(id, message);
    }

    /// @notice Pays a held message that is due, or that fits by now. Anyone may call.
    /// @param attestations for the guard, which may have come late; may be empty
    function execute(Message calldata message, bytes[] calldata attestations) external nonReentrant {
        bytes32 id = message.id();
        require(statusOf[id] == Status.Held, NotHeld(id, statusOf[id]));
        guard.endHold(id, message, attestations);
        _pay(id, message);
    }

    /// @notice Clean-up: drops a held message for good. Owner only; works while paused.
    function cancel(bytes32 id) external onlyOwner {
        require(statusOf[id] == Status.Held, NotHeld(id, statusOf[id]));
        statusOf[id] = Status.Cancelled;
        guard.dropHold(id);
        emit Cancelled(id);
    }

    /// @notice Clean-up: gives the sender back what a cancelled message took. Owner only, on the source chain,
    /// after the message was cancelled on its destination; works while paused.
    function refund(Message calldata message) external nonReentrant onlyOwner {
        bytes32 id = message.id();
        require(wasSent[id], NeverSent(id));
        require(!wasRefunded[id], AlreadyRefunded(id));
        wasRefunded[id] = true;
        _give(message.tokenSource, message.sender, message.amount);
        emit Refunded(id, message.tokenSource, message.sender, message.amount);
    }

    /// @notice Names the escrow on another chain; zero closes the route. Owner only.
    function setPeer(uint256 chain, address peer) external onlyOwner {
        peerOf[chain] = peer;
        emit PeerSet(chain, peer);
    }

    /// @notice Maps a token to its contract on another chain; zero unmaps it. Owner only.
    /// @param wrapped true if this escrow mints and burns `token`, false if it locks it
    function mapToken(address token, uint256 chain, address counterpart, bool wrapped) external onlyOwner {
        counterpartOf[token][chain] = counterpart;
        isWrapped[token] = wrapped;
        emit TokenMapped(token, chain, counterpart, wrapped);
    }

    /// @notice Replaces the verifier. Owner only.
    function setVerifier(IVerifier verifier_) external onlyOwner {
        _setVerifier(verifier_);
    }

    /// @notice Replaces the guard; holds of the old one can then only be cancelled. Owner only.
    function setGuard(IGuard guard_) external onlyOwner {
        _setGuard(guard_);
    }

    /// @dev Takes the tokens from the caller and returns how many came.
    function _take(address token, uint256 amount) internal virtual returns (uint256 taken) {
        if (isWrapped[token]) {
            IERC7802(token).crosschainBurn(msg.sender, amount);
            return amount;
        }
        uint256 before = IERC20(token).balanceOf(address(this));
        IERC20(token).safeTransferFrom(msg.sender, address(this), amount);
        taken = IERC20(token).balanceOf(address(this)) - before;
        lockedOf[token] += taken;
    }

    function _requireFresh(bytes32 id) internal view virtual {
        require(statusOf[id] == Status.None, Replay(id, statusOf[id]));
    }

    function _setVerifier(IVerifier verifier_) internal {
        verifier = verifier_;
        emit VerifierSet(address(verifier_));
    }

    function _setGuard(IGuard guard_) internal {
        guard = guard_;
        emit GuardSet(address(guard_));
    }

    function _pay(bytes32 id, Message calldata message) private {
        statusOf[id] = Status.Paid;
        _give(message.token, message.beneficiary, message.amount);
        _emitIn(id, message);
    }

    function _give(address token, address to, uint256 amount) private {
        if (isWrapped[token]) {
            IERC7802(token).crosschainMint(to, amount);
            return;
        }
        uint256 locked = lockedOf[token];
        require(amount <= locked, BackingGap(token, locked, amount));
        lockedOf[token] = locked - amount;
        IERC20(token).safeTransfer(to, amount);
    }

    function _outgoing(address token, uint256 destinationChain, address beneficiary)
        private
        returns (Message memory message)
    {
        require(beneficiary != address(0), ZeroBeneficiary());
        address counterpart = counterpartOf[token][destinationChain];
        require(counterpart != address(0), UnmappedToken(token, destinationChain));
        address peer = peerOf[destinationChain];
        require(peer != address(0), UnknownPeer(destinationChain, peer));
        message.sourceChain = block.chainid;
        message.sourceBridge = address(this);
        message.nonce = nonce++;
        message.tokenSource = token;
        message.sender = msg.sender;
        message.destinationChain = destinationChain;
        message.destinationBridge = peer;
        message.token = counterpart;
        message.beneficiary = beneficiary;
    }

    function _requireRoute(Message calldata message) private view {
        require(
            message.destinationChain == block.chainid && message.destinationBridge == address(this),
            WrongDestination(message.destinationChain, message.destinationBridge)
        );
        require(
            message.sourceBridge != address(0) && message.sourceBridge == peerOf[message.sourceChain],
            UnknownPeer(message.sourceChain, message.sourceBridge)
        );
        require(
            message.tokenSource != address(0)
                && message.tokenSource == counterpartOf[message.token][message.sourceChain],
            UnmappedToken(message.token, message.sourceChain)
        );
    }

    function _emitOut(bytes32 id, Message memory m) private {
        if (isWrapped[m.tokenSource]) {
            emit Burned(id, m.nonce, m.destinationChain, m.tokenSource, m.token, m.sender, m.beneficiary, m.amount);
        } else {
            emit Locked(id, m.nonce, m.destinationChain, m.tokenSource, m.token, m.sender, m.beneficiary, m.amount);
        }
    }

    function _emitIn(bytes32 id, Message calldata m) private {
        if (isWrapped[m.token]) {
            emit Minted(id, m.nonce, m.sourceChain, m.tokenSource, m.token, m.sender, m.beneficiary, m.amount);
        } else {
            emit Released(id, m.nonce, m.sourceChain, m.tokenSource, m.token, m.sender, m.beneficiary, m.amount);
        }
    }
}
