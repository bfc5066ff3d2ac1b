// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @notice A set of signers and how many of them must agree.
struct SignerSet {
    mapping(address signer => bool) has;
    uint256 size;
    uint256 threshold;
}

/// @title SignerSetLib
/// @notice Keeps a k-of-n signer set and counts the distinct members behind a list of signatures.
library SignerSetLib {
    error ZeroThreshold();
    error ThresholdAboveSize(uint256 threshold, uint256 size);
    error SignerKnown(address signer);
    error SignerUnknown(address signer);
    error ZeroSigner();

    /// @notice Adds `signer`; reverts for the zero address or a member.
    function add(SignerSet storage self, address signer) internal {
        require(signer != address(0), ZeroSigner());
        require(!self.has[signer], SignerKnown(signer));
        self.has[signer] = true;
        self.size++;
    }

    /// @notice Removes `signer`; the threshold stays, so a set may become too small to agree at all.
    function remove(SignerSet storage self, address signer) internal {
        require(self.has[signer], SignerUnknown(signer));
        self.has[signer] = false;
        self.size--;
    }

    /// @notice Sets the threshold; zero would accept an empty list of signatures (Nomad, Ronin 2024).
    function setThreshold(SignerSet storage self, uint256 threshold) internal {
        require(threshold != 0, ZeroThreshold());
        require(threshold <= self.size, ThresholdAboveSize(threshold, self.size));
        self.threshold = threshold;
    }

    /// @notice How many distinct members signed `digest`.
    /// @dev Signatures must be ordered by signer address, ascending; one out of order, malformed or by a stranger
    /// counts for nothing.
    function count(SignerSet storage self, bytes32 digest, bytes[] memory signatures)
        internal
        view
        returns (uint256 signers)
    {
        address last;
        for (uint256 i; i < signatures.length; i++) {
            (address signer, ECDSA.RecoverError problem,) = ECDSA.tryRecover(digest, signatures[i]);
            if (problem != ECDSA.RecoverError.NoError || signer <= last || !self.has[signer]) continue;
            last = signer;
            signers++;
        }
    }

    /// @notice Whether at least `threshold` distinct members signed `digest`; false while the threshold is unset.
    function agree(SignerSet storage self, bytes32 digest, bytes[] memory signatures) internal view returns (bool) {
        return self.threshold != 0 && count(self, digest, signatures) >= self.threshold;
    }
}
