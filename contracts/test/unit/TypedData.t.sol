// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AttestationLib} from "../../src/libraries/AttestationLib.sol";
import {Message, MessageLib} from "../../src/libraries/MessageLib.sol";
import {Test} from "../utils/Test.sol";

/// @notice The digests TypedData.test.ts gets from viem for the same message.
contract TypedDataTest is Test {
    using MessageLib for Message;

    bytes32 internal constant ID = 0x625133237c70d16e817117b6442e32277a93f7f17d91a7146a1630168dedc983;
    bytes32 internal constant ATTESTATION = 0x6252435169b51818f00b4775cf5d0d555cc4be986a131f619a5a823ce5fe07cb;

    function test_id_and_attestation_are_the_digests_of_eip_712() public pure {
        Message memory message = Message({
            sourceChain: 31_337,
            sourceBridge: address(0x0101),
            nonce: 7,
            tokenSource: address(0x0202),
            sender: address(0x0303),
            destinationChain: 31_338,
            destinationBridge: address(0x0404),
            token: address(0x0505),
            beneficiary: address(0x0606),
            amount: 1_234_567_890_123_456_789
        });
        vm.assertEq(message.id(), ID, "id");
        vm.assertEq(AttestationLib.digest(ID, message, address(0x0707)), ATTESTATION, "attestation");
    }
}
