// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Escrow} from "../src/bridge/Escrow.sol";

/// @title EventWithoutTransferEscrow
/// @notice FLAWED (Qubit, 2022): does not look whether the transfer succeeded, so a deposit is announced, and a
/// message sent, although nothing came in.
contract EventWithoutTransferEscrow is Escrow {
    constructor(address owner) Escrow(owner) {}

    function _take(address token, uint256 amount) internal override returns (uint256) {
        if (isWrapped[token]) return super._take(token, amount);
        (bool ignored,) = token.call(abi.encodeCall(IERC20.transferFrom, (msg.sender, address(this), amount)));
        ignored;
        lockedOf[token] += amount;
        return amount;
    }
}
