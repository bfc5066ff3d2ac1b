// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {TransparentUpgradeableProxy} from "@openzeppelin/contracts/proxy/transparent/TransparentUpgradeableProxy.sol";
import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Escrow} from "../src/bridge/Escrow.sol";

/// @title UpgradeableEscrow
/// @notice The escrow for use behind a proxy.
contract UpgradeableEscrow is Escrow, Initializable {
    constructor() Escrow(address(1)) {
        _disableInitializers();
    }

    /// @notice Sets the owner of the proxy's storage, once.
    function initialize(address owner) external initializer {
        _transferOwnership(owner);
    }
}

/// @title InsiderProxy
/// @notice FLAWED: the upgrade right lies with one key and no delay.
/// @dev `admin` is an externally owned account; it owns the ProxyAdmin this proxy creates with its first nonce.
/// `data` must call the initializer: a proxy without one does not deploy.
contract InsiderProxy is TransparentUpgradeableProxy {
    constructor(address implementation, address admin, bytes memory data)
        TransparentUpgradeableProxy(implementation, admin, data)
    {}
}

/// @title DrainingEscrow
/// @notice What the insider upgrades to.
contract DrainingEscrow {
    using SafeERC20 for IERC20;

    /// @notice Sends all of `token` to `to`.
    function drain(IERC20 token, address to) external {
        token.safeTransfer(to, token.balanceOf(address(this)));
    }
}
