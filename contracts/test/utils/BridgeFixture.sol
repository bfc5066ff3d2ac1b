// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {TestToken} from "../../mocks/TestToken.sol";
import {Escrow} from "../../src/bridge/Escrow.sol";
import {WrappedToken} from "../../src/bridge/WrappedToken.sol";
import {Direction} from "../../src/guard/Direction.sol";
import {Guard} from "../../src/guard/Guard.sol";
import {Limit} from "../../src/libraries/LimitLib.sol";
import {Message, MessageLib} from "../../src/libraries/MessageLib.sol";
import {MultisigVerifier} from "../../src/verifiers/MultisigVerifier.sol";
import {IVerifier} from "../../src/verifiers/IVerifier.sol";
import {Test} from "./Test.sol";

/// @title BridgeFixture
/// @notice Both ends of a bridge in one EVM; `on` switches the chain id.
abstract contract BridgeFixture is Test {
    using MessageLib for Message;

    uint256 internal constant HOME = 1001;
    uint256 internal constant AWAY = 1002;
    uint256 internal constant WEI = 1e18;
    uint32 internal constant HOLD = 1 days;

    address internal admin = address(0xA11CE);
    address internal guardian = address(0x6A2D);
    address internal alice = address(0xA1);
    address internal bob = address(0xB0B);

    uint256[] internal validators;
    uint256[] internal watchers;

    TestToken internal token;
    WrappedToken internal wrapped;
    Escrow internal home;
    Escrow internal away;
    Guard internal homeGuard;
    Guard internal awayGuard;

    function deployBridge(Guard.Level level) internal {
        deployBridgeWith(level, new Escrow(admin), new Escrow(admin));
    }

    function deployBridgeWith(Guard.Level level, Escrow home_, Escrow away_) internal {
        vm.warp(1_700_000_000);
        validators = keysFrom(101, 3);
        watchers = keysFrom(201, 3);
        home = home_;
        away = away_;
        token = new TestToken("Dollar", "USD", 18);
        wrapped = new WrappedToken("Wrapped Dollar", "wUSD", 18, address(away));
        homeGuard = deployGuard(home, level);
        awayGuard = deployGuard(away, level);
        MultisigVerifier verifier = new MultisigVerifier(admin, addressesOf(validators), 2);
        connect(home, AWAY, address(away), verifier, homeGuard);
        connect(away, HOME, address(home), verifier, awayGuard);
        vm.startPrank(admin);
        home.mapToken(address(token), AWAY, address(wrapped), false);
        away.mapToken(address(wrapped), HOME, address(token), true);
        vm.stopPrank();
        setLimits(homeGuard, address(token), 100 * WEI, 1_000 * WEI);
        setLimits(awayGuard, address(wrapped), 100 * WEI, 1_000 * WEI);
    }

    function deployGuard(Escrow escrow, Guard.Level level) internal returns (Guard guard) {
        guard = new Guard(address(escrow), admin, guardian, level, HOLD);
        vm.startPrank(admin);
        for (uint256 i; i < watchers.length; i++) guard.addWatcher(vm.addr(watchers[i]));
        guard.setThreshold(2);
        vm.stopPrank();
    }

    function connect(Escrow escrow, uint256 chain, address peer, IVerifier verifier, Guard guard) internal {
        vm.startPrank(admin);
        escrow.setPeer(chain, peer);
        escrow.setVerifier(verifier);
        escrow.setGuard(guard);
        vm.stopPrank();
    }

    /// @dev Both limits refill over a day; out legs get the total limit too.
    function setLimits(Guard guard, address asset, uint256 unproven, uint256 total) internal {
        Limit memory tight = Limit(uint208(unproven), 1 days);
        Limit memory loose = Limit(uint208(total), 1 days);
        vm.startPrank(admin);
        guard.setLimits(asset, Direction.In, tight, loose);
        guard.setLimits(asset, Direction.Out, tight, Limit(type(uint208).max, 1 days));
        vm.stopPrank();
    }

    function on(uint256 chain) internal {
        vm.chainId(chain);
    }

    /// @dev Locks on the home chain and returns the message.
    function lock(address sender, uint256 amount) internal returns (Message memory message) {
        on(HOME);
        message = homeToAway(home.nonce(), sender, sender, amount);
        token.mint(sender, amount);
        vm.startPrank(sender);
        token.approve(address(home), amount);
        home.send(address(token), AWAY, sender, amount);
        vm.stopPrank();
    }

    /// @dev Burns on the away chain and returns the message.
    function burn(address sender, uint256 amount) internal returns (Message memory message) {
        on(AWAY);
        message = awayToHome(away.nonce(), sender, sender, amount);
        vm.prank(sender);
        away.send(address(wrapped), HOME, sender, amount);
    }

    /// @dev Pays `amount` of wrapped tokens to `holder` the honest way.
    function fund(address holder, uint256 amount) internal {
        deliver(lock(holder, amount));
    }

    /// @dev Delivers with every validator's signature and every watcher's attestation.
    function deliver(Message memory message) internal returns (bool) {
        return deliver(message, attest(message));
    }

    function deliver(Message memory message, bytes[] memory attestations) internal returns (bool) {
        on(message.destinationChain);
        return Escrow(message.destinationBridge).release(message, proofOf(message), attestations);
    }

    function proofOf(Message memory message) internal view returns (bytes memory) {
        return abi.encode(signAll(validators, message.id()));
    }

    function attest(Message memory message) internal view returns (bytes[] memory) {
        Guard guard = Guard(address(Escrow(message.destinationBridge).guard()));
        return signAll(watchers, guard.attestationDigest(message.id(), message));
    }

    function homeToAway(uint256 nonce, address sender, address beneficiary, uint256 amount)
        internal
        view
        returns (Message memory)
    {
        return Message(
            HOME,
            address(home),
            nonce,
            address(token),
            sender,
            AWAY,
            address(away),
            address(wrapped),
            beneficiary,
            amount
        );
    }

    function awayToHome(uint256 nonce, address sender, address beneficiary, uint256 amount)
        internal
        view
        returns (Message memory)
    {
        return Message(
            AWAY,
            address(away),
            nonce,
            address(wrapped),
            sender,
            HOME,
            address(home),
            address(token),
            beneficiary,
            amount
        );
    }
}
