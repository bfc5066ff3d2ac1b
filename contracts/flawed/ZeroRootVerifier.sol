// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {Message} from "../src/libraries/MessageLib.sol";
import {IVerifier} from "../src/verifiers/IVerifier.sol";

/// @title ZeroRootVerifier
/// @notice FLAWED (Nomad, 2022): the initializer confirmed the zero root, and an unproven message's root is zero.
contract ZeroRootVerifier is IVerifier {
    event RootConfirmed(bytes32 indexed root, uint256 confirmedAt);
    event MessageProven(bytes32 indexed id, bytes32 indexed root);

    error NotUpdater(address caller);
    error BadProof(bytes32 id);

    address public immutable updater;
    mapping(bytes32 root => uint256) public confirmedAt;
    mapping(bytes32 id => bytes32) public rootOf;

    constructor(address updater_, bytes32 committedRoot) {
        updater = updater_;
        confirmedAt[committedRoot] = 1;
        emit RootConfirmed(committedRoot, 1);
    }

    /// @notice Confirms a root. Updater only.
    function confirmRoot(bytes32 root) external {
        require(msg.sender == updater, NotUpdater(msg.sender));
        confirmedAt[root] = block.timestamp;
        emit RootConfirmed(root, block.timestamp);
    }

    /// @notice Files the root a message was proven under.
    function prove(bytes32 id, bytes32[] calldata path) external {
        bytes32 root = MerkleProof.processProof(path, id);
        require(isAcceptable(root), BadProof(id));
        rootOf[id] = root;
        emit MessageProven(id, root);
    }

    /// @notice Whether a root was confirmed: also true for the zero root.
    function isAcceptable(bytes32 root) public view returns (bool) {
        uint256 time = confirmedAt[root];
        return time != 0 && block.timestamp >= time;
    }

    /// @inheritdoc IVerifier
    function verify(bytes32 id, Message calldata, bytes calldata) external view returns (bool) {
        return isAcceptable(rootOf[id]);
    }
}
