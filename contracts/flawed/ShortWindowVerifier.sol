// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {OptimisticVerifier} from "../src/verifiers/OptimisticVerifier.sol";

/// @title ShortWindowVerifier
/// @notice FLAWED (AFX 200 s, Hyperbridge 0 s): any challenge window will do, so fraud stands before anyone looks.
contract ShortWindowVerifier is OptimisticVerifier {
    constructor(IERC20 bondToken_, uint256 bondAmount_, uint32 window_, uint32 arbitrationPeriod_, address arbiter_)
        OptimisticVerifier(bondToken_, bondAmount_, window_, arbitrationPeriod_, arbiter_)
    {}

    /// @inheritdoc OptimisticVerifier
    function minimumWindow() public pure override returns (uint32) {
        return 0;
    }
}
