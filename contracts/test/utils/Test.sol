// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Vm} from "./Vm.sol";

/// @title Test
/// @notice What every test shares: cheat codes, bounded fuzz input, sorted signatures, targets of invariants.
abstract contract Test {
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    address[] private _targets;

    /// @notice Contracts the invariant runner calls.
    function targetContracts() public view returns (address[] memory) {
        return _targets;
    }

    function targetContract(address target) internal {
        _targets.push(target);
    }

    /// @dev Folds `value` into `[least, most]`.
    function bound(uint256 value, uint256 least, uint256 most) internal pure returns (uint256) {
        if (value >= least && value <= most) return value;
        uint256 size = most - least + 1;
        return size == 0 ? value : least + value % size;
    }

    /// @dev Signatures over `digest`, ordered by signer address as the contracts ask for.
    function signAll(uint256[] memory keys, bytes32 digest) internal pure returns (bytes[] memory signatures) {
        uint256[] memory sorted = sortByAddress(keys);
        signatures = new bytes[](sorted.length);
        for (uint256 i; i < sorted.length; i++) signatures[i] = sign(sorted[i], digest);
    }

    function sign(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    function sortByAddress(uint256[] memory keys) internal pure returns (uint256[] memory sorted) {
        sorted = keys;
        for (uint256 i = 1; i < sorted.length; i++) {
            for (uint256 j = i; j > 0 && vm.addr(sorted[j]) < vm.addr(sorted[j - 1]); j--) {
                (sorted[j], sorted[j - 1]) = (sorted[j - 1], sorted[j]);
            }
        }
    }

    function addressesOf(uint256[] memory keys) internal pure returns (address[] memory addresses) {
        addresses = new address[](keys.length);
        for (uint256 i; i < keys.length; i++) addresses[i] = vm.addr(keys[i]);
    }

    /// @dev `count` keys from `first` on.
    function keysFrom(uint256 first, uint256 count) internal pure returns (uint256[] memory keys) {
        keys = new uint256[](count);
        for (uint256 i; i < count; i++) keys[i] = first + i;
    }

    function none() internal pure returns (bytes[] memory) {
        return new bytes[](0);
    }
}
