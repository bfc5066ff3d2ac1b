// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title Reserve
/// @notice The last layer: what governance keeps to make users whole after guard and cover. Owner is the timelock.
contract Reserve is Ownable {
    using SafeERC20 for IERC20;

    event Backstopped(address indexed token, address indexed to, uint256 amount, string reason);

    constructor(address owner) Ownable(owner) {}

    /// @notice Pays `amount` of `token` to whoever a loss has reached. Owner only.
    /// @param reason the incident, for the record
    function backstop(IERC20 token, address to, uint256 amount, string calldata reason) external onlyOwner {
        token.safeTransfer(to, amount);
        emit Backstopped(address(token), to, amount, reason);
    }
}
