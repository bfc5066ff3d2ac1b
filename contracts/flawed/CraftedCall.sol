// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {Message} from "../src/libraries/MessageLib.sol";
import {IVerifier} from "../src/verifiers/IVerifier.sol";

/// @title KeeperVerifier
/// @notice Believes one keeper's signature. The owner, who may replace the keeper, is the call manager.
contract KeeperVerifier is IVerifier, Ownable {
    event KeeperSet(address indexed keeper);

    address public keeper;

    constructor(address owner, address keeper_) Ownable(owner) {
        keeper = keeper_;
        emit KeeperSet(keeper_);
    }

    /// @notice Replaces the keeper. Owner only, and the owner makes any call it is asked for.
    function setKeeper(address keeper_) external onlyOwner {
        keeper = keeper_;
        emit KeeperSet(keeper_);
    }

    /// @inheritdoc IVerifier
    /// @dev `proof` is the keeper's signature over `id`.
    function verify(bytes32 id, Message calldata, bytes calldata proof) external view returns (bool) {
        return isSignedByKeeper(id, proof);
    }

    /// @notice Whether the keeper signed `digest`.
    function isSignedByKeeper(bytes32 digest, bytes calldata signature) public view returns (bool) {
        (address signer,,) = ECDSA.tryRecover(digest, signature);
        return signer != address(0) && signer == keeper;
    }
}

/// @title CallManager
/// @notice FLAWED (Poly Network, 2021): delivers any call the keeper saw requested on the other chain, in its own
/// name, to any target, also to the keeper registry it owns.
contract CallManager {
    event CallRequested(uint256 indexed nonce, uint256 destinationChain, address target, bytes data);
    event CallDelivered(bytes32 indexed id, address target, bytes data);

    error NotSigned(bytes32 id);
    error AlreadyDelivered(bytes32 id);
    error CallFailed(bytes32 id);

    uint256 public nonce;
    mapping(bytes32 id => bool) public wasDelivered;

    /// @notice Asks the other chain for a call. Anyone may, and the keeper honestly signs what was asked.
    function requestCall(uint256 destinationChain, address target, bytes calldata data) external {
        emit CallRequested(nonce++, destinationChain, target, data);
    }

    /// @notice The digest the keeper signs for a requested call.
    function callId(uint256 sourceChain, uint256 nonce_, address target, bytes calldata data)
        public
        view
        returns (bytes32)
    {
        return keccak256(abi.encode("Call", sourceChain, nonce_, block.chainid, target, data));
    }

    /// @notice Makes the call.
    function deliver(
        KeeperVerifier registry,
        uint256 sourceChain,
        uint256 nonce_,
        address target,
        bytes calldata data,
        bytes calldata signature
    ) external {
        bytes32 id = callId(sourceChain, nonce_, target, data);
        require(!wasDelivered[id], AlreadyDelivered(id));
        require(registry.isSignedByKeeper(id, signature), NotSigned(id));
        wasDelivered[id] = true;
        (bool success,) = target.call(data);
        require(success, CallFailed(id));
        emit CallDelivered(id, target, data);
    }
}
