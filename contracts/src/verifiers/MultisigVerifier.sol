// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Message} from "../libraries/MessageLib.sol";
import {SignerSet, SignerSetLib} from "../libraries/SignerSetLib.sol";
import {IVerifier} from "./IVerifier.sol";

/// @title MultisigVerifier
/// @notice m-of-n signatures over the message id. The owner (timelock) keeps the set.
contract MultisigVerifier is IVerifier, Ownable {
    using SignerSetLib for SignerSet;

    event SignerAdded(address indexed signer, uint256 size);
    event SignerRemoved(address indexed signer, uint256 size);
    event ThresholdSet(uint256 threshold);

    SignerSet private _signers;

    constructor(address owner, address[] memory signers, uint256 threshold_) Ownable(owner) {
        for (uint256 i; i < signers.length; i++) _add(signers[i]);
        _setThreshold(threshold_);
    }

    /// @inheritdoc IVerifier
    /// @dev `proof` is `abi.encode(bytes[])`: ECDSA signatures over `id`, ordered by signer address.
    function verify(bytes32 id, Message calldata, bytes calldata proof) external view returns (bool) {
        return _signers.agree(id, abi.decode(proof, (bytes[])));
    }

    /// @notice Adds a signer. Owner only.
    function addSigner(address signer) external onlyOwner {
        _add(signer);
    }

    /// @notice Removes a signer; the threshold stays and must stay reachable. Owner only.
    function removeSigner(address signer) external onlyOwner {
        _signers.remove(signer);
        require(
            _signers.threshold <= _signers.size,
            SignerSetLib.ThresholdAboveSize(_signers.threshold, _signers.size)
        );
        emit SignerRemoved(signer, _signers.size);
    }

    /// @notice Sets how many signatures are needed, from 1 to the size of the set. Owner only.
    function setThreshold(uint256 threshold_) external onlyOwner {
        _setThreshold(threshold_);
    }

    /// @notice Whether `signer` is in the set.
    function isSigner(address signer) external view returns (bool) {
        return _signers.has[signer];
    }

    /// @notice How many signatures are needed.
    function threshold() external view returns (uint256) {
        return _signers.threshold;
    }

    /// @notice How many signers there are.
    function size() external view returns (uint256) {
        return _signers.size;
    }

    function _add(address signer) private {
        _signers.add(signer);
        emit SignerAdded(signer, _signers.size);
    }

    function _setThreshold(uint256 threshold_) private {
        _signers.setThreshold(threshold_);
        emit ThresholdSet(threshold_);
    }
}
