// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Escrow} from "./Escrow.sol";
import {IPair} from "./IPair.sol";
import {IPriceOracle} from "./IPriceOracle.sol";

/// @title LiquidityBridge
/// @notice Turns a wrapped token into its canonical twin and back: through a Uniswap v2 pair, or out of its own
/// inventory at the oracle's price. No trade passes while the pair's price is away from the oracle's.
contract LiquidityBridge is Ownable, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    event Swapped(address indexed sender, address indexed tokenIn, uint256 amountIn, uint256 amountOut, address to);
    event Redeemed(address indexed sender, uint256 amountIn, uint256 amountOut, address to);
    event InventoryAdded(address indexed provider, uint256 amount);
    event InventoryRemoved(address indexed token, address indexed to, uint256 amount);

    error UnknownToken(address token);
    error Expired(uint256 deadline);
    error TooLittleOut(uint256 amountOut, uint256 minimumOut);
    error PriceDeviation(uint256 spotPrice, uint256 oraclePrice, uint256 maximumBps);
    error InventoryTooSmall(uint256 amountOut, uint256 inventory);
    error FeeTooLarge(uint256 feeBps);

    uint256 private constant BPS = 10_000;
    // The pair keeps 0.3% of what comes in.
    uint256 private constant PAIR_FEE_KEEP = 997;
    uint256 private constant PAIR_FEE_WHOLE = 1_000;

    Escrow public immutable escrow;
    IPair public immutable pair;
    IERC20 public immutable wrapped;
    IERC20 public immutable canonical;
    IPriceOracle public immutable oracle;
    /// @notice How far the pair may be from the oracle, basis points.
    uint256 public immutable maximumDeviationBps;
    /// @notice Fee on redemptions, basis points; it stays in the inventory.
    uint256 public immutable feeBps;

    constructor(
        address owner,
        Escrow escrow_,
        IPair pair_,
        IERC20 wrapped_,
        IERC20 canonical_,
        IPriceOracle oracle_,
        uint256 maximumDeviationBps_,
        uint256 feeBps_
    ) Ownable(owner) {
        require(feeBps_ <= BPS, FeeTooLarge(feeBps_));
        escrow = escrow_;
        pair = pair_;
        wrapped = wrapped_;
        canonical = canonical_;
        oracle = oracle_;
        maximumDeviationBps = maximumDeviationBps_;
        feeBps = feeBps_;
    }

    /// @notice Swaps wrapped for canonical, or back, through the pair.
    /// @param minimumOut the least the caller accepts, raw units
    /// @param deadline unix seconds
    function swap(IERC20 tokenIn, uint256 amountIn, uint256 minimumOut, uint256 deadline, address to)
        external
        nonReentrant
        returns (uint256 amountOut)
    {
        return _swap(tokenIn, amountIn, minimumOut, deadline, to);
    }

    /// @notice Swaps canonical for wrapped and sends that home through the escrow.
    function swapAndSend(
        uint256 amountIn,
        uint256 minimumOut,
        uint256 deadline,
        uint256 destinationChain,
        address beneficiary
    ) external nonReentrant returns (bytes32 id) {
        uint256 amountOut = _swap(canonical, amountIn, minimumOut, deadline, address(this));
        return escrow.send(address(wrapped), destinationChain, beneficiary, amountOut);
    }

    /// @notice Pays canonical out of the inventory for wrapped, at the oracle's price less the fee.
    function redeem(uint256 amountIn, uint256 minimumOut, address to)
        external
        nonReentrant
        returns (uint256 amountOut)
    {
        _requireFairPrice();
        uint256 worth = Math.mulDiv(amountIn, oracle.priceOf(address(wrapped)), 1e18);
        amountOut = worth - Math.mulDiv(worth, feeBps, BPS, Math.Rounding.Ceil);
        require(amountOut >= minimumOut, TooLittleOut(amountOut, minimumOut));
        uint256 inventory = canonical.balanceOf(address(this));
        require(amountOut <= inventory, InventoryTooSmall(amountOut, inventory));
        wrapped.safeTransferFrom(msg.sender, address(this), amountIn);
        canonical.safeTransfer(to, amountOut);
        emit Redeemed(msg.sender, amountIn, amountOut, to);
    }

    /// @notice Adds canonical tokens to the inventory.
    function addInventory(uint256 amount) external {
        canonical.safeTransferFrom(msg.sender, address(this), amount);
        emit InventoryAdded(msg.sender, amount);
    }

    /// @notice Takes tokens out of the inventory. Owner only.
    function removeInventory(IERC20 token, address to, uint256 amount) external onlyOwner {
        token.safeTransfer(to, amount);
        emit InventoryRemoved(address(token), to, amount);
    }

    /// @notice What the pair pays for `amountIn`, raw units.
    function quote(IERC20 tokenIn, uint256 amountIn) public view returns (uint256) {
        (uint256 reserveIn, uint256 reserveOut) = _reserves(tokenIn);
        uint256 kept = amountIn * PAIR_FEE_KEEP;
        return kept * reserveOut / (reserveIn * PAIR_FEE_WHOLE + kept);
    }

    /// @notice The pair's price of wrapped in canonical at this moment, per 1e18 raw units.
    function spotPrice() public view returns (uint256) {
        (uint256 reserveWrapped, uint256 reserveCanonical) = _reserves(wrapped);
        return Math.mulDiv(reserveCanonical, 1e18, reserveWrapped);
    }

    function _swap(IERC20 tokenIn, uint256 amountIn, uint256 minimumOut, uint256 deadline, address to)
        private
        returns (uint256 amountOut)
    {
        require(block.timestamp <= deadline, Expired(deadline));
        _requireFairPrice();
        amountOut = quote(tokenIn, amountIn);
        require(amountOut >= minimumOut, TooLittleOut(amountOut, minimumOut));
        tokenIn.safeTransferFrom(msg.sender, address(pair), amountIn);
        bool isToken0 = address(tokenIn) == pair.token0();
        pair.swap(isToken0 ? 0 : amountOut, isToken0 ? amountOut : 0, to, "");
        emit Swapped(msg.sender, address(tokenIn), amountIn, amountOut, to);
    }

    function _requireFairPrice() private view {
        uint256 fair = oracle.priceOf(address(wrapped));
        uint256 spot = spotPrice();
        uint256 distance = spot > fair ? spot - fair : fair - spot;
        require(distance * BPS <= fair * maximumDeviationBps, PriceDeviation(spot, fair, maximumDeviationBps));
    }

    function _reserves(IERC20 tokenIn) private view returns (uint256 reserveIn, uint256 reserveOut) {
        bool isKnown = address(tokenIn) == address(wrapped) || address(tokenIn) == address(canonical);
        require(isKnown, UnknownToken(address(tokenIn)));
        (uint256 reserve0, uint256 reserve1,) = pair.getReserves();
        return address(tokenIn) == pair.token0() ? (reserve0, reserve1) : (reserve1, reserve0);
    }
}
