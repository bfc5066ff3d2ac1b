// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ProxyAdmin} from "@openzeppelin/contracts/proxy/transparent/ProxyAdmin.sol";
import {
    ITransparentUpgradeableProxy
} from "@openzeppelin/contracts/proxy/transparent/TransparentUpgradeableProxy.sol";
import {CallManager, KeeperVerifier} from "../../flawed/CraftedCall.sol";
import {EventWithoutTransferEscrow} from "../../flawed/EventWithoutTransferEscrow.sol";
import {FlashVoteAttacker} from "../../flawed/FlashVoteAttacker.sol";
import {FlashVoteGovernor} from "../../flawed/FlashVoteGovernor.sol";
import {DrainingEscrow, InsiderProxy, UpgradeableEscrow} from "../../flawed/InsiderUpgrade.sol";
import {ReplayableEscrow} from "../../flawed/ReplayableEscrow.sol";
import {ShortWindowVerifier} from "../../flawed/ShortWindowVerifier.sol";
import {SignatureChecker, SkippedSignatureVerifier, YesChecker} from "../../flawed/SkippedSignatureVerifier.sol";
import {SpotOracle} from "../../flawed/SpotOracle.sol";
import {ZeroRootVerifier} from "../../flawed/ZeroRootVerifier.sol";
import {FlashLender} from "../../mocks/FlashLender.sol";
import {TestToken} from "../../mocks/TestToken.sol";
import {Escrow} from "../../src/bridge/Escrow.sol";
import {LiquidityBridge} from "../../src/bridge/LiquidityBridge.sol";
import {Reserve} from "../../src/govern/Reserve.sol";
import {Guard} from "../../src/guard/Guard.sol";
import {Message, MessageLib} from "../../src/libraries/MessageLib.sol";
import {IVerifier} from "../../src/verifiers/IVerifier.sol";
import {PairFixture} from "../utils/PairFixture.sol";

/// @notice Every flawed variant gives way to its attack when the guard is off, and the guard bounds the loss.
contract FlawedTest is PairFixture {
    using MessageLib for Message;

    address internal thief = address(0xBAD);

    function test_zero_root_pays_any_message() public {
        deployFunded(Guard.Level.None);
        useOnHome(new ZeroRootVerifier(admin, bytes32(0)));
        steal(500 * WEI, "");
        vm.assertEq(token.balanceOf(thief), 500 * WEI, "stolen");
    }

    function test_a_committed_root_other_than_zero_pays_only_what_is_under_it() public {
        deployFunded(Guard.Level.None);
        Message memory message = burn(alice, WEI);
        ZeroRootVerifier sound = new ZeroRootVerifier(admin, message.id());
        useOnHome(sound);
        Message memory forged = awayToHome(9, thief, thief, WEI);
        on(HOME);
        vm.expectPartialRevert(Escrow.Unverified.selector);
        home.release(forged, "", none());
        sound.prove(message.id(), new bytes32[](0));
        home.release(message, "", none());
    }

    function test_skipped_signature_pays_any_message() public {
        deployFunded(Guard.Level.None);
        useOnHome(new SkippedSignatureVerifier());
        SignatureChecker honest = new SignatureChecker(addressesOf(validators), 2);
        Message memory forged = awayToHome(9, thief, thief, WEI);
        on(HOME);
        vm.expectPartialRevert(Escrow.Unverified.selector);
        home.release(forged, abi.encode(honest, none()), none());
        steal(500 * WEI, abi.encode(new YesChecker(), none()));
        vm.assertEq(token.balanceOf(thief), 500 * WEI, "stolen");
    }

    function test_stolen_keys_pay_any_message_and_the_guard_holds_it() public {
        deployFunded(Guard.Level.None);
        deliver(awayToHome(9, thief, thief, 400 * WEI), none());
        vm.assertEq(token.balanceOf(thief), 400 * WEI, "stolen without the guard");
        vm.prank(admin);
        homeGuard.setLevel(Guard.Level.Prove);
        vm.assertFalse(deliver(awayToHome(10, thief, thief, 400 * WEI), none()), "held with the guard");
        vm.assertEq(token.balanceOf(thief), 400 * WEI, "no more");
    }

    function test_event_without_transfer_mints_from_nothing() public {
        deployBridgeWith(Guard.Level.None, new EventWithoutTransferEscrow(admin), new Escrow(admin));
        on(HOME);
        vm.prank(thief);
        home.send(address(token), AWAY, thief, 500 * WEI);
        deliver(homeToAway(0, thief, thief, 500 * WEI));
        vm.assertEq(wrapped.balanceOf(thief), 500 * WEI, "minted");
        vm.assertEq(token.balanceOf(address(home)), 0, "backed by nothing");
    }

    function test_a_crafted_call_replaces_the_keeper() public {
        deployFunded(Guard.Level.None);
        CallManager manager = new CallManager();
        uint256 keeperKey = 401;
        KeeperVerifier registry = new KeeperVerifier(address(manager), vm.addr(keeperKey));
        useOnHome(registry);
        bytes memory craft = abi.encodeCall(KeeperVerifier.setKeeper, (vm.addr(666)));
        on(HOME);
        // The keeper signs it: somebody did request this call on the other chain.
        bytes memory signature = sign(keeperKey, manager.callId(AWAY, 0, address(registry), craft));
        manager.deliver(registry, AWAY, 0, address(registry), craft, signature);
        Message memory forged = awayToHome(9, thief, thief, 500 * WEI);
        home.release(forged, sign(666, forged.id()), none());
        vm.assertEq(token.balanceOf(thief), 500 * WEI, "stolen");
    }

    function test_a_spot_oracle_sells_the_inventory_at_a_made_up_price() public {
        deployBridge(Guard.Level.None);
        deployPair(1_000 * WEI);
        LiquidityBridge flawed =
            new LiquidityBridge(admin, away, pair, wrapped, canonical, new SpotOracle(pair), 200, 0);
        canonical.mint(address(flawed), 1_000 * WEI);
        fund(thief, 100 * WEI);
        canonical.mint(thief, 1_000 * WEI);
        uint256 bought = rawSwap(thief, false, 1_000 * WEI);
        vm.startPrank(thief);
        wrapped.approve(address(flawed), type(uint256).max);
        flawed.redeem(100 * WEI, 0, thief);
        vm.stopPrank();
        rawSwap(thief, true, bought);
        vm.assertGt(canonical.balanceOf(thief), 1_350 * WEI, "100 wrapped sold for more than 350");
    }

    function test_borrowed_votes_decide_at_once() public {
        TestToken votes = new TestToken("Votes", "V", 18);
        FlashVoteGovernor governor = new FlashVoteGovernor(votes);
        Reserve reserve = new Reserve(address(governor));
        FlashLender lender = new FlashLender();
        votes.mint(address(lender), 900);
        votes.mint(alice, 100);
        TestToken money = new TestToken("Dollar", "USD", 18);
        money.mint(address(reserve), 500);
        FlashVoteAttacker attacker = new FlashVoteAttacker(lender, governor);
        attacker.attack(address(reserve), abi.encodeCall(Reserve.backstop, (money, thief, 500, "")));
        vm.assertEq(money.balanceOf(thief), 500, "reserve drained");
        vm.assertEq(votes.balanceOf(address(lender)), 900, "loan repaid");
    }

    function test_fraud_stands_when_the_window_is_too_short() public {
        deployFunded(Guard.Level.None);
        TestToken bondToken = new TestToken("Bond", "BOND", 18);
        ShortWindowVerifier short = new ShortWindowVerifier(bondToken, 10, 200, 1 days, admin);
        useOnHome(short);
        bondToken.mint(thief, 10);
        vm.startPrank(thief);
        bondToken.approve(address(short), 10);
        short.propose(awayToHome(9, thief, thief, 500 * WEI));
        vm.stopPrank();
        vm.warp(block.timestamp + 200);
        steal(500 * WEI, "");
        vm.assertEq(token.balanceOf(thief), 500 * WEI, "stolen");
    }

    function test_replay_pays_one_message_many_times() public {
        deployBridgeWith(Guard.Level.None, new ReplayableEscrow(admin), new Escrow(admin));
        fund(alice, 500 * WEI);
        Message memory message = burn(alice, 100 * WEI);
        for (uint256 i; i < 5; i++) deliver(message);
        vm.assertEq(token.balanceOf(alice), 500 * WEI, "paid five times");
    }

    function test_an_insider_upgrades_and_drains() public {
        bytes memory init = abi.encodeCall(UpgradeableEscrow.initialize, (admin));
        InsiderProxy proxy = new InsiderProxy(address(new UpgradeableEscrow()), thief, init);
        deployBridgeWith(Guard.Level.Prove, Escrow(address(proxy)), new Escrow(admin));
        fund(alice, 500 * WEI);
        DrainingEscrow drain = new DrainingEscrow();
        // The proxy's first creation is its admin contract.
        ProxyAdmin proxyAdmin = ProxyAdmin(vm.computeCreateAddress(address(proxy), 1));
        vm.prank(thief);
        proxyAdmin.upgradeAndCall(
            ITransparentUpgradeableProxy(address(proxy)),
            address(drain),
            abi.encodeCall(DrainingEscrow.drain, (token, thief))
        );
        vm.assertEq(token.balanceOf(thief), 500 * WEI, "drained past every layer");
    }

    function deployFunded(Guard.Level level) private {
        deployBridge(level);
        fund(alice, 500 * WEI);
    }

    function useOnHome(IVerifier verifier) private {
        vm.prank(admin);
        home.setVerifier(verifier);
    }

    function steal(uint256 amount, bytes memory proof) private {
        on(HOME);
        home.release(awayToHome(9, thief, thief, amount), proof, none());
    }
}
