// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {TestToken} from "../../mocks/TestToken.sol";
import {IPair} from "../../src/bridge/IPair.sol";
import {BridgeFixture} from "./BridgeFixture.sol";

interface IFactory {
    function createPair(address tokenA, address tokenB) external returns (address);
}

/// @title PairFixture
/// @notice A real Uniswap v2 pair of wrapped and canonical token on the away chain, from the npm package's bytecode.
abstract contract PairFixture is BridgeFixture {
    address private constant FACTORY = address(0xFAC7);

    TestToken internal canonical;
    IPair internal pair;

    function deployPair(uint256 reserve) internal {
        canonical = new TestToken("Native Dollar", "nUSD", 18);
        pair = IPair(deployFactory().createPair(address(wrapped), address(canonical)));
        fund(address(this), reserve);
        wrapped.transfer(address(pair), reserve);
        canonical.mint(address(pair), reserve);
        pair.mint(address(this));
    }

    /// @dev Swaps in the pair itself, past every check of this project.
    function rawSwap(address sender, bool isWrappedIn, uint256 amountIn) internal returns (uint256 amountOut) {
        (uint112 reserve0, uint112 reserve1,) = pair.getReserves();
        bool isZeroIn = (pair.token0() == address(wrapped)) == isWrappedIn;
        (uint256 reserveIn, uint256 reserveOut) = isZeroIn ? (reserve0, reserve1) : (reserve1, reserve0);
        amountOut = amountIn * 997 * reserveOut / (reserveIn * 1_000 + amountIn * 997);
        vm.prank(sender);
        if (isWrappedIn) wrapped.transfer(address(pair), amountIn);
        else canonical.transfer(address(pair), amountIn);
        pair.swap(isZeroIn ? 0 : amountOut, isZeroIn ? amountOut : 0, sender, "");
    }

    // Runs the creation code in place and keeps what it returns: creating from bytes would need assembly. The
    // constructor's argument, the fee setter, is never asked for.
    function deployFactory() private returns (IFactory) {
        string memory json = vm.readFile("./node_modules/@uniswap/v2-core/build/UniswapV2Factory.json");
        string memory hexCode = vm.parseJsonString(json, ".bytecode");
        bytes memory code = bytes.concat(vm.parseBytes(string.concat("0x", hexCode)), abi.encode(address(this)));
        vm.etch(FACTORY, code);
        (, bytes memory runtime) = FACTORY.call("");
        vm.etch(FACTORY, runtime);
        return IFactory(FACTORY);
    }
}
