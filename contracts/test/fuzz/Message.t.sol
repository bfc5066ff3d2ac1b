// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Guard} from "../../src/guard/Guard.sol";
import {Message, MessageLib} from "../../src/libraries/MessageLib.sol";
import {BridgeFixture} from "../utils/BridgeFixture.sol";

contract MessageFuzz is BridgeFixture {
    using MessageLib for Message;

    function setUp() public {
        deployBridge(Guard.Level.Prove);
    }

    /// @notice Law: two messages share an id only if every field is equal.
    function testFuzz_ids_are_equal_only_for_equal_messages(Message memory a, Message memory b) public pure {
        bool isEqual = keccak256(abi.encode(a)) == keccak256(abi.encode(b));
        vm.assertTrue((a.id() == b.id()) == isEqual, "id");
        vm.assertTrue(a.id() == a.id(), "same on every chain");
    }

    /// @notice Law: no change of one field keeps the validators' signatures or the watchers' attestations good.
    function testFuzz_no_field_can_be_changed_after_signing(uint8 field, uint256 value) public {
        Message memory signed = homeToAway(3, alice, bob, 5 * WEI);
        bytes memory proof = proofOf(signed);
        bytes[] memory attestations = attest(signed);
        Message memory changed = withField(signed, field % 10, value);
        vm.assume(changed.id() != signed.id());
        on(AWAY);
        vm.assertFalse(awayGuard.isProven(changed.id(), changed, attestations), "attestations");
        vm.expectRevert();
        away.release(changed, proof, attestations);
    }

    /// @notice Law: what is sent there and back is what was sent, for any amount the limits take.
    function testFuzz_there_and_back_conserves(uint256 amount, uint256 back) public {
        amount = bound(amount, 1, 1_000 * WEI);
        back = bound(back, 1, amount);
        fund(alice, amount);
        deliver(burn(alice, back));
        vm.assertEq(token.balanceOf(alice), back, "came back");
        vm.assertEq(wrapped.totalSupply(), amount - back, "still away");
        vm.assertEq(home.lockedOf(address(token)), amount - back, "still locked");
    }

    function withField(Message memory signed, uint8 field, uint256 value)
        private
        pure
        returns (Message memory changed)
    {
        changed = abi.decode(abi.encode(signed), (Message));
        address account = address(uint160(value));
        if (field == 0) changed.sourceChain = value;
        if (field == 1) changed.sourceBridge = account;
        if (field == 2) changed.nonce = value;
        if (field == 3) changed.tokenSource = account;
        if (field == 4) changed.sender = account;
        if (field == 5) changed.destinationChain = value;
        if (field == 6) changed.destinationBridge = account;
        if (field == 7) changed.token = account;
        if (field == 8) changed.beneficiary = account;
        if (field == 9) changed.amount = value;
    }
}
