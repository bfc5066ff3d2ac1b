// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Message} from "../src/libraries/MessageLib.sol";
import {SignerSet, SignerSetLib} from "../src/libraries/SignerSetLib.sol";
import {IVerifier} from "../src/verifiers/IVerifier.sol";

/// @title ISignatureChecker
/// @notice Says whether signatures are good.
interface ISignatureChecker {
    /// @notice True if `signatures` over `id` are good.
    function check(bytes32 id, bytes[] calldata signatures) external view returns (bool);
}

/// @title SignatureChecker
/// @notice The checker honest relayers name.
contract SignatureChecker is ISignatureChecker {
    using SignerSetLib for SignerSet;

    SignerSet private _signers;

    constructor(address[] memory signers, uint256 threshold) {
        for (uint256 i; i < signers.length; i++) _signers.add(signers[i]);
        _signers.setThreshold(threshold);
    }

    /// @inheritdoc ISignatureChecker
    function check(bytes32 id, bytes[] calldata signatures) external view returns (bool) {
        return _signers.agree(id, signatures);
    }
}

/// @title YesChecker
/// @notice The checker an attacker names.
contract YesChecker is ISignatureChecker {
    /// @inheritdoc ISignatureChecker
    function check(bytes32, bytes[] calldata) external pure returns (bool) {
        return true;
    }
}

/// @title SkippedSignatureVerifier
/// @notice FLAWED (Wormhole, 2022): asks whichever checker the caller names, so the signatures are never checked.
contract SkippedSignatureVerifier is IVerifier {
    /// @inheritdoc IVerifier
    /// @dev `proof` is `abi.encode(address checker, bytes[] signatures)`.
    function verify(bytes32 id, Message calldata, bytes calldata proof) external view returns (bool) {
        (ISignatureChecker checker, bytes[] memory signatures) = abi.decode(proof, (ISignatureChecker, bytes[]));
        return checker.check(id, signatures);
    }
}
