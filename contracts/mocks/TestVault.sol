// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";

/// @title TestVault
/// @notice An ERC-4626 vault that earns what it is given and loses what it is told to, for tests and the lab.
contract TestVault is ERC4626 {
    constructor(IERC20 asset_) ERC20("Test Vault", "tVLT") ERC4626(asset_) {}

    /// @notice Loses `amount` of its assets for good; open to all.
    function lose(uint256 amount) external {
        IERC20(asset()).transfer(address(0xdead), amount);
    }
}
