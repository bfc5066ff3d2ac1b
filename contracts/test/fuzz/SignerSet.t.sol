// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SignerSet, SignerSetLib} from "../../src/libraries/SignerSetLib.sol";
import {Test} from "../utils/Test.sol";

contract SignerSetFuzz is Test {
    using SignerSetLib for SignerSet;

    SignerSet private _set;

    function setUp() public {
        for (uint256 key = 1; key <= 5; key++) _set.add(vm.addr(key));
        _set.setThreshold(3);
    }

    /// @notice Law: the count is the number of distinct members who signed, whoever else signed too.
    function testFuzz_counts_members_and_nobody_else(uint8 members, uint8 strangers, bytes32 digest) public view {
        uint256 size;
        uint256[] memory keys = new uint256[](10);
        uint256 expected;
        for (uint256 i; i < 5; i++) {
            if (members >> i & 1 == 1) {
                keys[size++] = i + 1;
                expected++;
            }
            if (strangers >> i & 1 == 1) keys[size++] = i + 100;
        }
        bytes[] memory signatures = signAll(first(keys, size), digest);
        vm.assertEq(_set.count(digest, signatures), expected, "members");
        vm.assertTrue(_set.agree(digest, signatures) == (expected >= 3), "threshold");
    }

    /// @notice Law: repeating a signature or adding garbage never raises the count.
    function testFuzz_repeats_and_garbage_count_for_nothing(uint8 repeats, bytes calldata garbage, bytes32 digest)
        public
        view
    {
        uint256 length = bound(repeats, 1, 20);
        bytes[] memory signatures = new bytes[](length + 1);
        for (uint256 i; i < length; i++) signatures[i] = sign(1, digest);
        signatures[length] = garbage;
        vm.assertEq(_set.count(digest, signatures), 1, "one member");
    }

    function first(uint256[] memory keys, uint256 size) private pure returns (uint256[] memory some) {
        some = new uint256[](size);
        for (uint256 i; i < size; i++) some[i] = keys[i];
    }
}
