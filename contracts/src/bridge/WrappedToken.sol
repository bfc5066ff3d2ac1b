// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC20Bridgeable} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC20Bridgeable.sol";

/// @title WrappedToken
/// @notice An ERC-7802 token that only its escrow mints and burns.
contract WrappedToken is ERC20Permit, ERC20Bridgeable {
    error NotBridge(address caller);

    /// @notice The escrow that mints and burns.
    address public immutable bridge;

    uint8 private immutable _decimals;

    constructor(string memory name_, string memory symbol_, uint8 decimals_, address bridge_)
        ERC20(name_, symbol_)
        ERC20Permit(name_)
    {
        _decimals = decimals_;
        bridge = bridge_;
    }

    /// @notice The decimals of the home token, so that amounts are equal on both chains.
    function decimals() public view override returns (uint8) {
        return _decimals;
    }

    function _checkTokenBridge(address caller) internal view override {
        require(caller == bridge, NotBridge(caller));
    }
}
