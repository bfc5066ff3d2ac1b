// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title TestToken
/// @notice A token anyone can mint, for tests and the lab.
contract TestToken is ERC20 {
    uint8 private immutable _decimals;

    constructor(string memory name_, string memory symbol_, uint8 decimals_) ERC20(name_, symbol_) {
        _decimals = decimals_;
    }

    /// @notice Mints `amount` to `to`; open to all.
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    /// @notice As given at deployment.
    function decimals() public view override returns (uint8) {
        return _decimals;
    }
}
