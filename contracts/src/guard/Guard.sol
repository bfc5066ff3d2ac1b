// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {RateLimiter} from "@openzeppelin/contracts/utils/RateLimiter.sol";
import {AttestationLib} from "../libraries/AttestationLib.sol";
import {Limit, LimitLib} from "../libraries/LimitLib.sol";
import {Message} from "../libraries/MessageLib.sol";
import {SignerSet, SignerSetLib} from "../libraries/SignerSetLib.sol";
import {Direction} from "./Direction.sol";
import {IGuard} from "./IGuard.sol";
import {Pauses} from "./Pauses.sol";

/// @title Guard
/// @notice Stands in an escrow's release path: proves, limits, holds, pauses. The guardian can only tighten, the
/// admin (timelock) can loosen.
/// @dev Loss bound for a reaction time D below the hold delay, per token and direction: `C + r * D` of the unproven
/// limit, or of the total limit when the watchers themselves are deceived.
contract Guard is IGuard, AccessControl, Pauses {
    using LimitLib for RateLimiter.RefillingBucket;
    using SignerSetLib for SignerSet;

    /// @notice How much of the guard is in the release path; each level includes the ones before.
    enum Level {
        None,
        Pause,
        Limit,
        Prove
    }

    /// @notice Why a release waits.
    enum Reason {
        None,
        Unproven,
        LimitReached,
        LargeRelease
    }

    /// @param releaseTime unix seconds from which the release passes even if it does not fit
    struct Hold {
        Reason reason;
        uint48 releaseTime;
    }

    event Admitted(bytes32 indexed id, address indexed token, uint256 amount, bool proven);
    event Held(bytes32 indexed id, address indexed token, uint256 amount, Reason reason, uint48 releaseTime);
    event HoldEnded(bytes32 indexed id, bool due);
    event HoldDropped(bytes32 indexed id);
    event LimitsSet(
        address indexed token, Direction indexed direction, Limit unproven, Limit total, address indexed by
    );
    event LevelSet(Level level, address indexed by);
    event HoldDelaySet(uint32 holdDelay, address indexed by);
    event WatcherAdded(address indexed watcher);
    event WatcherRemoved(address indexed watcher, address indexed by);
    event ThresholdSet(uint256 threshold, address indexed by);

    error NotBridge(address caller);
    error NotHeld(bytes32 id);
    error NotDue(bytes32 id, Reason reason, uint48 releaseTime);
    error LimitExceeded(address token, Direction direction, uint256 amount, uint256 available);
    error LoosensLimit(address token, Direction direction);
    error LoosensLevel(Level next, Level current);
    error LoosensHoldDelay(uint32 next, uint32 current);
    error LoosensThreshold(uint256 next, uint256 current);
    error HoldDelayTooLong(uint32 holdDelay, uint32 maximum);

    bytes32 public constant GUARDIAN_ROLE = keccak256("GUARDIAN_ROLE");

    /// @notice The longest hold delay, seconds: a hold always ends.
    uint32 public constant MAX_HOLD_DELAY = 30 days;

    /// @notice The escrow this guard serves.
    address public immutable bridge;

    /// @notice Which checks are on.
    Level public level;
    /// @notice How long a release that does not fit waits, seconds; choose it longer than the reaction time.
    uint32 public holdDelay;
    /// @notice The hold on a message; `releaseTime` is 0 if there is none.
    mapping(bytes32 id => Hold) public holdOf;

    SignerSet private _watchers;
    mapping(address token => mapping(Direction => RateLimiter.RefillingBucket)) private _unproven;
    mapping(address token => mapping(Direction => RateLimiter.RefillingBucket)) private _total;

    modifier onlyBridge() {
        require(msg.sender == bridge, NotBridge(msg.sender));
        _;
    }

    constructor(address bridge_, address admin, address guardian, Level level_, uint32 holdDelay_) {
        bridge = bridge_;
        _grantRole(DEFAULT_ADMIN_ROLE, admin);
        _grantRole(GUARDIAN_ROLE, guardian);
        _setLevel(level_);
        _setHoldDelay(holdDelay_);
    }

    /// @inheritdoc IGuard
    function checkOut(bytes32 id, address token, uint256 amount) external onlyBridge {
        if (level == Level.None) return;
        _requireOpen(id, token, Direction.Out);
        if (level == Level.Pause) return;
        RateLimiter.RefillingBucket storage total = _total[token][Direction.Out];
        uint256 room = total.available();
        require(amount <= room, LimitExceeded(token, Direction.Out, amount, room));
        total.take(amount);
    }

    /// @inheritdoc IGuard
    function admit(bytes32 id, Message calldata message, bytes[] calldata attestations)
        external
        onlyBridge
        returns (bool)
    {
        if (level == Level.None) return true;
        _requireOpen(id, message.token, Direction.In);
        Reason reason = _pass(id, message, attestations);
        if (reason == Reason.None) return true;
        uint48 releaseTime = uint48(block.timestamp) + holdDelay;
        holdOf[id] = Hold(reason, releaseTime);
        emit Held(id, message.token, message.amount, reason, releaseTime);
        return false;
    }

    /// @inheritdoc IGuard
    function endHold(bytes32 id, Message calldata message, bytes[] calldata attestations) external onlyBridge {
        Hold memory hold = holdOf[id];
        require(hold.releaseTime != 0, NotHeld(id));
        bool due = block.timestamp >= hold.releaseTime || level == Level.None;
        if (level != Level.None) _requireOpen(id, message.token, Direction.In);
        if (!due) {
            Reason reason = _pass(id, message, attestations);
            require(reason == Reason.None, NotDue(id, reason, hold.releaseTime));
        }
        delete holdOf[id];
        emit HoldEnded(id, due);
    }

    /// @inheritdoc IGuard
    function dropHold(bytes32 id) external onlyBridge {
        delete holdOf[id];
        emit HoldDropped(id);
    }

    /// @notice Pauses, or renews a pause, for at most MAX_PAUSE; never shortens one. Guardian only.
    /// @param key message id, token address, direction number, or 0 for the bridge
    /// @param reason for people who wait, one sentence
    function pause(Scope scope, bytes32 key, uint32 duration, string calldata reason)
        external
        onlyRole(GUARDIAN_ROLE)
    {
        _pause(scope, key, duration, reason);
    }

    /// @notice Lowers both limits of a token and direction. Guardian only.
    function tightenLimits(address token, Direction direction, Limit calldata unproven, Limit calldata total)
        external
        onlyRole(GUARDIAN_ROLE)
    {
        require(
            LimitLib.isTighter(unproven, _unproven[token][direction].get())
                && LimitLib.isTighter(total, _total[token][direction].get()),
            LoosensLimit(token, direction)
        );
        _setLimits(token, direction, unproven, total);
    }

    /// @notice Switches more checks on. Guardian only.
    function raiseLevel(Level level_) external onlyRole(GUARDIAN_ROLE) {
        require(level_ >= level, LoosensLevel(level_, level));
        _setLevel(level_);
    }

    /// @notice Makes later holds longer. Guardian only.
    function lengthenHoldDelay(uint32 holdDelay_) external onlyRole(GUARDIAN_ROLE) {
        require(holdDelay_ >= holdDelay, LoosensHoldDelay(holdDelay_, holdDelay));
        _setHoldDelay(holdDelay_);
    }

    /// @notice Asks for more watchers per proof. Guardian only.
    function raiseThreshold(uint256 threshold_) external onlyRole(GUARDIAN_ROLE) {
        uint256 current = _watchers.threshold;
        // While the threshold is unset nothing can be proven, so even 1 would be looser.
        require(current != 0 && threshold_ >= current, LoosensThreshold(threshold_, current));
        _setThreshold(threshold_);
    }

    /// @notice Removes a watcher whose key is lost or stolen; the threshold stays. Guardian or admin.
    function removeWatcher(address watcher) external {
        if (!hasRole(DEFAULT_ADMIN_ROLE, msg.sender)) _checkRole(GUARDIAN_ROLE, msg.sender);
        _watchers.remove(watcher);
        emit WatcherRemoved(watcher, msg.sender);
    }

    /// @notice Ends a pause before its time. Admin only.
    function unpause(Scope scope, bytes32 key) external onlyRole(DEFAULT_ADMIN_ROLE) {
        _unpause(scope, key);
    }

    /// @notice Sets both limits of a token and direction; what was used stays used. Admin only.
    /// @dev Without limits nothing of the token fits, from level Limit on. `Out` legs use the total limit only.
    function setLimits(address token, Direction direction, Limit calldata unproven, Limit calldata total)
        external
        onlyRole(DEFAULT_ADMIN_ROLE)
    {
        _setLimits(token, direction, unproven, total);
    }

    /// @notice Sets which checks are on. Admin only.
    function setLevel(Level level_) external onlyRole(DEFAULT_ADMIN_ROLE) {
        _setLevel(level_);
    }

    /// @notice Sets how long later holds wait, seconds. Admin only.
    function setHoldDelay(uint32 holdDelay_) external onlyRole(DEFAULT_ADMIN_ROLE) {
        _setHoldDelay(holdDelay_);
    }

    /// @notice Adds a watcher. Admin only.
    function addWatcher(address watcher) external onlyRole(DEFAULT_ADMIN_ROLE) {
        _watchers.add(watcher);
        emit WatcherAdded(watcher);
    }

    /// @notice Sets how many watchers make a proof, from 1 to their number. Admin only.
    function setThreshold(uint256 threshold_) external onlyRole(DEFAULT_ADMIN_ROLE) {
        _setThreshold(threshold_);
    }

    /// @notice The EIP-712 digest watchers sign for `message` with id `id`.
    function attestationDigest(bytes32 id, Message calldata message) public view returns (bytes32) {
        return AttestationLib.digest(id, message, address(this));
    }

    /// @notice Whether `attestations` prove `message`: k distinct watchers signed its digest.
    function isProven(bytes32 id, Message calldata message, bytes[] calldata attestations)
        public
        view
        returns (bool)
    {
        return _watchers.agree(attestationDigest(id, message), attestations);
    }

    /// @notice The limits in force and what would pass now, raw token units.
    function limitsOf(address token, Direction direction)
        external
        view
        returns (Limit memory unproven, Limit memory total, uint256 unprovenAvailable, uint256 totalAvailable)
    {
        RateLimiter.RefillingBucket storage tight = _unproven[token][direction];
        RateLimiter.RefillingBucket storage loose = _total[token][direction];
        return (tight.get(), loose.get(), tight.available(), loose.available());
    }

    /// @notice Seconds until a proven release of `amount` fits the total limit if nothing else passes; the largest
    /// number if it never fits.
    function secondsUntilFit(address token, Direction direction, uint256 amount) external view returns (uint256) {
        return _total[token][direction].secondsUntilFit(amount);
    }

    /// @notice Whether `watcher` may attest.
    function isWatcher(address watcher) external view returns (bool) {
        return _watchers.has[watcher];
    }

    /// @notice How many watchers there are.
    function watcherCount() external view returns (uint256) {
        return _watchers.size;
    }

    /// @notice How many watchers make a proof.
    function threshold() external view returns (uint256) {
        return _watchers.threshold;
    }

    /// @dev Takes the amount out of its buckets if it fits; otherwise takes nothing and says why.
    function _pass(bytes32 id, Message calldata message, bytes[] calldata attestations) private returns (Reason) {
        if (level < Level.Limit) return Reason.None;
        uint256 amount = message.amount;
        RateLimiter.RefillingBucket storage unproven = _unproven[message.token][Direction.In];
        RateLimiter.RefillingBucket storage total = _total[message.token][Direction.In];
        bool proven = level == Level.Prove && isProven(id, message, attestations);
        // Below level Prove nothing can be proven, so only the total limit makes sense there.
        bool isTight = level == Level.Prove && !proven;
        if (isTight && amount > unproven.available()) return Reason.Unproven;
        if (amount > total.get().capacity) return Reason.LargeRelease;
        if (amount > total.available()) return Reason.LimitReached;
        if (isTight) unproven.take(amount);
        total.take(amount);
        emit Admitted(id, message.token, amount, proven);
        return Reason.None;
    }

    function _setLimits(address token, Direction direction, Limit calldata unproven, Limit calldata total) private {
        _unproven[token][direction].set(unproven);
        _total[token][direction].set(total);
        emit LimitsSet(token, direction, unproven, total, msg.sender);
    }

    function _setLevel(Level level_) private {
        level = level_;
        emit LevelSet(level_, msg.sender);
    }

    function _setHoldDelay(uint32 holdDelay_) private {
        require(holdDelay_ <= MAX_HOLD_DELAY, HoldDelayTooLong(holdDelay_, MAX_HOLD_DELAY));
        holdDelay = holdDelay_;
        emit HoldDelaySet(holdDelay_, msg.sender);
    }

    function _setThreshold(uint256 threshold_) private {
        _watchers.setThreshold(threshold_);
        emit ThresholdSet(threshold_, msg.sender);
    }
}
