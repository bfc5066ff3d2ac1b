// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title IFlashBorrower
/// @notice Gets the loan and must hand it back before it returns.
interface IFlashBorrower {
    /// @notice Called with the tokens in place.
    function onFlashLoan(IERC20 token, uint256 amount, bytes calldata data) external;
}

/// @title FlashLender
/// @notice Lends all it has for the length of one call, free of charge, for tests and the lab.
contract FlashLender {
    using SafeERC20 for IERC20;

    error NotRepaid(uint256 balance, uint256 owed);

    /// @notice Lends `amount` of `token` to the caller.
    function flashLoan(IERC20 token, uint256 amount, bytes calldata data) external {
        uint256 owed = token.balanceOf(address(this));
        token.safeTransfer(msg.sender, amount);
        IFlashBorrower(msg.sender).onFlashLoan(token, amount, data);
        uint256 balance = token.balanceOf(address(this));
        require(balance >= owed, NotRepaid(balance, owed));
    }
}
