// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Direction} from "./Direction.sol";

/// @title Pauses
/// @notice Pauses by message, token, direction or the whole bridge. Each ends by itself unless renewed.
abstract contract Pauses {
    /// @notice How much a pause covers, narrow first.
    enum Scope {
        Message,
        Token,
        Direction,
        Bridge
    }

    event Paused(Scope indexed scope, bytes32 indexed key, uint48 until, address indexed by, string reason);
    event Unpaused(Scope indexed scope, bytes32 indexed key);

    error IsPaused(Scope scope, bytes32 key, uint48 until);
    error PauseTooLong(uint32 duration, uint32 maximum);
    error MalformedKey(Scope scope, bytes32 key);
    error PauseRunning(Scope scope, bytes32 key, uint48 until);

    /// @notice The longest a pause lasts without a renewal, seconds.
    uint32 public constant MAX_PAUSE = 5 days;

    /// @notice When the pause ends, unix seconds; 0 if there is none.
    mapping(Scope scope => mapping(bytes32 key => uint48)) public pausedUntil;

    /// @notice Clean-up, open to all: forgets a pause that has run out.
    function clearPause(Scope scope, bytes32 key) external {
        uint48 until = pausedUntil[scope][key];
        require(block.timestamp >= until, PauseRunning(scope, key, until));
        _unpause(scope, key);
    }

    /// @notice Whether `scope` and `key` are paused now.
    function isPaused(Scope scope, bytes32 key) public view returns (bool) {
        return block.timestamp < pausedUntil[scope][key];
    }

    /// @dev Starts or renews; never ends a running pause sooner.
    function _pause(Scope scope, bytes32 key, uint32 duration, string calldata reason) internal {
        require(duration <= MAX_PAUSE, PauseTooLong(duration, MAX_PAUSE));
        require(_isWellFormed(scope, key), MalformedKey(scope, key));
        uint48 until = uint48(block.timestamp) + duration;
        if (until > pausedUntil[scope][key]) pausedUntil[scope][key] = until;
        emit Paused(scope, key, pausedUntil[scope][key], msg.sender, reason);
    }

    function _unpause(Scope scope, bytes32 key) internal {
        delete pausedUntil[scope][key];
        emit Unpaused(scope, key);
    }

    function _requireOpen(bytes32 id, address token, Direction direction) internal view {
        _requireUnpaused(Scope.Bridge, 0);
        _requireUnpaused(Scope.Direction, bytes32(uint256(direction)));
        _requireUnpaused(Scope.Token, bytes32(uint256(uint160(token))));
        _requireUnpaused(Scope.Message, id);
    }

    function _requireUnpaused(Scope scope, bytes32 key) private view {
        require(!isPaused(scope, key), IsPaused(scope, key, pausedUntil[scope][key]));
    }

    // A key that means nothing would be a pause that stops nothing, so it is refused.
    function _isWellFormed(Scope scope, bytes32 key) private pure returns (bool) {
        if (scope == Scope.Message) return key != 0;
        if (scope == Scope.Token) return key != 0 && uint256(key) <= type(uint160).max;
        if (scope == Scope.Direction) return uint256(key) <= uint256(type(Direction).max);
        return key == 0;
    }
}
